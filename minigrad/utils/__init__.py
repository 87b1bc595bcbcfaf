"""Floor 7. `torch.utils`: checkpointing."""

from . import checkpoint

__all__ = ["checkpoint"]
