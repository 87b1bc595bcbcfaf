"""Floor 3. Einstein's notation for sums of products: `einsum("ij,jk->ik", a, b)`.

The operands get one common list of dimensions: those of the result first, then those that are added
up over. Two operands at a time are then multiplied, as a batch of matrices where something is added
up. Nodes and their order are those of PyTorch.
"""

from collections import Counter
from math import prod

from . import einsum_checks
from .arithmetic import mul
from .diagonals import diagonal
from .matmul import bmm
from .rearranging import movedim
from .reductions import sum as sum_of
from .shapes import permute, reshape, unsqueeze, view


def einsum(equation, *operands):
    """Sums of products of tensors, as the equation says: "ij,jk->ik" is the product of matrices.

    Each operand has a letter for each dimension. Letters that stand behind the arrow are dimensions
    of the result, over all others it is added up; a letter twice in one operand is its diagonal,
    and `...` stands for any dimensions, which broadcast. Without an arrow the result has those that
    occur once, in the order of the alphabet. Or with lists of numbers in place of letters:
    `einsum(a, [0, 1], b, [1, 2], [0, 2])`.

    RuntimeError for an equation that does not fit the operands.
    """
    terms, output, operands = einsum_checks.parse(equation, operands)
    wide = einsum_checks.width_of_ellipsis(terms, operands)
    labels, kept = order_of_labels(terms, output, wide)
    einsum_checks.check_lengths(terms, operands, wide)
    laid = [lay_out(*pair, labels, wide) for pair in zip(terms, operands, strict=True)]
    left = Counter(
        dim for each in laid for dim in range(kept, len(labels)) if each._array.shape[dim] != 1
    )
    result, *others = laid
    for each in others:
        result = multiply(result, each, left, kept)
    if len(labels) == kept:
        return result
    if others:  # the dimensions that were added up over are still there, with length 1
        for dim in (dim for dim in range(kept, len(labels)) if result._array.shape[dim] != 1):
            result = sum_of(result, dim, keepdim=True)
        return view(result, result._array.shape[:kept])
    return sum_of(result, tuple(range(kept, len(labels))))


def order_of_labels(terms, output, wide):
    """All labels, those of the result first, and how many these are."""
    found = Counter(label for term in terms for label in term)
    named = sorted(label for label in found if label != "...")
    if output is None:
        output = ["..."] if wide is not None else []
        output += [label for label in named if found[label] == 1]
    einsum_checks.check_output(output, found)
    labels = []
    for label in [*output, *(["..."] if wide and "..." not in output else []), *named]:
        if label == "...":
            labels += [("...", place) for place in range(wide or 0)]
        elif label not in labels:
            labels.append(label)
    return labels, len(output) + ((wide or 0) - 1) * ("..." in output)


def lay_out(term, operand, labels, wide):
    """The operand with all labels as its dimensions, in their order; 1 for those it lacks."""
    dims, dim = {}, 0
    missing = (wide or 0) - (operand._array.ndim - len(term) + 1)
    for label in term:
        if label == "...":
            for place in range(wide):
                if place < missing:
                    operand = unsqueeze(operand, dim)
                dims["...", place], dim = dim, dim + 1
        elif label in dims:
            operand = movedim(diagonal(operand, 0, dims[label], dim), -1, dims[label])
        else:
            dims[label], dim = dim, dim + 1
    for label in labels:
        if label not in dims:
            operand = unsqueeze(operand, dim)
            dims[label], dim = dim, dim + 1
    return permute(operand, [dims[label] for label in labels])


def multiply(one, two, left, kept):
    """The product of two operands, added up over the labels that no other operand has.

    `left` counts, for each dimension behind the first `kept`, the operands that still have it.
    """
    alone, together = ([], []), []
    for dim in range(kept, one._array.ndim):
        has = [each._array.shape[dim] != 1 for each in (one, two)]
        if all(has):
            left[dim] -= 1
            if left[dim] == 1:
                together.append(dim)
                left[dim] = 0
        elif left[dim] == 1 and any(has):
            alone[has.index(True)].append(dim)
            left[dim] = 0
    one = sum_of(one, tuple(alone[0]), keepdim=True) if alone[0] else one
    two = sum_of(two, tuple(alone[1]), keepdim=True) if alone[1] else two
    return product_over(one, two, together) if together else mul(one, two)


def product_over(one, two, dims):
    """The product of two operands added up over `dims`, which stay with length 1: as a batch of
    products of matrices."""
    kinds = {"both": [], "first": [], "second": []}
    for dim in range(one._array.ndim):
        has = [each._array.shape[dim] != 1 for each in (one, two)]
        if dim not in dims:
            kinds["both" if all(has) else "first" if has[0] else "second"].append(dim)
    both, first, second = kinds.values()
    lengths = {
        dim: (two if one._array.shape[dim] == 1 else one)._array.shape[dim]
        for dim in both + first + second
    }
    sizes = [prod(lengths[dim] for dim in each) for each in (both, first, second)]
    shared = prod(one._array.shape[dim] for dim in dims)
    rows = reshape(permute(one, both + first + dims + second), sizes[0], sizes[1], shared)
    columns = reshape(permute(two, both + dims + second + first), sizes[0], shared, sizes[2])
    order = both + first + dims + second
    shape = [1 if dim in dims else lengths[dim] for dim in order]
    product = view(bmm(rows, columns), shape)
    return permute(product, sorted(range(len(order)), key=order.__getitem__))
