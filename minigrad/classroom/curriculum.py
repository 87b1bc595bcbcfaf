"""Which module belongs to which floor, which are taught line by line, and from when the others are.

A new module of the package gets a place in FLOORS and, unless it is core, in APPENDIX.
"""

CORE = (
    "tensor",
    "grad_mode",
    "function",
    "ops/broadcasting",
    "ops/arithmetic",
    "ops/reductions",
    "engine",
)

# Module -> the chapter from which it is there. Of a module that is there, a stage has those
# definitions whose every name exists by then.
APPENDIX = {
    "__init__": 1,
    "errors": 1,
    "arguments": 1,
    "dtypes": 1,
    "creation_checks": 1,
    "creation": 1,
    "printing": 1,
    "python": 1,
    "ops/__init__": 2,
    "ops/checks": 2,
    "ops/index_checks": 3,
    "ops/shape_checks": 3,
    "ops/conversions": 3,
    "ops/choices": 3,
    "ops/comparison": 3,
    "ops/joining": 3,
    "ops/shapes": 3,
    "ops/elementwise": 3,
    "ops/extremes": 3,
    "ops/indexing": 3,
    "ops/matmul": 3,
    "ops/several": 3,
    "ops/reflected": 3,
    "ops/statistics": 3,
    "inplace": 3,
    "draw": 2,
}

# From the ground up: a module imports only from modules on floors below, or before it on its own.
FLOORS = (
    (
        "errors",
        "arguments",
        "dtypes",
        "grad_mode",
        "tensor",
        "printing",
        "creation_checks",
        "creation",
    ),
    ("function",),
    (
        "ops/__init__",
        "ops/checks",
        "ops/index_checks",
        "ops/shape_checks",
        "ops/broadcasting",
        "ops/conversions",
        "ops/arithmetic",
        "ops/reductions",
        "ops/choices",
        "ops/comparison",
        "ops/joining",
        "ops/shapes",
        "ops/elementwise",
        "ops/extremes",
        "ops/indexing",
        "ops/matmul",
        "ops/several",
        "ops/reflected",
        "ops/statistics",
    ),
    ("engine",),
    ("inplace", "python"),
    ("__init__",),
)

APART = ("draw", "classroom")  # packages beside the floors: no floor imports them

WHOLE = 0  # chapter 00 shows the finished picture, so its stage is the finished package
