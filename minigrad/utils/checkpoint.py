"""Floor 7. Checkpointing: save nothing on the way forward, and compute it again on the way back.

What a part of the network would save for the backward pass is dropped. When the pass needs the
first of these values, the part runs once more, from its inputs, and all of them are there again:
less memory for more time. (Chen et al., "Training Deep Nets with Sublinear Memory Cost",
arXiv:1604.06174.)
"""

import warnings

from ..chance import get_rng_state, set_rng_state
from ..grad_mode import enable_grad
from ..saving import saved_tensors_hooks


class CheckpointError(RuntimeError):
    """The second run of a checkpointed function did not do what the first one did."""


class _Enough(Exception):
    """Everything that the first run saved has been computed again."""


class _Run:
    """One call of a checkpointed function: its inputs, and what it would have saved."""

    def __init__(self, function, args, kwargs, preserve_rng_state):
        self.call, self.saved, self.again = (function, args, kwargs), [], {}
        self.rng_state = get_rng_state() if preserve_rng_state else None

    def pack(self, tensor):
        """Remember the shape of what would be saved, and its number in place of the numbers."""
        self.saved.append((tensor.shape, tensor.dtype))
        return len(self.saved) - 1

    def unpack(self, number):
        """What was dropped: computed again, together with all the rest, if it is not there."""
        if number not in self.again:
            self.repeat()
        return self.again.pop(number)

    def repeat(self):
        """Run the function again, as far as the last value that is needed."""
        function, args, kwargs = self.call
        found, present = [], get_rng_state()

        def keep(tensor):
            found.append(tensor.detach())
            if len(found) == len(self.saved):
                raise _Enough
            return found[-1]

        try:
            if self.rng_state is not None:
                set_rng_state(self.rng_state)
            with enable_grad(), saved_tensors_hooks(keep, lambda tensor: tensor):
                function(*args, **kwargs)
        except _Enough:
            pass
        finally:
            set_rng_state(present)
        self.check(found)
        self.again = dict(enumerate(found))

    def check(self, found):
        """CheckpointError if the second run saved other tensors than the first."""
        if len(found) != len(self.saved):
            raise CheckpointError(
                "torch.utils.checkpoint: A different number of tensors was saved during the "
                "original forward and recomputation.\nNumber of tensors saved during forward: "
                f"{len(self.saved)}\nNumber of tensors saved during recomputation: {len(found)}. "
                "A checkpointed function must do the same each time it is called."
            )
        lines = [
            f"tensor at position {number}:\nsaved: {shape}, {dtype}\nrecomputed: {each.shape}, "
            f"{each.dtype}"
            for number, ((shape, dtype), each) in enumerate(zip(self.saved, found, strict=True))
            if (each.shape, each.dtype) != (shape, dtype)
        ]
        if lines:
            raise CheckpointError(
                "torch.utils.checkpoint: Recomputed values for the following tensors have "
                "different metadata than during the forward pass.\n" + "\n".join(lines)
            )


def checkpoint(function, *args, use_reentrant=None, preserve_rng_state=True, **kwargs):
    """`function(*args, **kwargs)`, without keeping what its backward pass needs.

    It is computed again when needed; random numbers are the same in both runs, unless
    `preserve_rng_state=False`. The result and its gradients are those of the plain call.
    CheckpointError if the second run differs. `use_reentrant=True`, PyTorch's older variant, works
    in the same way here.
    """
    if use_reentrant is None:
        warnings.warn(
            "torch.utils.checkpoint: the use_reentrant parameter should be passed explicitly. "
            "use_reentrant=False is recommended.",
            UserWarning,
            stacklevel=2,
        )
    run = _Run(function, args, kwargs, preserve_rng_state)
    with saved_tensors_hooks(run.pack, run.unpack):
        return function(*args, **kwargs)


def checkpoint_sequential(functions, segments, input, use_reentrant=None, **options):
    """Functions applied one after the other, in `segments` parts that are checkpointed."""
    functions = list(functions)
    length = max(1, -(-len(functions) // segments))
    for start in range(0, len(functions), length):
        part = functions[start : start + length]

        def run(value, part=part):
            for each in part:
                value = each(value)
            return value

        input = checkpoint(run, input, use_reentrant=use_reentrant, **options)
    return input
