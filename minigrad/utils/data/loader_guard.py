"""Floor 7. What a `DataLoader` shows and what it refuses once it is made."""

from inspect import signature

from .dataloader import DataLoader
from .settings import check_settings

SETTLED = ("batch_size", "batch_sampler", "sampler", "drop_last", "dataset", "persistent_workers")


def __setattr__(self, name, value):
    """Set an attribute. ValueError for one that the samplers have been made from."""
    if name in SETTLED and name in vars(self):
        raise ValueError(
            f"{name} attribute should not be set after {type(self).__name__} is initialized: make "
            "a new one."
        )
    vars(self)[name] = value


DataLoader.__setattr__ = __setattr__
DataLoader.__signature__ = signature(check_settings)
