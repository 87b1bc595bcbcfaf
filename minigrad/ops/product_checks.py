"""Floor 3. What products of matrices and vectors ask of their inputs, as `checks.py`."""

import numpy as np

from .. import errors
from ..dtypes import dtype_of
from . import checks, index_checks

C_NAMES = {
    "float16": "c10::Half",
    "float32": "float",
    "float64": "double",
    "int64": "long int",
    "int32": "int",
    "int16": "short int",
    "int8": "signed char",
    "uint8": "unsigned char",
    "bool": "bool",
}


def check_matmul(self, other):
    """RuntimeError for two arrays that have no matrix product, naming the lengths that differ."""
    if self.ndim == 0 or other.ndim == 0:
        raise RuntimeError(
            "both arguments to matmul need to be at least 1D, but they are "
            f"{self.ndim}D and {other.ndim}D. To multiply by a number, use *."
        )
    if self.ndim == other.ndim == 1 and self.dtype != other.dtype:
        raise different_dtypes(self, other)
    inner = other.shape[0] if other.ndim == 1 else other.shape[-2]
    if self.shape[-1] != inner:
        raise RuntimeError(
            f"{wrong_lengths(self.shape, other.shape)}: the last length of the first, "
            f"{self.shape[-1]}, and the {'first' if other.ndim < 3 else 'last but one'} of the "
            f"second, {inner}, must be equal."
        )
    if self.ndim > 2 and other.ndim > 2:
        try:
            np.broadcast_shapes(self.shape[:-2], other.shape[:-2])
        except ValueError:
            raise errors.cannot_broadcast(self.shape[:-2], other.shape[:-2]) from None
    if self.dtype != other.dtype:
        raise different_dtypes(self, other)
    if self.dtype.kind == "b":
        names = {(1, 1): "dot", (2, 1): "addmv_impl_cpu", (3, 3): "bmm"}
        kernel = names.get((self.ndim, other.ndim), "addmm_impl_cpu_")
        raise NotImplementedError(
            f"\"{kernel}\" not implemented for 'Bool'. Convert first: x.float()."
        )


def wrong_lengths(first, second):
    """PyTorch's words for a product of wrong lengths; they depend on the dimensions."""
    if len(first) == 1 and len(second) == 1:
        (one,), (two,) = first, second
        return (
            f"inconsistent tensor size, expected tensor [{one}] and src [{two}] to have the same "
            f"number of elements, but got {one} and {two} elements respectively"
        )
    rows = 1
    for each in first[:-1]:
        rows *= each
    if len(second) == 1:
        return f"size mismatch, got input ({rows}), mat ({rows}x{first[-1]}), vec ({second[0]})"
    if len(first) == 2 and len(second) > 2:  # PyTorch turns the product round
        rows = int(np.prod(second[:-2], dtype=int)) * second[-1]
        return (
            f"mat1 and mat2 shapes cannot be multiplied ({rows}x{second[-2]} and "
            f"{first[1]}x{first[0]})"
        )
    if len(second) > 2:
        batches = np.prod(np.broadcast_shapes(first[:-2], second[:-2]), dtype=int)
        return (
            "Expected size for first two dimensions of batch2 tensor to be: "
            f"[{batches}, {first[-1]}] but got: [{batches}, {second[-2]}]."
        )
    return (
        f"mat1 and mat2 shapes cannot be multiplied ({rows}x{first[-1]} and "
        f"{second[-2]}x{second[-1]})"
    )


def different_dtypes(self, other):
    advice = "Convert one of them, for instance with .float()."
    one, two = dtype_of(self.dtype).tensor_type, dtype_of(other.dtype).tensor_type
    if self.ndim == 1 and other.ndim == 1:
        return RuntimeError(
            f"dot : expected both vectors to have same dtype, but found {one} and {two}. {advice}"
        )
    if other.ndim == 1:
        return RuntimeError(
            f"addmv input tensors must have the same dtype, but got {two}, {one}, and {two}. "
            f"{advice}"
        )
    if other.ndim > 2:
        return RuntimeError(f"expected scalar type {one} but found {two}. {advice}")
    one, two = C_NAMES[self.dtype.name], C_NAMES[other.dtype.name]
    return RuntimeError(
        f"expected m1 and m2 to have the same dtype, but got: {one} != {two}. {advice}"
    )


def check_batches(self, mat2):
    wanted = [self.shape[0], self.shape[2]]
    if list(mat2.shape[:2]) != wanted:
        raise RuntimeError(
            "Expected size for first two dimensions of batch2 tensor to be: "
            f"{wanted} but got: {list(mat2.shape[:2])}."
        )
    if self.dtype != mat2.dtype:
        raise different_dtypes(self, mat2)


# --- products added to a tensor -------------------------------------------------------------------
def check_added(function, self, first, second):
    """RuntimeError unless two arrays have a product to which `self` broadcasts."""
    if function != "Addr":
        check_added_product(function, first, second)
    if self.dtype != second.dtype or self.dtype != first.dtype:
        one, two = dtype_of(self.dtype).tensor_type, dtype_of(second.dtype).tensor_type
        raise RuntimeError(
            f"self and mat2 must have the same dtype, but got {one} and {two}. Convert one of them."
        )
    shape = {
        "Addr": first.shape + second.shape,
        "Addmv": first.shape[:1],
        "Addbmm": (first.shape[-2], second.shape[-1]) if first.ndim > 1 else (),
    }.get(function, (*first.shape[:-1], second.shape[-1]))
    fits = self.ndim <= len(shape) and all(
        one in (1, two) for one, two in zip(self.shape[::-1], shape[::-1], strict=False)
    )
    if not fits:
        raise index_checks.cannot_expand(self, self.shape, shape)


def check_added_product(function, first, second):
    if first.shape[-1] == second.shape[-1 if second.ndim == 1 else -2]:
        return
    if function == "Addbmm":
        one, two = (" x ".join(map(str, each.shape[1:])) for each in (first, second))
        raise RuntimeError(
            f"Incompatible matrix sizes for bmm ({one.replace(' ', '')} and {two.replace(' ', '')})"
        )
    raise RuntimeError(wrong_lengths(first.shape, second.shape))


def check_addmv(self, mat, vec):
    if (mat.ndim, vec.ndim) != (2, 1) or self.ndim > 1:
        dims = f"{self.ndim}, {mat.ndim}, {vec.ndim}"
        raise RuntimeError(f"vector + matrix @ vector expected, got {dims}")
    if mat.shape[1] != vec.shape[0] or self.size not in (1, mat.shape[0]):
        raise RuntimeError(
            f"size mismatch, got input ({self.size if self.ndim else mat.shape[0]}), mat "
            f"({mat.shape[0]}x{mat.shape[1]}), vec ({vec.shape[0]})"
        )


def check_scales(input, beta, alpha):
    for name, each in (("beta", beta), ("alpha", alpha)):
        if isinstance(each, float) and input._array.dtype.kind != "f":
            raise RuntimeError(
                f"For integral input tensors, argument {name} must not be a floating point number."
            )


def check_added_batches(function, batch1, batch2):
    for position, each in ((1, batch1), (2, batch2)):
        checks.check_tensor(each, function, f"batch{position}", position + 1)
        if each._array.ndim < 3:
            ndim = each._array.ndim
            raise IndexError(
                f"Dimension out of range (expected to be in range of [{-ndim}, {ndim - 1}], but "
                "got 2): batches of matrices have three dimensions."
            )
    one, two = batch1._array.shape, batch2._array.shape
    if function == "baddbmm" and [one[0], one[2]] != list(two[:2]):
        raise RuntimeError(
            "Expected size for first two dimensions of batch2 tensor to be: "
            f"[{one[0]}, {one[2]}] but got: [{two[0]}, {two[1]}]."
        )
    if one[0] != two[0]:
        raise RuntimeError(
            f"batch1 and batch2 must have same number of batches, got {one[0]} and {two[0]}"
        )
