"""Every workload and every framework, and what runs one in the other."""

import importlib
import importlib.util
import sys
from functools import cache, partial
from typing import NamedTuple

from functional import FORMS, NOT_COMPILED
from functional_runs import run_autograd, run_jax
from scalars import SCALARS
from sequence_workloads import LAYER_WORKLOADS
from small_by_hand import SMALL_BY_HAND
from workloads import WORKLOADS

MAIN = (  # the others are parts of these
    "tutorial on 2×2",
    "Jacobian-vector loop",
    "moons 2-16-16-1",
    "digits 64-128-10, step of SGD",
    "784-256-10",
    "CNN on 32×1×28×28",
    "chain of 1,000 additions",
    "10,000 uses of one leaf",
    "y = y + y, 60 times",
    "10⁷ × (x·2 + 1, exp, tanh), mean",
    "matmul 1024×1024",
    "embedding 64×64 of 10,000×64",
    "transformer 16×64×128, 4 heads",
)
ALL = {**WORKLOADS, **LAYER_WORKLOADS}
ALL = {name: ALL[name] for name in (*MAIN, *(each for each in ALL if each not in MAIN))}
AIMS = {name: aim for name, (_, _, aim) in ALL.items()}
BY_HAND = {**SMALL_BY_HAND, **{name: each[1] for name, each in LAYER_WORKLOADS.items()}}
COMPILED = FORMS.keys() - NOT_COMPILED
SMALLER = {"10⁷ × (x·2 + 1, exp, tanh), mean": 1000, "matmul 1024×1024": 32}  # for tests


class Framework(NamedTuple):
    """Its name, the head of its column, its module, its workloads, and its environment."""

    label: str
    column: str
    module: str
    workloads: object
    environment: dict = {}


ONE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NPROC"), "1")
# Threads that spin while they wait are some microseconds faster a call on idle cores, and on busy
# ones a hundred times slower.
TWO = {**dict.fromkeys(ONE, "2"), "OMP_WAIT_POLICY": "passive"}
# Some workloads ask minigrad for shapes in every process. Only where it is timed itself, and by
# hand, may it change how the C library hands out memory.
AS_INSTALLED = {**ONE, "MINIGRAD_ALLOCATION": "system"}
XLA = {"JAX_PLATFORMS": "cpu", "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false"}

FRAMEWORKS = {
    "minigrad": Framework("minigrad", "ratio", "minigrad", ALL, ONE),
    "torch": Framework("PyTorch", "PyTorch", "torch", ALL, AS_INSTALLED),
    "torch2": Framework("PyTorch, 2 threads", "2 threads", "torch", ALL, {**AS_INSTALLED, **TWO}),
    "jax": Framework("JAX, compiled", "JAX", "jax", COMPILED, {**AS_INSTALLED, **XLA}),
    "autograd": Framework("autograd", "autograd", "autograd", FORMS, AS_INSTALLED),
    "micrograd": Framework("micrograd", "micrograd", "micrograd", SCALARS, AS_INSTALLED),
    "numpy": Framework("NumPy by hand", "NumPy", "numpy", BY_HAND, ONE),
}


def installed():
    """The frameworks that are there."""
    found = (each for each in FRAMEWORKS if importlib.util.find_spec(FRAMEWORKS[each].module))
    return list(found)


@cache
def runner(framework, name, **size):
    """A function without arguments: one run of a workload in a framework, which gives gradients."""
    if framework == "numpy":
        return partial(BY_HAND[name], **size)
    if framework == "micrograd":
        sys.setrecursionlimit(100_000)  # it walks through its graph by recursion
        return partial(SCALARS[name], importlib.import_module("micrograd.engine").Value)
    if framework in ("jax", "autograd"):
        return (run_jax if framework == "jax" else run_autograd)(FORMS[name](**size))
    torch = importlib.import_module(FRAMEWORKS[framework].module)
    return partial(ALL[name][0], torch, **size)
