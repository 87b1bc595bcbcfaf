"""Floor 7. `torch.utils`: checkpointing, and data in batches."""

from . import checkpoint, data

__all__ = ["checkpoint", "data"]
