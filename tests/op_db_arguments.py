"""Arguments for PyTorch as arguments for minigrad."""

import torch

import minigrad


class Untranslatable(Exception):
    """What minigrad has no counterpart of: complex numbers, memory formats, ..."""


def translate(value):
    """An argument for PyTorch as one for minigrad."""
    if isinstance(value, torch.Tensor):
        strange = value.is_complex() or value.dtype is torch.bfloat16 or value.ndim > 64
        if strange or value.layout is not torch.strided or value.device.type != "cpu":
            raise Untranslatable
        tensor = minigrad.from_numpy(value.detach().numpy())
        return tensor.requires_grad_() if value.requires_grad else tensor
    if isinstance(value, torch.dtype):
        ours = getattr(minigrad, str(value).removeprefix("torch."), None)
        if not isinstance(ours, minigrad.dtype):
            raise Untranslatable
        return ours
    if isinstance(value, complex) or type(value).__module__.startswith("torch"):
        if isinstance(value, torch.Size):
            return tuple(value)
        if isinstance(value, torch.device):
            return str(value)
        raise Untranslatable
    if isinstance(value, (list, tuple)):
        return type(value)(map(translate, value))
    if isinstance(value, dict):
        return {name: translate(each) for name, each in value.items()}
    if isinstance(value, slice):
        return slice(*map(translate, (value.start, value.stop, value.step)))
    return value


def tensors(value, kind):
    """The tensors in a value, however deep in tuples, lists and dicts."""
    if isinstance(value, kind):
        return [value]
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        return [each for part in value for each in tensors(part, kind)]
    return []


def shown(value):
    """An argument in a few characters."""
    if isinstance(value, torch.Tensor):
        return f"{str(value.dtype)[6:]}{list(value.shape)}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(shown, value))}]"
    return repr(value)
