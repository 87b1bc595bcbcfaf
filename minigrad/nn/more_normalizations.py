"""Floor 7. Normalising layers that are used more rarely."""

from . import functional, layer_checks
from .module import Module
from .normalizations import BatchNorm, Normalization


class InstanceNorm(BatchNorm):
    """What `InstanceNorm1d` and `InstanceNorm2d` share; they differ in the inputs they take.

    Every channel of every element of a batch is normalised by itself. With `track_running_stats`
    the buffers `running_mean` and `running_var` go towards the means over the batch in training,
    and are used in evaluation. Without `affine` there are no weights.
    """

    def __init__(
        self,
        num_features,
        eps=1e-05,
        momentum=0.1,
        affine=False,
        track_running_stats=False,
        device=None,
        dtype=None,
        *,
        bias=True,
    ):
        super().__init__(
            num_features, eps, momentum, affine, track_running_stats, device, dtype, bias=bias
        )

    def forward(self, input):
        """(batch, num_features, *lengths), with or without the batch, gives the same shape."""
        layer_checks.check_dims(input, *self.dims)
        alone = input._array.ndim == min(self.dims)
        self.check_features(input, 0 if alone else 1)
        result = functional.instance_norm(
            input.unsqueeze(0) if alone else input,
            self.running_mean,
            self.running_var,
            self.weight,
            self.bias,
            self.training or not self.track_running_stats,
            0.0 if self.momentum is None else self.momentum,
            self.eps,
        )
        return result.squeeze(0) if alone else result

    def check_features(self, input, dim):
        """ValueError for another number of channels; a warning where it does not matter."""
        layer_checks.check_features(input, dim, self.num_features, self.affine)


class InstanceNorm1d(InstanceNorm):
    """Every channel of every sequence (batch, channels, length) to mean 0 and variance 1.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.InstanceNorm1d.html
    """

    dims = 2, 3


class InstanceNorm2d(InstanceNorm):
    """Every channel of every image (batch, channels, height, width) to mean 0 and variance 1.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.InstanceNorm2d.html
    """

    dims = 3, 4


class RMSNorm(Normalization):
    """The last dimensions, of the lengths `normalized_shape`, over the root of their mean square.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.RMSNorm.html
    """

    def __init__(
        self, normalized_shape, eps=None, elementwise_affine=True, device=None, dtype=None
    ):
        super().__init__()
        single = not isinstance(normalized_shape, (tuple, list))
        self.normalized_shape = (normalized_shape,) if single else tuple(normalized_shape)
        self.eps, self.elementwise_affine = eps, elementwise_affine
        kind = layer_checks.kind(device, dtype)
        self.add_affine(self.normalized_shape, elementwise_affine, False, kind)
        del self._parameters["bias"]  # it has none, not even None

    def reset_parameters(self):
        """Ones for the weight."""
        if self.weight is not None:
            self.weight.detach().fill_(1)

    def forward(self, input):
        """(…, *normalized_shape) gives the same shape."""
        return functional.rms_norm(input, self.normalized_shape, self.weight, self.eps)

    def extra_repr(self):
        """The numbers it was made with."""
        return (
            f"{self.normalized_shape}, eps={self.eps}, elementwise_affine={self.elementwise_affine}"
        )


class LocalResponseNorm(Module):
    """Each number over a power of the mean of squares over `size` neighbouring channels.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.LocalResponseNorm.html
    """

    def __init__(self, size, alpha=1e-4, beta=0.75, k=1.0):
        super().__init__()
        self.size, self.alpha, self.beta, self.k = size, alpha, beta, k

    def forward(self, input):
        """(batch, channels, *lengths) gives the same shape."""
        return functional.local_response_norm(input, self.size, self.alpha, self.beta, self.k)

    def extra_repr(self):
        """The numbers it was made with."""
        return f"{self.size}, alpha={self.alpha}, beta={self.beta}, k={self.k}"
