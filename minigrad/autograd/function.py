"""Floor 6. `autograd.Function`: an operation of your own, from its result and its derivative.

The floors below compute with arrays; a `Function` of the user sees tensors. Each call of `apply`
makes one node, whose rule wraps what arrives into tensors and calls the user's `backward`.
"""

import functools
import inspect
import weakref

from .. import function as floor2
from ..carriers import as_tensor, numbers, saved_tensors
from ..function import Observers, next_number
from ..grad_mode import is_grad_enabled, no_grad, set_grad_enabled
from ..ops.several import Slot
from ..tensor import Tensor, detach
from . import function_checks, outputs


class Custom(floor2.Function):
    """The node of one call of a user's function. `function` is the user's class."""

    function = None

    def __init__(self):
        self.attributes, self._face = {}, None  # what the user keeps on ctx lives here
        self.to_save, self.dirty, self.constant, self.materialize = (), (), (), True
        self.needs_input_grad, self.inputs, self.results = (), (), ()

    @property
    def shown(self):
        """What the user calls `ctx`, and what `grad_fn` shows: made anew if nobody holds it."""
        face = self._face and self._face()
        if face is None:
            face = object.__new__(self.function._backward_cls)
            face._node, face.__dict__ = self, self.attributes
            self._face = weakref.ref(face)
        return face

    def name(self):
        return f"{self.function.__name__}Backward"

    @staticmethod
    def backward(ctx, grad):
        """The user's rule: tensors in and out, one gradient for each argument of `apply`."""
        node = ctx.node if ctx.recorded else ctx
        given = [grad] if node.outputs == 1 else [(grad or {}).get(n) for n in range(node.outputs)]
        grads = [as_tensor(each) for each in given]
        if node.materialize:
            pairs = zip(grads, node.results, strict=True)
            grads = [outputs.zeros(meta) if grad is None else grad for grad, meta in pairs]
        with set_grad_enabled(ctx.recorded):
            returned = function_checks.rule(node.function)(node.shown, *grads)
            returned = function_checks.gradients(node, returned, Tensor)
        return tuple(each if ctx.recorded else numbers(each) for each in returned)

    def of_nothing(self):
        """Where no gradient has arrived, the user's rule gets zeros, or None if it asked for it."""
        return self.backward(self, None)

    def as_output(self, position):
        """The history of a saved result (an output may have a node of its own)."""
        number = self.saved_numbers[position]
        if self.outputs == 1:
            return self
        return Slot(self, number, self._saved[position])


class FunctionCtx:
    """`ctx`: where `forward` leaves what `backward` will need. Any other attribute may be set."""

    __slots__ = ("__dict__", "__weakref__", "_node")

    def save_for_backward(self, *tensors):
        """Keep inputs or outputs (or None); `saved_tensors` gives them back, and checks them."""
        self._node.to_save = function_checks.only_tensors("save_for_backward", tensors, Tensor)

    def mark_dirty(self, *args):
        """Say which inputs `forward` changed in place; they must be among its outputs."""
        self._node.dirty = function_checks.only_tensors("mark_dirty", args, Tensor)

    def mark_non_differentiable(self, *args):
        """Say which outputs have no derivative, such as indices."""
        self._node.constant = function_checks.only_tensors("mark_non_differentiable", args, Tensor)

    def set_materialize_grads(self, value):
        """Whether `backward` gets zeros (the default) or None for an output nobody used."""
        self._node.materialize = value

    @property
    def saved_tensors(self):
        """What was saved; RuntimeError if freed, or changed in place since."""
        return tuple(saved_tensors(self._node))

    @property
    def needs_input_grad(self):
        """For each argument of `apply`, whether its gradient is wanted."""
        return self._node.needs_input_grad

    def __repr__(self):
        return f"<torch.autograd.function.{type(self).__name__} object at {id(self):#x}>"


def _of_the_node(name):
    return property(lambda self: getattr(self._node, name))


for _name in ("name", "next_functions", "metadata", "register_hook", "register_prehook"):
    setattr(FunctionCtx, _name, _of_the_node(_name))
FunctionCtx.requires_grad = True


class Function:
    """An operation of your own: subclass it, and call `MyFunction.apply(...)`.

    `forward(ctx, *args)` computes the result, without recording, and may keep things on `ctx`; or
    `forward(*args)` computes, and `setup_context(ctx, inputs, output)` keeps. `backward(ctx,
    *grad_outputs)` gets a gradient for each output, and returns one for each argument, None for
    those that need none. All three are static methods.

    Source: https://docs.pytorch.org/docs/stable/notes/extending.html
    """

    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        cls._backward_cls = type(f"{cls.__name__}Backward", (FunctionCtx,), {"__slots__": ()})
        cls._node_cls = type(cls.__name__, (Custom,), {"function": cls})

    def __init__(self, *args, **kwargs):
        function_checks.warn_of_instance(type(self))

    def __call__(self, *args, **kwargs):
        raise function_checks.legacy()

    @staticmethod
    def forward(*args, **kwargs):
        """Compute the result: `forward(ctx, *args)`, or `forward(*args)` with `setup_context`."""
        raise function_checks.no_forward()

    @staticmethod
    def setup_context(ctx, inputs, output):
        """Keep on `ctx` what `backward` will need. `inputs` is the tuple of arguments."""
        raise NotImplementedError("setup_context is not implemented.")

    @staticmethod
    def backward(ctx, *grad_outputs):
        """Return the gradient of each argument, from the gradient of each output."""
        raise function_checks.no_backward()

    vjp = backward

    @classmethod
    def apply(cls, *args, **kwargs):
        """Run the operation on some arguments and, if one of them requires grad, record it."""
        node = cls._node_cls()
        ctx = node.shown
        separate = cls.setup_context is not Function.setup_context
        if separate:
            bound = inspect.signature(cls.forward).bind(*args, **kwargs)
            bound.apply_defaults()
            args, kwargs = bound.args, {}
        tensors = [each for each in args if isinstance(each, Tensor)]
        node.is_tensor = [isinstance(each, Tensor) for each in args]
        node.needs_input_grad = tuple(isinstance(e, Tensor) and e._requires_grad for e in args)
        tracked = is_grad_enabled() and any(node.needs_input_grad)
        with no_grad():
            if separate:
                result = cls.forward(*args, **kwargs)
                cls.setup_context(ctx, args, result)
            else:
                result = cls.forward(ctx, *args, **kwargs)
        return record(node, tensors, result, tracked)


def record(node, tensors, result, tracked):
    """Give what `forward` returned its history: the node, with an edge for each tensor argument."""
    several = isinstance(result, tuple)
    results = list(result) if several else [result]
    function_checks.check_dirty(node, tensors, results, tracked)
    if tracked:
        node.inputs = [(each._array.shape, each._array.dtype) for each in tensors]
        node.next = tuple((e._node or e) if e._requires_grad else None for e in tensors)
        node.number = next_number()
        node.outputs = len(results)
        node.results = [outputs.metadata(each) for each in results]
        node.output_shape = node.results[0] and node.results[0][0]
    for number, each in enumerate(results):
        if isinstance(each, Tensor):
            results[number] = outputs.finish(node, tensors, each, number, tracked)
    if tracked:
        save(node)
        if Observers.current is not None and isinstance(results[0], Tensor):
            Observers.current.recorded(node, tensors, results[0])
    return tuple(results) if several else results[0]


def save(node):
    """Keep what `save_for_backward` was given: results of this very node without their history."""
    own = [each is not None and outputs.made_by(each, node) for each in node.to_save]
    node.saved_numbers = [0 if each is None else each.output_nr for each in node.to_save]
    kept = [detach(each) if mine else each for each, mine in zip(node.to_save, own, strict=True)]
    node.to_save = ()
    floor2.Function.save_for_backward(node, *kept)
    node._own = own


def once_differentiable(rule):
    """For a `backward` that cannot itself be differentiated: say so if somebody tries.

    The rule runs without recording. Differentiating its result is a RuntimeError.
    """

    @functools.wraps(rule)
    def wrapped(ctx, *grads):
        with no_grad():
            returned = rule(ctx, *grads)
        given = [each for each in grads if isinstance(each, Tensor) and each._requires_grad]
        if not is_grad_enabled() or not given:
            return returned
        refused = [
            Error.apply(each, *given) if isinstance(each, Tensor) else each
            for each in (returned if isinstance(returned, tuple) else (returned,))
        ]
        return tuple(refused) if isinstance(returned, tuple) else refused[0]

    return wrapped


class Error(floor2.Function):
    """Passes its first input on, and raises if somebody differentiates through it."""

    @staticmethod
    def forward(self, *others):
        return self

    @staticmethod
    def backward(ctx, grad):
        raise function_checks.only_once()

    def name(self):
        return "Error"
