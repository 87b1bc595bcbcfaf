"""Floor 3. A form that is linear in each of two inputs: bilinear."""

from . import checks
from .einsum import einsum


def bilinear(input1, input2, weight, bias=None):
    """For each pattern in `weight` (out, n, m) the sum of input1[i] · weight[i, j] · input2[j].

    The inputs are (…, n) and (…, m), the result (…, out); `bias` (out) is added. RuntimeError for
    lengths that differ. Source:
    https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.bilinear.html
    """
    for name, each in (("input1", input1), ("input2", input2), ("weight", weight)):
        checks.check_tensor(each, "bilinear", name)
    check(input1._array, input2._array, weight._array, bias)
    result = einsum("...i,oij,...j->...o", input1, weight, input2)
    return result if bias is None else result + bias


def check(one, two, weight, bias):
    if one.ndim != two.ndim:
        raise RuntimeError(
            f"bilinear(): input dimensions do not match: got {one.ndim} and {two.ndim}"
        )
    if weight.ndim != 3:
        raise IndexError(
            "Dimension out of range (expected to be in range of "
            f"[{-weight.ndim}, {weight.ndim - 1}], but got 2): the weight is (out, n, m)."
        )
    for name, array, dim in (("input1", one, 1), ("input2", two, 2)):
        if array.shape[-1] != weight.shape[dim]:
            raise RuntimeError(
                f"bilinear(): {name} size does not match weight size: got {array.shape[-1]} but "
                f"expected {weight.shape[dim]}"
            )
    if bias is not None and bias._array.shape != weight.shape[:1]:
        raise RuntimeError(
            f"bilinear(): bias size does not match weight size: got {bias._array.shape[0]} but "
            f"expected {weight.shape[0]}"
        )
