"""Floor 7. What recurrent layers ask of their sizes and inputs. PyTorch's words first."""

import numbers
import warnings

from ..errors import listed
from ..ops import checks


def unknown_nonlinearity(nonlinearity):
    return ValueError(f"Unknown nonlinearity '{nonlinearity}'. Select from 'tanh' or 'relu'.")


def check_sizes(mode, input_size, hidden_size, num_layers, dropout, proj_size):
    """TypeError and ValueError for what `RNN`, `LSTM` or `GRU` cannot be made of."""
    if (
        not isinstance(dropout, numbers.Number)
        or isinstance(dropout, bool)
        or not 0 <= dropout <= 1
    ):
        raise ValueError(
            "dropout should be a number in range [0, 1] representing the probability of an "
            "element being zeroed"
        )
    if dropout > 0 and num_layers == 1:
        warnings.warn(
            "dropout option adds dropout after all but last recurrent layer, so non-zero dropout "
            f"expects num_layers greater than 1, but got dropout={dropout} and num_layers=1",
            UserWarning,
            stacklevel=4,
        )
    for name, size in (("input_size", input_size), ("hidden_size", hidden_size)):
        if not isinstance(size, int):
            raise TypeError(f"{name} should be of type int, got: {type(size).__name__}")
    sizes = {"input_size": input_size, "hidden_size": hidden_size, "num_layers": num_layers}
    for name, size in sizes.items():
        if size <= 0:
            raise ValueError(f"{name} must be greater than zero")
    if proj_size and mode != "LSTM":
        raise ValueError("proj_size argument is only supported for LSTM, not RNN or GRU")
    if proj_size < 0:
        raise ValueError("proj_size should be a positive integer or zero to disable projections")
    if proj_size >= hidden_size:
        raise ValueError("proj_size has to be smaller than hidden_size")


def check_input(layer, input, hx):
    """Whether the input is a single sequence, without a batch; errors for what does not fit."""
    name = type(layer).__name__
    checks.check_tensor(input, name)
    dims = input._array.ndim
    if dims not in (2, 3):
        tensor = " tensor" if name == "RNN" else ""
        raise ValueError(f"{name}: Expected input to be 2D or 3D, got {dims}D{tensor} instead")
    if hx is not None:
        check_dims(layer, hx, dims)
    weight = layer.weight_ih_l0
    if input.dtype is not weight.dtype:
        raise ValueError(
            f"RNN input dtype ({input.dtype}) does not match weight dtype ({weight.dtype}). "
            f"Convert input: input.to({weight.dtype}), or convert model: model.to({input.dtype})"
        )
    if input._array.shape[-1] != layer.input_size:
        raise RuntimeError(
            "input.size(-1) must be equal to input_size. Expected "
            f"{layer.input_size}, got {input._array.shape[-1]}"
        )
    steps = 1 if layer.batch_first and dims == 3 else 0
    if not input._array.shape[steps]:
        raise RuntimeError("Expected sequence length to be larger than 0 in RNN")
    return dims == 2


def check_dims(layer, hx, dims):
    """RuntimeError if the states have not as many dimensions as the input."""
    if layer.mode == "LSTM":
        if not isinstance(hx, (tuple, list)) or len(hx) != 2:
            raise TypeError("LSTM: the states to begin with are a pair of tensors, (h, c).")
        found = [each.dim() for each in hx]
    else:
        checks.check_tensor(hx, type(layer).__name__, "hx", 2)
        found = [hx.dim()]
    if found != [dims] * len(found):
        which, kind = ("hx and cx", "tensors") if len(found) == 2 else ("hx", "tensor")
        shown = ", ".join(f"{each}-D" for each in found)
        raise RuntimeError(
            f"For {'batched' if dims == 3 else 'unbatched'} {dims}-D input, {which} should also be "
            f"{dims}-D but got {f'({shown})' if len(found) == 2 else shown} {kind}"
        )


def check_states(mode, states, shapes, input):
    """RuntimeError for states of another shape or dtype."""
    for number, (state, shape) in enumerate(zip(states, shapes, strict=True)):
        name = f"hidden[{number}]" if mode == "LSTM" else "hidden"
        if state.shape != shape:
            raise RuntimeError(f"Expected {name} size {shape}, got {listed(state.shape)}")
        if state.dtype is not input.dtype:
            one, two = state.dtype.tensor_type, input.dtype.tensor_type
            raise RuntimeError(
                f"mat1 and mat2 must have the same dtype, but got {one} and {two}: {name} is of "
                "another kind than the input."
            )


# --- cells ----------------------------------------------------------------------------------------
def check_cell(cell, input, states):
    """ValueError for a number of dimensions that is neither one vector nor a batch of them."""
    name = type(cell).__name__
    checks.check_tensor(input, name)
    given = {"input": input}
    given.update(zip(("hx[0]", "hx[1]") if cell.states == 2 else ("hidden",), states))
    for what, each in given.items():
        if each is not None and each.dim() not in (1, 2):
            raise ValueError(f"{name}: Expected {what} to be 1D or 2D, got {each.dim()}D instead")


def check_cell_sizes(cell, input, states):
    """RuntimeError for an input or a state of another size."""
    if input.shape[1] != cell.input_size:
        raise RuntimeError(
            f"input has inconsistent input_size: got {input.shape[1]} expected {cell.input_size}"
        )
    for number, state in enumerate(states):
        if state.shape[0] != input.shape[0]:
            raise RuntimeError(
                f"Input batch size {input.shape[0]} doesn't match hidden{number} batch size "
                f"{state.shape[0]}"
            )
        if state.shape[-1] != cell.hidden_size:
            raise RuntimeError(
                f"hidden{number} has inconsistent hidden_size: got {state.shape[-1]}, expected "
                f"{cell.hidden_size}"
            )
