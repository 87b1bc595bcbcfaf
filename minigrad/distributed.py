"""Floor 7. Data-parallel training: each worker of a cluster has a part of the batch.

The workers are those of `dask.distributed` (the optional extra `dask`), on this machine or others.
"""

import copy
from itertools import pairwise

from .nn.module import Module
from .tensor import Tensor


class DataParallel:
    """A module whose gradients are computed in shards, by the workers of a dask cluster.

    Every worker gets the module and a shard of the batch, and sends back its gradients. A loss that
    is a mean over samples has the mean of the shards' gradients as its gradient, each weighted by
    its share of the samples: the result equals that of the whole batch, but for rounding.

        client = dask.distributed.Client(n_workers=2)
        parallel = DataParallel(client, model, nn.CrossEntropyLoss())
        optimizer.zero_grad()
        loss = parallel.backward(images, labels)
        optimizer.step()

    `criterion(output, target)` must be a mean over samples. Buffers, such as those of batch
    normalisation, become what they are after the first shard, as in PyTorch's
    `DistributedDataParallel`. TypeError for what is no module or has no workers, ValueError for a
    loss that is known to be no mean.

    Source: S. Li et al., "PyTorch Distributed: Experiences on Accelerating Data Parallel Training",
    https://arxiv.org/abs/2006.15704
    """

    def __init__(self, client, module, criterion):
        if not hasattr(client, "nthreads"):
            raise TypeError(
                f"client must be a dask.distributed.Client, not {type(client).__name__}. Make one: "
                "Client(n_workers=2); it comes with pip install 'minigrad[dask]'."
            )
        if not isinstance(module, Module):
            raise TypeError(f"module must be an nn.Module, not {type(module).__name__}.")
        if getattr(criterion, "reduction", "mean") != "mean":
            raise ValueError(
                f"the loss must be a mean over samples; this one has reduction="
                f"'{criterion.reduction}', whose shards cannot be averaged."
            )
        self.client, self.module, self.criterion = client, module, criterion

    def backward(self, input, target):
        """As `criterion(module(input), target).backward()`, shard by shard: gradients are added to
        those of the parameters. Returns the loss, a tensor without a history.

        The first dimension of `input` and `target` numbers the samples. ValueError if they differ,
        or if there are none; an error in a worker is raised here.
        """
        count = check_samples(input, target)
        workers = len(self.client.nthreads()) or 1
        cuts = [round(count * i / workers) for i in range(workers + 1)]
        shards = [
            (input[start:stop], target[start:stop])
            for start, stop in pairwise(cuts)
            if start < stop
        ]
        module = self.client.scatter(self.module, broadcast=True, hash=False)
        jobs = [
            self.client.submit(gradients, module, self.criterion, *shard, pure=False)
            for shard in shards
        ]
        results = self.client.gather(jobs)
        shares = [len(one) / count for one, _ in shards]
        parameters = list(self.module.parameters())
        for (_, grads, _), share in zip(results, shares, strict=True):
            for parameter, grad in zip(parameters, grads, strict=True):
                if grad is not None:
                    before = parameter.grad
                    parameter.grad = grad * share if before is None else before + grad * share
        for buffer, fresh in zip(self.module.buffers(), results[0][2], strict=True):
            buffer.copy_(fresh)
        return sum(loss * share for (loss, _, _), share in zip(results, shares, strict=True))


def gradients(module, criterion, input, target):
    """What a worker does with its shard: (loss, gradients of the parameters, buffers)."""
    module = copy.deepcopy(module)  # workers in one process have it in common
    module.zero_grad()
    loss = criterion(module(input), target)
    loss.backward()
    return (
        loss.detach(),
        [parameter.grad for parameter in module.parameters()],
        list(module.buffers()),
    )


def check_samples(input, target):
    """How many samples there are; TypeError or ValueError if that makes no sense."""
    for name, each in (("input", input), ("target", target)):
        if not isinstance(each, Tensor) or each.ndim == 0:
            raise TypeError(f"{name} must be a tensor with a sample in each row.")
    if len(input) != len(target) or not len(input):
        raise ValueError(
            f"there must be as many targets as inputs, and at least one: {len(input)} inputs and "
            f"{len(target)} targets."
        )
    return len(input)
