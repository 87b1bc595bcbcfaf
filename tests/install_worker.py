"""Sends marked mutants of a core module's definitions through `install`; prints as JSON what ran.

    python install_worker.py MODULE [--without-install | --cells]

With `--cells` the mutants go through the build cells of the course's chapters, as they are there.

Run by test_install.py in another process, since it changes the package.
"""

import ast
import contextlib
import copy
import json
import linecache
import pickle
import sys
import warnings
from functools import partial

import minigrad as torch
import minigrad.vision
from minigrad.classroom import chapters, install, source
from minigrad.classroom.homes import package_modules
from minigrad.classroom.modules import Module

MARKS = []  # each mutant of a function writes its name here when it runs

# Expressions that lead to a definition, each on a way of its own: operator, method, function, and
# through other modules. `x` is a 2×2 tensor that requires grad, `d` one that does not.
WAYS = {
    "add": ["x + x", "x + 2", "2 + x", "x.add(x)", "torch.add(x, x)", "d.add_(1)"],
    "sub": ["x - x", "x - 2", "x.sub(x)", "torch.sub(x, x)", "d.sub_(1)"],
    "mul": ["x * x", "x * 2", "2 * x", "x.mul(x)", "torch.mul(x, x)", "d.mul_(2)", "1 / x"],
    "div": ["x / x", "x / 2", "x.div(x)", "torch.div(x, x)", "d.div_(2)"],
    "neg": ["-x", "x.neg()", "torch.neg(x)", "d.neg_()"],
    "pow": ["x ** 2", "x.pow(2)", "torch.pow(x, 2)", "torch.square(x)", "d.pow_(2)"],
    "sum": ["x.sum()", "torch.sum(x)"],
    "mean": ["x.mean()", "torch.mean(x)"],
    "Add": ["x + x", "2 + x", "x.add(x)", "torch.add(x, x)", "(x + 1).sum().backward()"],
    "Mul": ["x * x", "2 * x", "x.mul(x)", "torch.mul(x, x)", "(x * 3).sum().backward()"],
    "Sum": ["x.sum()", "torch.sum(x)", "x.mean()", "x.sum(0).mean().backward()"],
    "Function": ["-x", "x.exp()", "x.sum()", "x.reshape(4)", "x @ x", "x[0]"],
    "Binary": ["(x + row).sum().backward()", "(row * x).sum().backward()"],
    "binary": ["x + 2", "x / x", "torch.maximum(x, x)", "x ** x"],
    "Tensor": ["x.shape", "x.dtype", "x.grad_fn", "x.data", "repr(x)", "x.is_leaf"],
    "requires_grad": ["x.requires_grad"],
    "tensor:requires_grad_": ["d.requires_grad_()", "setattr(d, 'requires_grad', True)"],
    "data": ["x.data", "x.detach()"],
    "backward": ["x.sum().backward()", "torch.Tensor.backward(x.sum())"],
    "run": ["x.sum().backward()"],
    "sum_to": ["(x + row).sum().backward()", "x.expand(3, 2, 2).sum().backward()"],
    "as_float": ["integers / 2", "torch.exp(integers)"],
    "constant": ["x + 0.0", "x == 0.0", "d.copy_(3)"],
    "spread": ["x.sum().backward()", "torch.amax(x, 0).sum().backward()"],
    "share_versions": ["x.detach()", "x.reshape(4)", "x[0]"],
    "write": ["d.zero_()", "d.fill_(1)", "d.__setitem__(0, 1)"],
    "Switch": ["torch.no_grad()(len)([])", "torch.no_grad().__enter__() or leave()"],
    "is_grad_enabled": ["torch.is_grad_enabled()"],
    "set_grad_enabled": ["torch.set_grad_enabled(True)"],
    "overwrite": ["d.add_(1)", "d.exp_()", "d.clamp_(0, 1)", "d.copy_(x.detach())"],
    "CopySlices": ["(x * 1)[0].mul_(2)", "(x * 1).__setitem__(0, 1)", "(x * 1).t().add_(1)"],
    "jacobian": ["torch.autograd.functional.jacobian(torch.exp, x)"],
    "Module": ["torch.nn.ReLU()(x)", "torch.nn.Linear(2, 2)(x)", "torch.nn.Sequential()(x)"],
    "Linear": ["torch.nn.Linear(2, 2)(x)"],
    "Parameter": [
        "torch.nn.Linear(2, 2)",
        "torch.nn.Parameter(d)",
        "torch.nn.parameter.Parameter(d)",
    ],
    "__call__": ["torch.nn.ReLU()(x)", "torch.nn.Sequential(torch.nn.ReLU())(x)"],
    "nn/module:zero_grad": ["torch.nn.Linear(2, 2).zero_grad()"],
    "optim/optimizer:zero_grad": ["torch.optim.SGD([x]).zero_grad()"],
    "Optimizer": ["torch.optim.SGD([x])", "torch.optim.Adam([x])"],
    "DataLoader": ["list(torch.utils.data.DataLoader(d))"],
    "check_jacobian": ["torch.autograd.gradcheck(torch.exp, x.detach().double().requires_grad_())"],
}


def use_everything():
    """A program in which every function of the core has something to do."""
    x = torch.ones(2, 2, requires_grad=True)
    row = torch.ones(2, requires_grad=True)
    middle = -x * 2
    middle.retain_grad()
    out = (3 * (x + 2) ** 2 / (x - 5)).mean() + middle.sum(0, keepdim=True).sum()
    out.backward(retain_graph=True)
    (row + x * row).sum().backward()
    x.data = x.data * 2
    x.grad = x.grad.detach()
    x.grad.zero_()
    x.grad.fill_(2)
    torch.ones(2, 2).requires_grad_()
    torch.tensor([1, 2]).sum(), torch.tensor([1, 2]) / 3, x + 0.0  # a zero is never cached
    repr(out), x.shape, x.dtype, x.is_leaf, x._version
    torch.no_grad()(torch.is_grad_enabled)()
    leaf = (x * 1).grad_fn.next_functions[0][0]
    leaf.name(), leaf.shown, repr(leaf), repr(out.grad_fn), (x * x).grad_fn.saved
    saved = row**3
    row.detach().zero_()
    try:
        saved.sum().backward()
    except RuntimeError as error:
        assert "modified by an inplace operation" in str(error)
    (x * 1 + x.exp() + x.sin() + middle).sum().backward()
    use_later_chapters()


def use_later_chapters():
    """The same for what chapters 05 to 12 build."""
    x = torch.tensor([1.0, 2.0], dtype=torch.float64, requires_grad=True)
    y = x * 1
    y.mul_(x + 1)
    y[0] = 3 * y[1]
    torch.autograd.backward([y.sum()], create_graph=True)
    part = (x * 1)[:1]
    part.exp_()
    torch.autograd.grad(part._base.sum(), x, create_graph=True)[0].sum().backward()
    part._base.grad_fn.name()
    y.sum(0, keepdim=True).detach().requires_grad_()
    torch.enable_grad()(torch.set_grad_enabled(True)(len))([])
    with torch.set_grad_enabled(True), torch.no_grad():
        torch.no_grad().clone()
    functional = torch.autograd.functional
    functional.jacobian(lambda x: x**2, x)
    functional.jacobian(lambda x: x[:0], x)
    functional.hessian(lambda x: (x**3).mean(0, keepdim=True), x)
    functional.vjp(lambda x: x * x, x, torch.ones_like(x))
    functional.jvp(lambda x: x * x, x, torch.ones_like(x))
    functional.hvp(lambda x: (x**3).sum(), x, torch.ones_like(x))
    torch.autograd.gradcheck(lambda x: x * x, x)
    use_learning()


def use_learning():
    """The same for chapters 09 to 11: modules, optimisers, data."""
    nn, data = torch.nn, torch.utils.data
    model = nn.Sequential(nn.Linear(2, 2), nn.ReLU()).eval().train().requires_grad_()
    model.load_state_dict(model.state_dict())
    repr(model), repr(model[0].weight), getattr(model, "nothing", None), pickle.dumps(model[0].bias)
    copy.deepcopy(model[0].weight), [name for name, _ in model.named_parameters()]
    pairs = data.TensorDataset(torch.ones(4, 2), torch.zeros(4, 2))
    loader = data.DataLoader(data.Subset(pairs, [0, 1, 2]), batch_size=2, shuffle=True)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    for inputs, targets in loader:
        optimizer.zero_grad()
        nn.MSELoss()(model(inputs), targets).backward()
        optimizer.step()
    model.zero_grad(set_to_none=False)
    loss = nn.CrossEntropyLoss()(model(inputs), torch.zeros(len(inputs)).long())
    loss.grad_fn.name(), loss.backward()
    (
        len(pairs),
        len(loader),
        repr(optimizer),
        data.Subset(pairs, [0, 1])[[0, 1]],
        data.Subset(pairs, [0])[0],
    )
    for broken in (nn.Module(), torch.optim.Optimizer([torch.ones(1)], {}), data.Dataset()):
        for misuse in (lambda b: b(1), lambda b: b.update(1, {}), lambda b: b[0]):
            with contextlib.suppress(NotImplementedError, TypeError, AttributeError):
                misuse(broken)


def use_residual_networks():
    """The same for the networks of chapter 11, which take longer."""
    torch.vision.models.resnet18(num_classes=2)(torch.ones(2, 3, 32, 32))


def reached(action):
    """The marks that an action leaves; an error in it counts as none."""
    MARKS.clear()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        action()
    return sorted(set(MARKS))


def follow(way):
    """Whether an expression of WAYS reaches a mutant."""
    x = torch.ones(2, 2, requires_grad=True)
    names = {
        "torch": torch,
        "x": x,
        "d": torch.ones(2, 2),
        "row": torch.ones(2, requires_grad=True),
        "integers": torch.tensor([1, 2]),
        "leave": lambda: setattr(sys.modules["minigrad.grad_mode"].mode, "enabled", True),
    }
    return bool(reached(partial(eval, way, names)))


def functions_in(node):
    """The functions of a definition, each with the name that its mark will have."""
    if isinstance(node, ast.ClassDef):
        inside = [each for each in node.body if isinstance(each, source.DEFINITIONS)]
        return [pair for each in inside for pair in functions_in(each)]
    setter = any(ast.unparse(each).endswith(".setter") for each in node.decorator_list)
    return [(node.name + ".setter" * setter, node)]


def mutant(text, definition):
    """A cell in which every function of the definition with this name notes that it runs."""
    tree = ast.parse(text)
    for node in tree.body:
        if getattr(node, "name", None) == definition:
            for name, function in functions_in(node):
                function.body.insert(0, ast.parse(f"MARKS.append({name!r})").body[0])
    return ast.unparse(tree)


def run_cell(home, text, installer):
    """Run a build cell as a notebook does, with global names of its own; return those."""
    text = f"# minigrad/{home}.py\n{text}"
    name = f"<cell {len(linecache.cache)}>"
    linecache.cache[name] = (len(text), None, text.splitlines(True), name)
    known = vars(sys.modules["minigrad." + home.replace("/", ".")])
    notebook = {**known, "__name__": "__main__", "MARKS": MARKS, "install": installer}
    exec(compile(text, name, "exec"), notebook)
    return notebook


def places(value):
    """Every name in the package's modules and classes behind which there is this very object."""
    found = []
    for module in package_modules():
        for name, each in list(vars(module).items()):
            if each is value:
                found.append(f"{module.__name__}.{name}")
            if isinstance(each, type) and each.__module__ == module.__name__:
                for attribute, inner in vars(each).items():
                    parts = [getattr(inner, part, None) for part in ("__func__", "fget", "fset")]
                    if any(part is value for part in (inner, *parts)):
                        found.append(f"{each.__name__}.{attribute}")
    return sorted(found)


def cells_of(home):
    """The final build cells of a module in the course: {definition: the cell's source}."""
    return {
        each.names[0]: cell.source
        for chapter in chapters.read_chapters()
        for cell in chapter.code
        if cell.kind == chapters.FINAL and cell.home == home
        for each in source.statements(cell.source)
        if each.kind == "definition"
    }


def examine(home, statement, cell, installer):
    """Everything that is to be known about one definition and its mutant."""
    name = statement.names[0]
    module = sys.modules["minigrad." + home.replace("/", ".")]
    old = vars(module)[name]
    before = places(old)
    everything = use_residual_networks if home.startswith("vision") else use_everything
    notebook = run_cell(home, mutant(cell, name), installer)
    result = {
        "functions": sorted(name for name, _ in functions_in(statement.node)),
        "reached": reached(everything),
        "ways": {way: follow(way) for way in WAYS.get(f"{home}:{name}", WAYS.get(name, ()))},
        "places": before,
        "places after": places(notebook[name]),
        "same class": isinstance(old, type) and notebook[name] is old,
    }
    run_cell(home, cell, installer)
    result["reached after the original is back"] = reached(everything)
    return result


def main(home, option=None):
    """Examine every definition of a core module."""
    installer = (lambda *definitions: None) if option == "--without-install" else install
    found, cells = {}, cells_of(home) if option == "--cells" else None
    for each in (part.statement for part in Module.read(home).parts):
        if each.kind == "definition":
            name = each.names[0]
            cell = f"{each.source}\ninstall({name})" if cells is None else cells.get(name)
            found[name] = examine(home, each, cell, installer) if cell else None
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
