"""Which cards stand in the box of which module, and what the boxes are called."""


def put_into_boxes(model, leaves, modules):
    """Name the boxes, and put each parameter into that of its module.

    `leaves` has the tensor of each leaf's card, `modules` what the caller calls outermost modules.
    A parameter that other modules use as well stays outside.
    """
    heads = {}
    for edge in model.edges:
        heads.setdefault(edge.tail, []).append(model.cards[edge.head])
    for key, tensor in leaves.items():
        around = [scope for head in heads.get(key, []) for scope in scopes_of(head)]
        homes = {scope for scope in around if scope.owns(tensor)}
        if len(homes) == 1:
            card = model.cards[key]
            (card.scope,) = homes
            card.label = card.scope.tensors[id(tensor)][0]
            card.name = card.name or f"{scope_path(card.scope, modules)}.{card.label}"
    for card in model.cards:
        card.path = [scope_path(each, modules) for each in scopes_of(card, inner=True)]
        for scope, path in zip(scopes_of(card), card.path):
            model.paths[scope] = path if path == scope.kind else f"{path} · {scope.kind}"


def scopes_of(card, inner=False):
    """The modules of a card, the outermost first; `inner`: and the one that it stands for."""
    scope = (card.module if inner else None) or card.scope
    return [] if scope is None else scope.path()


def scope_path(scope, modules):
    """The name of a module: the caller's for the outermost one, then `.layers.0` and so on."""
    parts = [each.name for each in scope.path()[1:]]
    return ".".join([scope.root_name(modules), *parts])
