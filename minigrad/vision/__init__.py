"""Floor 7. `torchvision`, as far as the course needs it: networks by name, and real data.

`import minigrad.vision as torchvision` runs the tutorial's `torchvision.models.resnet18()`.
"""

from . import datasets, models

__all__ = ["datasets", "models"]
