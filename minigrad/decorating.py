"""Floor 1. Context managers as decorators: of functions, generators, coroutines and classes."""

import functools
import inspect
import warnings


def check_bool(function, argument, value):
    """TypeError unless an argument is a bool."""
    if not isinstance(value, bool):
        raise TypeError(
            f"{function}(): argument '{argument}' (position 1) must be bool, not "
            f"{type(value).__name__}"
        )


def inside(block, function):
    """`function`, whose code runs inside `with block():`.

    What is suspended (a generator, a coroutine) leaves the block each time it hands over, and
    enters it again when it goes on.
    """
    if isinstance(function, type):
        warnings.warn(
            "Decorating classes is deprecated and will be disabled in future versions. You should "
            "only decorate functions or methods. To preserve the current behavior of class "
            "decoration, you can directly decorate the `__init__` method and nothing else.",
            FutureWarning,
            stacklevel=3,
        )
        function.__init__ = inside(block, function.__init__)
        return function
    if inspect.isasyncgenfunction(function):

        @functools.wraps(function)
        async def steps(*args, **kwargs):
            given = function(*args, **kwargs)
            sent = None
            while True:
                try:
                    sent = yield await Steps(block, given.asend(sent))
                except StopAsyncIteration:
                    return

        return steps
    if inspect.iscoroutinefunction(function):

        @functools.wraps(function)
        async def coroutine(*args, **kwargs):
            return await Steps(block, function(*args, **kwargs))

        return coroutine
    if inspect.isgeneratorfunction(function):

        @functools.wraps(function)
        def generator(*args, **kwargs):
            return (yield from steps_of(block, function(*args, **kwargs)))

        return generator

    @functools.wraps(function)
    def wrapped(*args, **kwargs):
        with block():
            return function(*args, **kwargs)

    return wrapped


class Steps:
    """Something to await, each step of which runs inside the block."""

    def __init__(self, block, awaitable):
        self.block, self.awaitable = block, awaitable

    def __await__(self):
        return steps_of(self.block, self.awaitable.__await__())


def steps_of(block, generator):
    """Hand on what a generator yields, is sent and is thrown; its own code runs in the block."""
    step, argument = generator.__next__, ()
    while True:
        try:
            with block():
                yielded = step(*argument)
        except StopIteration as end:
            return end.value
        try:
            sent = yield yielded
            step, argument = (generator.__next__, ()) if sent is None else (generator.send, (sent,))
        except GeneratorExit:
            with block():
                generator.close()
            raise
        except BaseException as error:
            step, argument = generator.throw, (error,)
