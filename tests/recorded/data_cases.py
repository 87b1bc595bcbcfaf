"""Expressions about datasets, samplers, loaders and batches, for PyTorch and for minigrad.

`record_data.py` evaluates them with torch, `tests/test_data.py` with minigrad. Samples and batches
are printed in full; of what is random only lengths and sorted contents are asked.
"""

import collections
import importlib
import types
import warnings

import numpy as np

Point = collections.namedtuple("Point", "x y")


def names(torch):
    """What the expressions can use, with this package as `torch`."""
    data = importlib.import_module(f"{torch.__name__}.utils.data")

    class Line(data.Dataset):
        def __len__(self):
            return 7

        def __getitem__(self, index):
            return torch.tensor([float(index)]), 2 * index + 1

    class Stream(data.IterableDataset):
        def __iter__(self):
            return iter(range(5))

    class SizedStream(Stream):
        def __len__(self):
            return 5

    class AtOnce(Line):
        def __getitems__(self, indices):
            return [("at once", each) for each in indices]

    class Halved(data.Subset):
        def __getitem__(self, index):
            return 0

    def sizes(parts):
        return [len(each) for each in parts]

    def assign(loader, name, value):
        setattr(loader, name, value)

    default_convert = data.default_convert
    pairs = data.TensorDataset(torch.arange(5), torch.arange(10.0).reshape(5, 2))
    return {**vars(data), **locals(), "np": np, "Point": Point, **vars(collections)}


def evaluate(torch, expression):
    """What it prints, or the type and text of the error; and the warnings."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            found = {"printed": shown(eval(expression, names(torch)))}
        except Exception as error:
            found = {"error": [type(error).__name__, str(error)]}
    told = [str(each.message) for each in caught if each.category is UserWarning]
    return {**found, "warnings": told} if told else found


def shown(value):
    if isinstance(value, (list, types.GeneratorType, collections.abc.Iterator)):
        value = list(value)
    return repr(value)


DATASETS = [
    "pairs[1]",
    "pairs[-1]",
    "pairs[[0, 2]]",
    "pairs[1:3]",
    "len(pairs)",
    "len(TensorDataset(torch.ones(3, 2)))",
    "Subset(pairs, [4, 0])[0]",
    "Subset(pairs, [4, 0, 1])[[0, 2]]",
    "Subset(Line(), [4, 0]).__getitems__([1, 0])",
    "Subset(AtOnce(), [4, 0]).__getitems__([1, 0])",
    "len(Subset(pairs, [4, 0]))",
    "len(Line() + pairs)",
    "(Line() + pairs)[7]",
    "(Line() + pairs)[-1]",
    "(Line() + pairs)[6]",
    "ConcatDataset([[1], [2, 3], [], [4]])[3]",
    "ConcatDataset([[1], [2, 3], [], [4]]).cumulative_sizes",
    "StackDataset([1, 2], [3, 4])[1]",
    "StackDataset(a=[1, 2], b=[3, 4])[1]",
    "StackDataset([1, 2], [3, 4]).__getitems__([1, 0])",
    "StackDataset(a=[1, 2], b=[3, 4]).__getitems__([1, 0])",
    "len(StackDataset(a=[1, 2]))",
    "list(Stream() + Stream())",
    "len(SizedStream() + SizedStream())",
    "sizes(random_split(Line(), [3, 4]))",
    "sizes(random_split(Line(), [0.5, 0.5]))",
    "sizes(random_split(range(10), [0.35, 0.35, 0.3]))",
    "sizes(random_split(range(2), [0.5, 0.3, 0.2]))",
    "sizes(random_split(range(1797), [0.8, 0.1, 0.1]))",
    "sorted(i for part in random_split(range(9), [4, 5]) for i in part)",
]

SAMPLERS = [
    "list(SequentialSampler(range(4)))",
    "sorted(RandomSampler(range(4)))",
    "len(RandomSampler(range(4), num_samples=9))",
    "len(list(RandomSampler(range(4), num_samples=9)))",
    "sorted(set(RandomSampler(range(4), num_samples=8)))",
    "len(list(RandomSampler(range(4), replacement=True, num_samples=40)))",
    "sorted(set(RandomSampler(range(4), replacement=True, num_samples=200)))",
    "sorted(SubsetRandomSampler([5, 3, 8]))",
    "len(SubsetRandomSampler([5, 3, 8]))",
    "sorted(set(WeightedRandomSampler([0, 1, 0, 3], 100)))",
    "sorted(WeightedRandomSampler([0.1, 1, 5, 3], 4, replacement=False))",
    "sorted(WeightedRandomSampler([0.0, 1, 5, 3], 3, replacement=False))",
    "len(WeightedRandomSampler([0.1, 1], 7))",
    "list(BatchSampler(SequentialSampler(range(7)), 3, False))",
    "list(BatchSampler(SequentialSampler(range(7)), 3, True))",
    "list(BatchSampler('abcd', 2, False))",
    "list(BatchSampler([], 2, False))",
    "len(BatchSampler(range(7), 3, False)), len(BatchSampler(range(7), 3, True))",
    "len(BatchSampler(range(6), 3, False)), len(BatchSampler(range(6), 3, True))",
]

LOADERS = [
    "list(DataLoader(Line(), batch_size=3))",
    "list(DataLoader(Line(), 3, drop_last=True))",
    "len(DataLoader(Line(), 3)), len(DataLoader(Line(), 3, drop_last=True))",
    "list(DataLoader(pairs, 2))",
    "list(DataLoader(pairs, batch_size=None))",
    "len(DataLoader(pairs, batch_size=None))",
    "list(DataLoader(pairs, 2, sampler=[3, 3, 0]))",
    "list(DataLoader(pairs, batch_sampler=[[0], [1, 4]]))",
    "DataLoader(pairs, batch_sampler=[[0], [1, 4]]).batch_size",
    "len(DataLoader(pairs, batch_sampler=[[0], [1, 4]]))",
    "list(DataLoader({'a': 1, 'b': 2}, sampler=['b', 'a']))",
    "list(DataLoader([1, 2, 3], 2, collate_fn=lambda batch: batch))",
    "list(DataLoader([np.array([1]), 'x', 2.5], batch_size=None))",
    "list(DataLoader(AtOnce(), 2))[0]",
    "list(DataLoader(Subset(AtOnce(), [4, 3]), 2))",
    "list(DataLoader(Stream(), 2))",
    "list(DataLoader(Stream(), 2, drop_last=True))",
    "list(DataLoader(Stream(), None))",
    "len(DataLoader(SizedStream(), 2)), len(DataLoader(SizedStream(), 2, drop_last=True))",
    "len(DataLoader(SizedStream(), None))",
    "list(DataLoader([]))",
    "sorted(i for batch in DataLoader(range(7), 2, shuffle=True) for i in batch.tolist())",
    "sizes(DataLoader(range(7), 2, True, None, None, 0, None, False, True))",
    "next(iter(DataLoader(range(7), 2)))",
    "type(DataLoader(range(7)).sampler).__name__, type(DataLoader([1], 1, True).sampler).__name__",
    "type(DataLoader(range(7)).batch_sampler).__name__",
    "DataLoader(pairs).batch_size, DataLoader(pairs).drop_last, DataLoader(pairs).num_workers",
    "DataLoader(pairs, num_workers=1).prefetch_factor, DataLoader(pairs).prefetch_factor",
    "list(DataLoader([1], pin_memory=True))",
    "get_worker_info()",
    "type(default_collate([OrderedDict(a=1)])).__name__",
    "dict(default_collate([OrderedDict(a=1)]))",
]

BATCHES = [
    "[1, 2]",
    "[1.0, 2.0]",
    "[1, 2.5]",
    "[True, False]",
    "['a', 'b']",
    "[b'a', b'b']",
    "[np.float32(1), np.float32(2)]",
    "[np.float64(1), np.float64(2)]",
    "[np.int32(1), np.int32(2)]",
    "[np.bool_(True)]",
    "[np.array([1, 2]), np.array([3, 4])]",
    "[np.array(3.0)]",
    "[np.array([1, 2], dtype=np.float32)]",
    "[Point(1, 2.0), Point(3, 4.0)]",
    "[{'a': 1, 'b': 'x'}, {'a': 2, 'b': 'y'}]",
    "[(1, 2), (3, 4)]",
    "[[1, 2], [3, 4]]",
    "[((1, 'a'), [2.0]), ((3, 'b'), [4.0])]",
    "[range(2), range(2)]",
    "[defaultdict(int, a=1)]",
    "[UserDict(a=1)]",
    "[deque([1, 2])]",
    "[np.str_('a')]",
    "[torch.ones(2), torch.zeros(2)]",
    "[torch.ones(2), torch.ones(2, dtype=torch.float64)]",
    "[torch.tensor(1), torch.tensor(2)]",
    "[torch.ones(2, requires_grad=True), torch.ones(2)]",
    "[()]",
    "[[]]",
]

CONVERTED = ["1", "np.array([1])", "np.float32(1)", "'a'", "(np.array(1), 2)", "[np.array(1)]"]
CONVERTED += ["{'a': np.array(1)}", "Point(np.array(1), 2)", "None", "np.array(['a'])"]
CONVERTED += ["torch.ones(2)", "[('a', np.array(2.0))]"]

MISTAKES = [
    "Dataset()[0]",
    "len(Dataset())",
    "list(DataLoader(Dataset()))",
    "TensorDataset(torch.ones(2), torch.ones(3))",
    "TensorDataset(torch.tensor(1.0))",
    "TensorDataset([1, 2])",
    "pairs[9]",
    "Subset([1, 2, 3], [0, 9])[1]",
    "Halved([1], [0])",
    "ConcatDataset([])",
    "ConcatDataset([Stream()])",
    "ConcatDataset([[1], [2, 3]])[-4]",
    "ConcatDataset([[1], [2, 3]])[3]",
    "StackDataset()",
    "StackDataset([1], [2, 3])",
    "StackDataset([1], a=[1])",
    "list(ChainDataset([[1]]))",
    "IterableDataset()",
    "random_split([1, 2, 3], [1, 1])",
    "random_split([1, 2, 3], [0.5, 0.6])",
    "random_split([1, 2, 3], [1.5, -0.5])",
    "random_split(range(3), [1.0, 2.0])",
    "iter(Sampler())",
    "Sampler([1])",
    "RandomSampler([])",
    "RandomSampler([1], num_samples=0)",
    "RandomSampler([1], replacement=2)",
    "WeightedRandomSampler([[1.0]], 1)",
    "WeightedRandomSampler([1.0], 0)",
    "WeightedRandomSampler([1.0], 1, 3)",
    "list(WeightedRandomSampler([1.0, 2.0], 3, False))",
    "list(WeightedRandomSampler([0.0, 0.0], 3))",
    "BatchSampler([1], 0, False)",
    "BatchSampler([1], True, False)",
    "BatchSampler([1], 1, None)",
    "DataLoader([1], batch_size=1.5)",
    "DataLoader([1], drop_last=2)",
    "DataLoader([], shuffle=True)",
    "DataLoader([1], num_workers='2')",
    "DataLoader([1], num_workers=-1)",
    "DataLoader([1], timeout=-1)",
    "DataLoader([1], prefetch_factor=2)",
    "DataLoader([1], num_workers=1, prefetch_factor=-1)",
    "DataLoader([1], persistent_workers=True)",
    "DataLoader([1], multiprocessing_context='fork')",
    "DataLoader([1], num_workers=1, multiprocessing_context='foo')",
    "DataLoader([1], num_workers=1, multiprocessing_context=3)",
    "DataLoader([1], sampler=[0], shuffle=True)",
    "DataLoader([1], batch_sampler=[[0]], batch_size=2)",
    "DataLoader([1], batch_sampler=[[0]], shuffle=True)",
    "DataLoader([1], batch_size=None, drop_last=True)",
    "DataLoader([1], batchsize=2)",
    "DataLoader(Stream(), shuffle=True)",
    "DataLoader(Stream(), batch_sampler=[[0]])",
    "len(DataLoader(Stream()))",
    "list(DataLoader(3))",
    "list(DataLoader([1, None]))",
    "list(DataLoader({'a': 1}))",
    "list(DataLoader([torch.ones(2), torch.ones(3)], 2))",
    "assign(DataLoader([1]), 'batch_size', 2)",
    "assign(DataLoader([1]), 'dataset', [])",
    "default_collate([])",
    "default_collate([None])",
    "default_collate([{1, 2}])",
    "default_collate([1 + 2j])",
    "default_collate([np.array(['a'])])",
    "default_collate([np.datetime64('2020-01-01')])",
    "default_collate([(1, 2), (3,)])",
    "default_collate([{'a': 1}, {'b': 1}])",
    "default_collate([torch.ones(1), 1])",
]

EXPRESSIONS = [
    *DATASETS,
    *SAMPLERS,
    *LOADERS,
    *(f"default_collate({each})" for each in BATCHES),
    *(f"default_convert({each})" for each in CONVERTED),
    *MISTAKES,
]
