"""Floor 7. `Embedding`: a table with a row of learnt numbers for each word."""

from ..chance import randn
from ..ops.embedding import check_padding
from . import functional
from .module import Module
from .parameter import Parameter


class Embedding(Module):
    """Rows of a table `weight` (num_embeddings, embedding_dim), looked up by number.

    The rows begin as normal random numbers, the row `padding_idx` as zeros, and that one gets no
    gradient. The other options are those of `functional.embedding`. AssertionError for a
    `padding_idx` that is no row. `dtype` and `device` as for `torch.randn`.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.Embedding.html
    """

    def __init__(
        self,
        num_embeddings,
        embedding_dim,
        padding_idx=None,
        max_norm=None,
        norm_type=2.0,
        scale_grad_by_freq=False,
        sparse=False,
        _weight=None,
        _freeze=False,
        **kind,
    ):
        super().__init__()
        self.num_embeddings, self.embedding_dim = num_embeddings, embedding_dim
        self.padding_idx = padding_idx
        if padding_idx is not None and num_embeddings:
            self.padding_idx = check_padding(padding_idx, num_embeddings)
        self.max_norm, self.norm_type = max_norm, norm_type
        self.scale_grad_by_freq, self.sparse = scale_grad_by_freq, sparse
        if _weight is None:
            self.weight = Parameter(randn(num_embeddings, embedding_dim, **kind), not _freeze)
            self.reset_padding()
        else:
            assert tuple(_weight.shape) == (num_embeddings, embedding_dim), (
                "Shape of weight does not match num_embeddings and embedding_dim"
            )
            self.weight = Parameter(_weight, not _freeze)

    @classmethod
    def from_pretrained(cls, embeddings, freeze=True, padding_idx=None, **options):
        """An `Embedding` of given rows, a tensor (count, width), which it shares; frozen if asked.

        AssertionError for a tensor that has not two dimensions.
        """
        assert embeddings.dim() == 2, "Embeddings parameter is expected to be 2-dimensional"
        return cls(
            *embeddings.shape,
            padding_idx=padding_idx,
            _weight=embeddings,
            _freeze=freeze,
            **options,
        )

    def reset_parameters(self):
        """Begin again with random numbers."""
        self.weight.data.normal_()
        self.reset_padding()

    def reset_padding(self):
        """Fill the row that stands for nothing with zeros."""
        if self.padding_idx is not None:
            self.weight.data[self.padding_idx].zero_()

    def forward(self, input):
        """Integers (…) give rows (…, embedding_dim)."""
        return functional.embedding(
            input,
            self.weight,
            self.padding_idx,
            self.max_norm,
            self.norm_type,
            self.scale_grad_by_freq,
            self.sparse,
        )

    def extra_repr(self):
        """The two sizes, and what differs from the default."""
        shown = f"{self.num_embeddings}, {self.embedding_dim}"
        defaults = {
            "padding_idx": None,
            "max_norm": None,
            "norm_type": 2,
            "scale_grad_by_freq": False,
            "sparse": False,
        }
        for name, usual in defaults.items():
            value = getattr(self, name)
            if value != usual:
                shown += f", {name}={value}"
        return shown
