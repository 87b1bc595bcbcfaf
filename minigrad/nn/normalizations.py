"""Floor 7. Normalising layers."""

from ..creation import ones, tensor, zeros
from . import functional, layer_checks
from .module_more import Module
from .parameter import Parameter


class Normalization(Module):
    """What all of them share: a weight that begins with ones, a bias that begins with zeros."""

    def add_affine(self, shape, affine, bias, kind):
        """The parameters `weight` and `bias` of a shape; without `affine` both are None."""
        weight = Parameter(ones(shape, **kind)) if affine else None
        self.register_parameter("weight", weight)
        bias = Parameter(zeros(shape, **kind)) if affine and bias else None
        self.register_parameter("bias", bias)

    def reset_parameters(self):
        """Ones for the weight, zeros for the bias."""
        for each, value in ((self.weight, 1), (self.bias, 0)):
            if each is not None:
                each.detach().fill_(value)


class BatchNorm(Normalization):
    """What `BatchNorm1d` and `BatchNorm2d` share; they differ in the inputs they take.

    In training a batch is normalised by its own statistics, and the buffers `running_mean` and
    `running_var` go towards these by `momentum` (None: they are the mean of all batches so far,
    which `num_batches_tracked` counts). In evaluation the buffers are used. Without
    `track_running_stats` there are no buffers, and a batch's own statistics are always used.
    """

    dims = ()

    def __init__(
        self,
        num_features,
        eps=1e-05,
        momentum=0.1,
        affine=True,
        track_running_stats=True,
        device=None,
        dtype=None,
        *,
        bias=True,
    ):
        super().__init__()
        kind = layer_checks.kind(device, dtype)
        self.num_features, self.eps, self.momentum = num_features, eps, momentum
        self.affine, self.track_running_stats = affine, track_running_stats
        self.add_affine((num_features,), affine, bias, kind)
        there = track_running_stats
        self.register_buffer("running_mean", zeros(num_features, **kind) if there else None)
        self.register_buffer("running_var", ones(num_features, **kind) if there else None)
        self.register_buffer("num_batches_tracked", tensor(0) if there else None)

    def reset_running_stats(self):
        """Forget all batches."""
        if self.track_running_stats:
            self.running_mean.zero_()
            self.running_var.fill_(1)
            self.num_batches_tracked.zero_()

    def reset_parameters(self):
        """Forget all batches, and what was learnt."""
        self.reset_running_stats()
        Normalization.reset_parameters(self)

    def forward(self, input):
        """(batch, num_features, *lengths) gives the same shape."""
        layer_checks.check_dims(input, *self.dims)
        momentum = 0 if self.momentum is None else self.momentum
        tracking = self.training and self.track_running_stats
        if tracking and self.num_batches_tracked is not None:
            self.num_batches_tracked.add_(1)
            if self.momentum is None:
                momentum = 1 / self.num_batches_tracked.item()
        used = not self.training or tracking
        return functional.batch_norm(
            input,
            self.running_mean if used else None,
            self.running_var if used else None,
            self.weight,
            self.bias,
            self.training or (self.running_mean is None and self.running_var is None),
            momentum,
            self.eps,
        )

    def extra_repr(self):
        """The numbers it was made with."""
        return (
            f"{self.num_features}, eps={self.eps}, momentum={self.momentum}, affine={self.affine}, "
            f"bias={self.bias is not None}, track_running_stats={self.track_running_stats}"
        )


class BatchNorm1d(BatchNorm):
    """Every channel of (batch, channels) or (batch, channels, length) to mean 0 and variance 1.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.BatchNorm1d.html
    """

    dims = 2, 3


class BatchNorm2d(BatchNorm):
    """Every channel of images (batch, channels, height, width) to mean 0 and variance 1.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.BatchNorm2d.html
    """

    dims = (4,)


class LayerNorm(Normalization):
    """The last dimensions, of the lengths `normalized_shape`, to mean 0 and variance 1.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.LayerNorm.html
    """

    def __init__(
        self,
        normalized_shape,
        eps=1e-05,
        elementwise_affine=True,
        bias=True,
        device=None,
        dtype=None,
    ):
        super().__init__()
        single = not isinstance(normalized_shape, (tuple, list))
        self.normalized_shape = (normalized_shape,) if single else tuple(normalized_shape)
        self.eps, self.elementwise_affine = eps, elementwise_affine
        kind = layer_checks.kind(device, dtype)
        self.add_affine(self.normalized_shape, elementwise_affine, bias, kind)

    def forward(self, input):
        """(…, *normalized_shape) gives the same shape."""
        return functional.layer_norm(input, self.normalized_shape, self.weight, self.bias, self.eps)

    def extra_repr(self):
        """The numbers it was made with."""
        return (
            f"{self.normalized_shape}, eps={self.eps}, "
            f"elementwise_affine={self.elementwise_affine}, bias={self.bias is not None}"
        )


class GroupNorm(Normalization):
    """The channels of (batch, channels, …) in groups, each to mean 0 and variance 1.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.GroupNorm.html
    """

    def __init__(
        self,
        num_groups,
        num_channels,
        eps=1e-05,
        affine=True,
        device=None,
        dtype=None,
        *,
        bias=True,
    ):
        super().__init__()
        layer_checks.check_groups(num_channels, num_groups)
        self.num_groups, self.num_channels = num_groups, num_channels
        self.eps, self.affine = eps, affine
        kind = layer_checks.kind(device, dtype)
        self.add_affine((num_channels,), affine, bias, kind)

    def forward(self, input):
        """(batch, num_channels, …) gives the same shape."""
        return functional.group_norm(input, self.num_groups, self.weight, self.bias, self.eps)

    def extra_repr(self):
        """The numbers it was made with."""
        return (
            f"{self.num_groups}, {self.num_channels}, eps={self.eps}, affine={self.affine}, "
            f"bias={self.bias is not None}"
        )
