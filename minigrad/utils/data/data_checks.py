"""Floor 7. What is said about datasets, samplers and batches. PyTorch's words first."""

import warnings


def no_item():
    return NotImplementedError("Subclasses of Dataset should implement __getitem__.")


# --- datasets -------------------------------------------------------------------------------------
def check_same_length(tensors):
    """AssertionError unless all tensors have the same length, AttributeError for what is none."""
    lengths = []
    for each in tensors:
        if not hasattr(each, "_array"):
            raise AttributeError(
                f"'{type(each).__name__}' object has no attribute 'size': TensorDataset takes "
                "tensors. Wrap it: torch.tensor(...)."
            )
        lengths.append(each.size(0))
    if any(length != lengths[0] for length in lengths):
        listed = ", ".join(map(str, lengths))
        raise AssertionError(f"Size mismatch between tensors: their lengths are {listed}.")


def check_subset(given, subset):
    """A kind of subset that changes how one sample is got must say how several are."""
    if given.__getitem__ is not subset.__getitem__ and given.__getitems__ is subset.__getitems__:
        raise NotImplementedError(
            f"{given.__name__} overrides __getitem__ but not __getitems__. When subclassing Subset "
            "and overriding __getitem__, you must also override __getitems__ to ensure DataLoader "
            "works correctly with your custom logic. A simple implementation:\n\n"
            "def __getitems__(self, indices):\n"
            "    return [self.__getitem__(idx) for idx in indices]"
        )


def check_sum(lengths, dataset):
    """The lengths of a split must add up, and be lengths."""
    if sum(lengths) != len(dataset):
        raise ValueError(
            "Sum of input lengths does not equal the length of the input dataset! "
            f"{' + '.join(map(str, lengths))} = {sum(lengths)}, and there are {len(dataset)} "
            "samples."
        )
    if not all(hasattr(each, "__index__") for each in lengths):
        raise TypeError(
            "randperm() received an invalid combination of arguments - got float: lengths are "
            "integers, or fractions that add up to 1."
        )
    if any(each < 0 for each in lengths):
        raise ValueError(f"A part cannot have a negative length: {list(lengths)}.")


def check_fraction(position, fraction):
    if not 0 <= fraction <= 1:
        raise ValueError(f"Fraction at index {position} is not between 0 and 1")


def warn_of_empty(lengths):
    for position, length in enumerate(lengths):
        if length == 0:
            warnings.warn(
                f"Length of split at index {position} is 0. This might result in an empty dataset.",
                UserWarning,
                stacklevel=3,
            )


def check_datasets(datasets, stream):
    """What can be joined one after the other: at least one, and no streams."""
    if not datasets:
        raise AssertionError("datasets should not be an empty iterable")
    if any(isinstance(each, stream) for each in datasets):
        raise AssertionError("ConcatDataset does not support IterableDataset")


def check_place(index, length):
    if index < -length:
        raise ValueError("absolute value of index should not exceed dataset length")


def check_stacked(args, kwargs):
    """Datasets side by side: given by place or by name, not both, and all of one length."""
    if args and kwargs:
        raise ValueError(
            "Supported either ``tuple``- (via ``args``) or``dict``- (via ``kwargs``) like "
            "input/output, but both types are given."
        )
    if not args and not kwargs:
        raise ValueError("At least one dataset should be passed")
    lengths = [len(each) for each in args or kwargs.values()]
    if any(each != lengths[0] for each in lengths):
        raise ValueError("Size mismatch between datasets")


# --- samplers -------------------------------------------------------------------------------------
def check_count(name, value):
    if not isinstance(value, int) or isinstance(value, bool) or value <= 0:
        raise ValueError(f"{name} should be a positive integer value, but got {name}={value}")


def check_flag(name, value, kind):
    if not isinstance(value, bool):
        raise kind(f"{name} should be a boolean value, but got {name}={value}")


def check_weights(weights):
    if weights.ndim != 1:
        raise ValueError(
            f"weights should be a 1d sequence but given weights have shape {tuple(weights.shape)}"
        )


def check_chances(weights, count, replacement):
    """Weights from which `count` numbers can be drawn."""
    if not replacement and count > len(weights):
        raise RuntimeError(
            "cannot sample n_sample > prob_dist.size(-1) samples without replacement"
        )
    if not (weights >= 0).all() or weights.max(initial=0) == float("inf"):
        raise RuntimeError(
            "invalid multinomial distribution (encountering probability entry < 0, infinite or nan)"
        )
    if not weights.sum() > 0:
        raise RuntimeError("invalid multinomial distribution (sum of probabilities <= 0)")


# --- batches --------------------------------------------------------------------------------------
def not_collatable(kind):
    return TypeError(
        "default_collate: batch must contain tensors, numpy arrays, numbers, dicts or lists; "
        f"found {kind}"
    )


def check_equal_size(batch):
    if any(len(each) != len(batch[0]) for each in batch):
        raise RuntimeError("each element in list of batch should be of equal size")
