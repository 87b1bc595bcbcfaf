"""Floor 3. What the operations on shapes ask of their inputs, as `checks.py`."""

from .. import arguments
from ..dtypes import dtype_of
from ..errors import listed
from ..tensor import Tensor


# --- shapes ---------------------------------------------------------------------------------------
def integers(given, function, argument):
    """`f(2, 3)`, `f((2, 3))` and `f([2, 3])` as a tuple of ints; TypeError for anything else."""
    if len(given) == 1 and isinstance(given[0], (tuple, list)):
        given = tuple(given[0])
    elif not given:
        raise TypeError(f'{function}() missing 1 required positional arguments: "{argument}"')
    if all(type(each) is int for each in given):
        return given
    for each in given:
        if isinstance(each, bool) or not hasattr(each, "__index__"):
            raise TypeError(
                f"{function}(): argument '{argument}' (position 1) must be tuple of ints, not "
                f"{type(each).__name__}"
            )
    return tuple(each.__index__() for each in given)


def start_of(start, length, there):
    """Where `narrow` begins, counted from the left: a number, or a 0-d tensor of integers."""
    if length < 0:
        raise RuntimeError("narrow(): length must be non-negative.")
    kind = getattr(getattr(start, "_array", None), "dtype", None)
    if getattr(kind, "kind", "i") not in "iu" or getattr(start, "ndim", 0):
        raise RuntimeError("start must be an 0-dim integral Tensor.")
    if not -there <= start <= there:
        raise IndexError(
            f"start out of range (expected to be in range of [{-there}, {there}], but got {start})"
        )
    start = int(start) + there if start < 0 else int(start)
    if start > there - length:
        raise RuntimeError(f"start ({start}) + length ({length}) exceeds dimension size ({there}).")
    return start


def complete_shape(shape, size):
    """A shape with its -1 replaced by the length that fits `size` elements; or RuntimeError."""
    known, unknown = 1, None
    for index, length in enumerate(shape):
        if length == -1:
            if unknown is not None:
                raise RuntimeError("only one dimension can be inferred: leave a single -1.")
            unknown = index
        elif length < 0:
            raise RuntimeError(
                f"invalid shape dimension {length} at index {index} of shape {listed(shape)}"
            )
        else:
            known *= length
    if unknown is not None and known == 0 and size == 0:
        raise RuntimeError(
            f"cannot reshape tensor of 0 elements into shape {listed(shape)} because the "
            "unspecified dimension size -1 can be any value and is ambiguous"
        )
    if (size != known) if unknown is None else (known == 0 or size % known):
        raise RuntimeError(
            f"shape '{listed(shape)}' is invalid for input of size {size}: the lengths must "
            f"multiply to {size}."
        )
    if unknown is None:
        return shape
    return (*shape[:unknown], size // known, *shape[unknown + 1 :])


def cannot_view(shape):
    return RuntimeError(
        "view size is not compatible with input tensor's size and stride (at least one dimension "
        "spans across two contiguous subspaces). Use .reshape(...) instead. A view shares the "
        f"memory, and no regular step through it reads the numbers as {listed(shape)}; .reshape "
        "copies them where it must."
    )


def check_permutation(dims, ndim):
    """The dims of a permutation, counted from the left."""
    if len(dims) != ndim:
        raise RuntimeError(
            "permute(sparse_coo): number of dimensions in the tensor input does not match the "
            f"length of the desired ordering of dimensions i.e. input.dim() = {ndim} is not equal "
            f"to len(dims) = {len(dims)}"
        )
    dims = tuple(arguments.check_dim(each, ndim) for each in dims)
    if len(set(dims)) != ndim:
        raise RuntimeError("permute(): duplicate dims are not allowed.")
    return dims


def different_dims(argument, dims, ndim):
    """The dims that `movedim` is given, counted from the left; RuntimeError if one is doubled."""
    dims = tuple(dims)
    found = tuple(arguments.check_dim(each, ndim) for each in dims)
    if len(set(found)) != len(found):
        raise RuntimeError(f"movedim: repeated dim in `{argument}` ({list(dims)})")
    return found


def expanded_shape(tensor, wanted):
    """The shape to expand to, with its -1 ("as it is") filled in."""
    if max(wanted, default=0) >= 2**60:
        raise RuntimeError(f"Storage size calculation overflowed with sizes={listed(wanted)}")
    shape, leading = tensor._array.shape, len(wanted) - tensor._array.ndim
    if leading < 0:
        raise RuntimeError(
            f"expand(torch.{tensor.dtype.tensor_type}Tensor{{{listed(shape)}}}, size="
            f"{listed(wanted)}): the number of sizes provided ({len(wanted)}) must be greater or "
            f"equal to the number of dimensions in the tensor ({len(shape)})"
        )
    result = []
    for dim, length in enumerate(wanted):
        if dim < leading:
            if length < 0:
                raise RuntimeError(
                    f"The expanded size of the tensor ({length}) isn't allowed in a leading, "
                    f"non-existing dimension {dim}"
                )
            result.append(length)
            continue
        existing = shape[dim - leading]
        if length != -1 and existing not in (1, length) or length < -1:
            raise RuntimeError(
                f"The expanded size of the tensor ({length}) must match the existing size "
                f"({existing}) at non-singleton dimension {dim}.  Target sizes: {listed(wanted)}.  "
                f"Tensor sizes: {listed(shape)}"
            )
        result.append(existing if length == -1 else length)
    return tuple(result)


# --- joining --------------------------------------------------------------------------------------
def check_tensors(tensors, function):
    """A list or tuple of tensors, not empty, as a list."""
    if isinstance(tensors, (list, tuple)) and not tensors and function == "cat":
        raise ValueError("torch.cat(): expected a non-empty list of Tensors")
    return list(some_tensors(tensors, function))


def check_elements(tensors):
    """The tensors of a list; TypeError if something else is among them."""
    for index, each in enumerate(tensors):
        if not isinstance(each, Tensor):
            raise TypeError(
                f"expected Tensor as element {index} in argument 0, but got {type(each).__name__}"
            )
    return tensors


def some_tensors(tensors, function):
    """A list or tuple of tensors that is not empty."""
    if isinstance(tensors, Tensor) or not isinstance(tensors, (list, tuple)):
        raise not_tensors(tensors, function)
    if not tensors:
        raise RuntimeError(f"{function} expects a non-empty TensorList")
    return check_elements(tensors)


def not_tensors(given, function):
    return TypeError(
        f"{function}(): argument 'tensors' (position 1) must be tuple of Tensors, not "
        f"{type(given).__name__}. Write {function}([a, b])."
    )


def check_cat(tensors, dim):
    """The tensors that count (empty 1-D ones do not), and the dimension from the left."""
    for index, each in enumerate(tensors):
        if each._array.ndim == 0:
            raise RuntimeError(
                f"zero-dimensional tensor (at position {index}) cannot be concatenated. "
                "Use torch.stack, which makes a new dimension."
            )
    kept = [each for each in tensors if each._array.shape != (0,)] or tensors[:1]
    first = kept[0]._array.shape
    dim = arguments.check_dim(dim, len(first))
    for index, each in enumerate(tensors):
        shape = each._array.shape
        if shape == (0,):
            continue
        if len(shape) != len(first):
            raise RuntimeError(
                "Tensors must have same number of dimensions: got "
                f"{len(first)} and {len(shape)}. reshape or unsqueeze one of them."
            )
        for axis, (one, two) in enumerate(zip(first, shape, strict=True)):
            if axis != dim and one != two:
                raise RuntimeError(
                    f"Sizes of tensors must match except in dimension {dim}. Expected size {one} "
                    f"but got size {two} for tensor number {index} in the list."
                )
    return kept, dim


def check_stack(tensors):
    first = tensors[0]._array.shape
    for index, each in enumerate(tensors):
        if each._array.shape != first:
            raise RuntimeError(
                f"stack expects each tensor to be equal size, but got {listed(first)} at entry 0 "
                f"and {listed(each._array.shape)} at entry {index}"
            )


# --- pieces ---------------------------------------------------------------------------------------
def check_has_dimensions(tensor, function):
    if tensor._array.ndim == 0:
        raise RuntimeError(f"{function} expects at least a 1-dimensional tensor")


def lengths_of_pieces(wanted, length, dim):
    """The lengths of the pieces that `split` cuts a dimension into; RuntimeError if they misfit."""
    if isinstance(wanted, (list, tuple)):
        wanted = integers((wanted,), "split_with_sizes", "split_sizes")
        if sum(wanted) != length:
            raise RuntimeError(
                f"split_with_sizes expects split_sizes to sum exactly to {length} (input tensor's "
                f"size at dimension {dim}), but got split_sizes={list(wanted)}"
            )
        return tuple(wanted)
    (wanted,) = integers([[wanted]], "split", "split_size")
    if wanted < 0:
        raise RuntimeError(f"split expects split_size be non-negative, but got split_size={wanted}")
    if wanted == 0 and length:
        raise RuntimeError(
            f"split_size can only be 0 if dimension size is 0, but got dimension size of {length}"
        )
    return tuple(min(wanted, length - start) for start in range(0, length, wanted or 1)) or (0,)


def no_matrix(tensor):
    return RuntimeError(
        f"t() expects a tensor with <= 2 dimensions, but self is {tensor._array.ndim}D. Use "
        ".transpose(dim0, dim1) or .permute(...)."
    )


# --- bytes read as another dtype ------------------------------------------------------------------
def check_dtype_alone(shape, dtype):
    """The dtype that `view` was asked for; TypeError if there is a shape as well."""
    given = (*shape, *(() if dtype is None else (dtype,)))
    if len(given) != 1:
        raise TypeError(
            "view() received an invalid combination of arguments - got both a shape and a dtype. "
            "Give one of them: x.view(2, 3) or x.view(torch.int32)."
        )
    return given[0]


def check_bytes(tensor, kind, offset):
    """RuntimeError unless the memory of a tensor can be read as numbers of another size."""
    array = tensor.array
    if kind.itemsize == array.itemsize:
        return
    said = f"to view {tensor.dtype.tensor_type} as {dtype_of(kind).tensor_type} "
    said += "(different element sizes)"
    if not array.ndim:
        raise RuntimeError(f"self.dim() cannot be 0 {said}")
    steps = [step // array.itemsize for step in array.strides]
    if steps[-1] != 1 and array.size:
        raise RuntimeError(f"self.stride(-1) must be 1 {said}, but got {steps[-1]}")
    times = kind.itemsize // array.itemsize
    there = [("size(-1)", array.shape[-1]), ("storage_offset()", offset)]
    there += [(f"stride({dim})", step) for dim, step in enumerate(steps[:-1])]
    for name, each in there if times else ():
        if each % times:
            raise RuntimeError(f"self.{name} must be divisible by {times} {said}, but got {each}")
