"""Floor 1. What PyTorch has and minigrad leaves out, each with a word of why."""

_COMPLEX = "complex numbers: minigrad has real ones. Keep the two parts as a pair of tensors"
_SPARSE = "sparse tensors: minigrad's are dense. Write the zeros down"
_NESTED = "nested tensors: pad to one length, and keep a mask"
_FUNC = (
    "function transforms: use torch.autograd.functional (vjp, jvp, jacobian, hessian) instead, and "
    "a loop in place of vmap"
)
_FORWARD = (
    "forward-mode derivatives: torch.autograd.functional.jvp gives the same numbers by two "
    "backward passes"
)
_AUTOCAST = "automatic mixed precision: convert with .half() or .float() where you want it"

NAMES = {
    **dict.fromkeys(("complex", "complex32", "complex64", "complex128", "cfloat"), _COMPLEX),
    **dict.fromkeys(
        ("cdouble", "view_as_complex", "view_as_real", "polar", "is_complex"), _COMPLEX
    ),
    **dict.fromkeys(("sparse", "sparse_coo_tensor", "sparse_csr_tensor"), _SPARSE),
    "nested": _NESTED,
    **dict.fromkeys(("func", "vmap", "functorch"), _FUNC),
    "autocast": _AUTOCAST,
    "amp": _AUTOCAST,
    "forward_ad": _FORWARD,
    "dual_level": _FORWARD,
    "jit": "compilation: the code runs as it is written",
    "compile": "compilation: the code runs as it is written",
}


def explain(module, name):
    """The error for a name that a module does not have."""
    if name in NAMES:
        return AttributeError(f"minigrad leaves out torch.{name}. It has no {NAMES[name]}.")
    return AttributeError(f"module '{module}' has no attribute '{name}'")
