"""Floor 3. Kernels of many steps, run over a large array a piece at a time.

NumPy writes down the result of every step. In memory that takes longer than the step itself; a
piece of an array, and all that is computed from it, stays in the processor's cache.
"""

import numpy as np

from .. import arrays

LENGTH = 65536  # in pieces of 8192 erfinv takes twice as long, in a whole of 10⁷ all of them do
FEW = 40  # below, a loop of Python's is faster than the many calls of NumPy's


def in_blocks(kernel, array):
    """`kernel` of every element of an array, on the CPU; float16 is computed in float32.

    The kernel takes a vector of floats and gives a new one.
    """
    host = arrays.on_host(array)
    result = np.array(host, dtype=np.float32 if host.dtype.itemsize == 2 else host.dtype)
    memory = result.ravel("K")  # a view, whatever the order of the dimensions in memory
    for piece in arrays.pieces(memory.size, LENGTH):
        memory[piece] = kernel(memory[piece])
    return arrays.beside(result.astype(host.dtype, copy=False), array)


def one_by_one(function, array):
    """A function of Python floats for each of a few elements of an array."""
    found = [function(each) for each in array.ravel().tolist()]
    return np.array(found, array.dtype).reshape(array.shape)


def few(array):
    """Whether an array (of the CPU) has so few elements that a loop over them is faster."""
    return array.size <= FEW and isinstance(array, (np.ndarray, np.generic))


def polynomial(x, coefficients):
    """The sum of coefficient k times x ** k, as a new array, by Horner's rule."""
    *others, last = coefficients
    total = x * last
    for each in others[:0:-1]:
        total += each
        total *= x
    total += others[0]
    return total
