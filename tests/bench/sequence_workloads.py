"""What is timed of layers for sequences, beside `layer_workloads.py`: (workload, by hand, aim)."""

import importlib
from functools import cache

import layer_workloads
import numpy as np
import sequence_by_hand as by_hand
from layer_workloads import arrays, layer, numbers

WORDS = np.random.RandomState(0).randint(0, 10_000, (64, 64))
TABLE, HEADS = (10_000, 64), (16, 4, 64, 32)


def module(make, shape, outputs):
    """(workload, its arrays): the gradients of a module's input and parameters.

    `make(nn)` is the module, whose parameters get numbers of our own; arrays are its input, the
    gradient of its output (of the shape `outputs`), and the parameters.
    """

    @cache
    def given():
        layer = make(importlib.import_module("minigrad.nn"))
        shapes = [tuple(each.shape) for each in layer.parameters()]
        scales = [0.1 if len(each) == 1 else each[-1] ** -0.5 for each in shapes]
        drawn = [numbers(*each, seed=n) for n, each in enumerate(shapes)]
        weights = [each * np.float32(scale) for each, scale in zip(drawn, scales)]
        return numbers(*shape, seed=8), numbers(*outputs, seed=9), weights

    @cache
    def made(torch):
        layer = make(importlib.import_module(f"{torch.__name__}.nn"))
        x, grad, weights = given()
        with torch.no_grad():
            for parameter, weight in zip(layer.parameters(), weights):
                parameter.copy_(torch.tensor(weight))
        leaves = [torch.tensor(x, requires_grad=True), *layer.parameters()]
        return layer, leaves, torch.tensor(grad)

    def run(torch):
        layer, leaves, grad = made(torch)
        for each in leaves:
            each.grad = None
        output = layer(leaves[0])
        (output[0] if isinstance(output, tuple) else output).backward(grad)
        return [each.grad for each in leaves]

    return run, given


def embedding(torch):
    """A look-up of 4,096 rows in a table of 10,000, and the gradient of the table."""
    weight, indices, grad, functional = embedding_inputs(torch)
    weight.grad = None
    functional.embedding(indices, weight).backward(grad)
    return [weight.grad]


@cache
def embedding_inputs(torch):
    weight = torch.tensor(arrays(TABLE)[0], requires_grad=True)
    grad = torch.tensor(numbers(*WORDS.shape, TABLE[1], seed=9))
    functional = importlib.import_module(f"{torch.__name__}.nn.functional")
    return weight, torch.tensor(WORDS), grad, functional


@cache
def gradient_of_rows():
    return numbers(*WORDS.shape, TABLE[1], seed=9)


def embedding_by_hand():
    (weight,) = arrays(TABLE)
    by_hand.embedding(WORDS, weight)
    return [by_hand.embedding_backward(gradient_of_rows(), WORDS, weight)]


attention = layer(lambda F, *each: F.scaled_dot_product_attention(*each), HEADS, HEADS, HEADS)


def attention_by_hand():
    given = arrays(HEADS, HEADS, HEADS)
    _, weights = by_hand.attention(*given)
    return by_hand.attention_backward(gradient_of_heads(), *given, weights)


@cache
def gradient_of_heads():
    return numbers(*HEADS, seed=9)


def encoder(nn):
    options = {"dropout": 0.0, "norm_first": True, "batch_first": True}
    return nn.TransformerEncoderLayer(128, 4, 512, **options)


BLOCK = 16, 64, 128
transformer, block_inputs = module(encoder, BLOCK, BLOCK)
lstm, lstm_inputs = module(lambda nn: nn.LSTM(64, 128), (50, 32, 64), (50, 32, 128))
gru, gru_inputs = module(lambda nn: nn.GRU(64, 128), (50, 32, 64), (50, 32, 128))


def transformer_by_hand():
    x, grad, weights = block_inputs()
    return by_hand.transformer(x, grad, 4, weights)


def lstm_by_hand():
    x, grad, weights = lstm_inputs()
    return by_hand.lstm(x, grad, *weights)


def gru_by_hand():
    x, grad, weights = gru_inputs()
    return by_hand.gru(x, grad, *weights)


LAYER_WORKLOADS = {
    **layer_workloads.LAYER_WORKLOADS,
    "embedding 64×64 of 10,000×64": (embedding, embedding_by_hand, 1.1),
    "attention 16×4×64×32": (attention, attention_by_hand, 1.0),
    "transformer 16×64×128, 4 heads": (transformer, transformer_by_hand, 1.0),
    "LSTM 50×32×64, 128 hidden": (lstm, lstm_by_hand, 2.0),
    "GRU 50×32×64, 128 hidden": (gru, gru_by_hand, 1.1),
}
