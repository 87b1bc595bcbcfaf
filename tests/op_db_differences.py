"""Where minigrad differs from PyTorch on the samples of op_db: every difference, with its reason.

For each entry of op_db: patterns for the sentences of `op_db.complaints` and `op_db.wrong_errors`,
and why they are right to be there. A pattern that nothing matches any more fails the test.
"""

STORAGE = "the sample is a view of more memory than itself; only its own numbers are handed over"
KEPT = "what keeps its dimensions is not squeezed at last"
LEAF = "op_db writes to a leaf that requires grad, which it prepares in a way of its own"

# Entries where something differs that is still to be mended or explained.
DUNDER = "a special method called with a number in place of the tensor: no operator does that"

OPEN = ""

TIES = "PyTorch leaves open where equal elements come; here they keep their order"
SIGNS = "eigenvectors and singular vectors have no sign of their own; each library chooses one"

DIFFERENCES = {
    "__radd__": [("no error: ", DUNDER)],
    "__rand__": [("no error: ", DUNDER)],
    "__rmul__": [("no error: ", DUNDER)],
    "__ror__": [("no error: ", DUNDER)],
    "__rxor__": [("no error: ", DUNDER)],
    "addbmm": [
        ("in place raises: ", "PyTorch lets the tensor itself grow to the result's shape"),
        ("numbers: .*float16", "PyTorch rounds to float16 after every product, minigrad once"),
    ],
    "argsort": [("numbers: ", TIES)],
    "as_strided": [("(numbers|raises): as_strided.partial_views", STORAGE)],
    "diff": [("node: diff\\(.*, 0, ", "of no differences, a copy: CloneBackward0")],
    "histc": [("numbers: histc\\(float16", "the parts are laid out in float64")],
    "cdist": [("node: .*'use_mm", "the differences are not taken from a matrix product")],
    "kthvalue": [("numbers: ", TIES)],
    "linalg.eigh": [("(numbers|gradient|second): ", SIGNS)],
    "linalg.svd": [("(numbers|gradient|second): ", SIGNS)],
    "linspace": [("words: .*int64.2", "start and end are read as numbers, whatever else they are")],
    "normal": [("words: normal.in_place", "the message names the method, normal_")],
    "mode": [("numbers: mode\\(\\w+\\[3000", "of many equals, PyTorch names any one's place")],
    "logspace": [("words: .*int64.2", "start and end are read as numbers, whatever else they are")],
    "logcumsumexp": [("gradient: .*float32", "PyTorch's passes through logarithms: fewer digits")],
    "matmul": [("node: .*0, 0", "PyTorch has a way of its own for empty matrices")],
    "nn.functional.adaptive_avg_pool2d": [
        ("error: ", "PyTorch's depends on how output_size is given: an IndexError for one number"),
    ],
    "nn.functional.batch_norm": [("raises: .*float..\\[0\\]", "no channels: one dimension")],
    "nn.functional.dropout3d": [
        ("in place node: ", "the result is the tensor itself, not a view of it"),
    ],
    "nn.functional.conv_transpose2d": [
        ("numbers: .*float16", "PyTorch adds up in float16, minigrad in float32"),
    ],
    "nn.functional.interpolate": [
        ("raises: .*area.*Got 5D input", "means of volumes need adaptive_avg_pool3d"),
        (".*uint8", "bytes are not mixed, only copied: convert them to floats"),
    ],
    "nn.functional.soft_margin_loss": [
        ("numbers: .*float16", "PyTorch's exp overflows in float16; here it does not"),
    ],
    "norm": [
        ("raises: norm.nuc", "the nuclear norm is torch.linalg.norm(x, 'nuc')"),
    ],
    "nn.functional.conv1d": [("words:", "the length of the stride is looked at first")],
    "nn.functional.conv2d": [("words:", "the length of the stride is looked at first")],
    "nn.functional.max_pool1d": [
        ("words: .*return_indices=True", "the words are those without return_indices")
    ],
    "nn.functional.scaled_dot_product_attention": [
        ("(numbers|node): .*float16", "float16 is computed in float32, and rounded once")
    ],
    "quantile": [("node: .*keepdim=True", KEPT)],
    "nanquantile": [("node: .*keepdim=True", KEPT)],
    "round": [("node: round.decimals_0", "0 decimals are none: RoundBackward0")],
    "sort": [("numbers: ", TIES)],
    "topk": [("numbers: ", TIES)],
    "zero_": [("raises: ", LEAF)],
}
