"""Floor 1. Errors that teach: PyTorch's words first, then what to do.

Functions named after a mistake return the exception to raise; those named `check_…` raise it.
The texts that PyTorch has are its own words (2.13), so that what a search engine knows about them
helps here too.
"""

import warnings

KINDS = "float16, float32, float64, int8, int16, int32, int64, uint8 and bool"


def listed(shape):
    """A shape as PyTorch's messages write it: [2, 3]."""
    return str(list(shape))


def unsupported_dtype(numpy_dtype):
    return TypeError(
        f"can't convert np.ndarray of type {numpy_dtype}. The only supported types are: {KINDS}."
    )


# --- flags, grad and data -------------------------------------------------------------------------
def flag_of_non_leaf():
    return RuntimeError(
        "you can only change requires_grad flags of leaf variables. If you want to use a computed "
        "variable in a subgraph that doesn't require differentiation use "
        "var_no_grad = var.detach()."
    )


def check_can_require_grad(tensor):
    """Only floats have gradients, and no tensor of inference mode, outside it."""
    if tensor._made_by == "no_grad" and tensor._node is None:
        tensor._hooked = None  # the view was a leaf without a way for gradients (`hooks.py`)
    if tensor._array.dtype.kind != "f":
        raise RuntimeError(
            "only Tensors of floating point dtype can require gradients: this one is "
            f"{tensor.dtype}. Derivatives need numbers that can change a little; "
            "make it with dtype=torch.float32, or convert it with .float()."
        )
    if tensor._counter is not None and tensor._counter.refuses:
        raise RuntimeError(
            "Setting requires_grad=True on inference tensor outside InferenceMode is not allowed. "
            "Make a copy first: x.clone()."
        )


def warn_grad_of_non_leaf(tensor):
    warnings.warn(
        "The .grad attribute of a Tensor that is not a leaf Tensor is being accessed. Its .grad "
        "attribute won't be populated during autograd.backward(). If you indeed want the .grad "
        "field to be populated for a non-leaf Tensor, use .retain_grad() on the non-leaf Tensor. "
        "If you access the non-leaf Tensor by mistake, make sure you access the leaf Tensor "
        "instead. See github.com/pytorch/pytorch/pull/30531 for more information.",
        UserWarning,
        stacklevel=3,
    )


def check_assigned_grad(tensor, gradient):
    if not isinstance(gradient, tensor_class(tensor)):
        raise TypeError(
            f"assigned grad expected to be a Tensor or None but got grad of type "
            f"{type(gradient).__name__}. Wrap it: torch.tensor(...)."
        )
    if gradient is tensor:
        raise RuntimeError("can't assign Variable as its own grad. Assign a copy: x.clone().")
    if gradient.shape != tensor.shape:
        raise RuntimeError(
            f"attempting to assign a gradient of size '{listed(gradient.shape)}' to a tensor of "
            f"size '{listed(tensor.shape)}'. Please ensure that the gradient and the tensor are "
            "the same size: a gradient has one number for each number of its tensor."
        )
    if gradient.device != tensor.device:
        raise RuntimeError(
            f"attempting to assign a gradient with device type '{gradient.device.type}' to a "
            f"tensor with device type '{tensor.device.type}'. Please ensure that the gradient and "
            "the tensor are on the same device"
        )
    if gradient.dtype is not tensor.dtype:
        raise RuntimeError(
            f"attempting to assign a gradient with dtype '{gradient.dtype}' to a tensor with "
            f"dtype '{tensor.dtype}'. Convert it first: gradient.to({tensor.dtype})."
        )


def check_assigned_data(tensor, value):
    if not isinstance(value, tensor_class(tensor)):
        raise TypeError(
            f"Variable data has to be a tensor, but got {type(value).__name__}. "
            "Wrap it: torch.tensor(...)."
        )
    if tensor.requires_grad and not value.dtype.is_floating_point:
        raise RuntimeError(
            "data set to a tensor that requires gradients must be floating point or complex "
            f"dtype: got {value.dtype}."
        )
    return value


def tensor_class(tensor):
    """The class `Tensor`, from a tensor: this floor cannot import it."""
    return next(each for each in type(tensor).__mro__ if each.__name__ == "Tensor")


def not_a_tensor_but(given):
    return TypeError(
        f"Variable data has to be a tensor, but got {type(given).__name__}. "
        "Wrap it: torch.tensor(...)."
    )


# --- shapes ---------------------------------------------------------------------------------------
def cannot_broadcast(first, second):
    """Two shapes that do not fit: names the last dimension at which they differ."""
    for back in range(1, min(len(first), len(second)) + 1):
        one, two = first[-back], second[-back]
        if one != two and 1 not in (one, two):
            where = max(len(first), len(second)) - back
            return RuntimeError(
                f"The size of tensor a ({one}) must match the size of tensor b ({two}) at "
                f"non-singleton dimension {where}: the shapes are {listed(first)} and "
                f"{listed(second)}. Counted from the right, each pair of lengths must be equal "
                "or one of them 1; reshape or unsqueeze one of the tensors."
            )
    raise AssertionError(f"{first} and {second} broadcast")


# --- what a tensor is to Python -------------------------------------------------------------------
def not_one_element(tensor):
    return RuntimeError(
        f"a Tensor with {tensor._array.size} elements cannot be converted to Scalar. Choose one, "
        "x[0].item(), reduce, x.sum().item(), or take them all: x.tolist()."
    )


def ambiguous(tensor):
    return RuntimeError(
        "Boolean value of Tensor with "
        f"{'more than one value' if tensor._array.size else 'no values'} is ambiguous. "
        "Say which you mean: x.all() or x.any()."
    )


def check_one_number(tensor):
    """The one number of a tensor; ValueError if it has more, or none."""
    if tensor._array.size != 1:
        raise ValueError("only one element tensors can be converted to Python scalars")
    return tensor._array.item()


def numpy_of_tracked():
    return RuntimeError(
        "Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead. "
        "NumPy would compute without recording anything."
    )


def deepcopy_of_result():
    return RuntimeError(
        "Only Tensors created explicitly by the user (graph leaves) support the deepcopy protocol "
        "at the moment.  If you were attempting to deepcopy a module, this may be because of a "
        "torch.nn.utils.weight_norm usage, see https://github.com/pytorch/pytorch/pull/103001. "
        "Copy the numbers alone: x.detach().clone()."
    )


# --- devices --------------------------------------------------------------------------------------
def no_device(given):
    return TypeError(
        f"device(): argument 'device' must be torch.device, not {type(given).__name__}: give "
        'torch.device("cuda"), or its name.'
    )


def unknown_device(name):
    return RuntimeError(f"Expected one of cpu, cuda device type at start of device string: {name}")


def doubled_index(name):
    return RuntimeError(
        "type (string) must not include an index because index was passed explicitly: " + name
    )


def no_cuda(why):
    return AssertionError(
        f"Torch not compiled with CUDA enabled: {why}. Tensors on a GPU need an NVIDIA GPU and "
        "CuPy: pip install 'minigrad[cupy]'. Ask torch.cuda.is_available() first, and stay on the "
        "CPU where it is False."
    )


def no_gpu():
    return RuntimeError(
        "Found no NVIDIA driver on your system. CuPy is installed, but it finds no GPU: ask "
        "torch.cuda.is_available() first, and stay on the CPU where it is False."
    )


def no_such_gpu(number, count):
    return RuntimeError(
        f"CUDA error: invalid device ordinal: there is no cuda:{number}, only {count} GPU"
        f"{'s' * (count > 1)}, numbered from 0."
    )


def no_cuda_device(given):
    return RuntimeError(
        f"Invalid device, must be cuda device: got {given}. Use .to({str(given)!r})."
    )


def two_devices(first, second):
    return RuntimeError(
        "Expected all tensors to be on the same device, but found at least two devices, "
        f"{first} and {second}! Move one of them: x.to(y.device)."
    )


def not_on_host(device):
    return TypeError(
        f"can't convert {device} device type tensor to numpy. Use Tensor.cpu() to copy the tensor "
        "to host memory first."
    )
