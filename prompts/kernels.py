"""Kernels by name: those of the library, and compositions such as `conv2d+relu_requant`."""

from functools import lru_cache

from prompts.composition.composition import JOINED, Composition
from prompts.demo import Demo, ParameterError
from prompts.demos import demos

Kernel = Demo | Composition


def kernel_named(name: str) -> Kernel:
    """A kernel, or the composition of several; raises `ParameterError` for what is neither."""
    if JOINED not in name:
        return _entry(name)
    return composition(tuple(name.split(JOINED)))


def known_kernel(name: str) -> Kernel | None:
    """A kernel, or None for a name that is none."""
    try:
        return kernel_named(name)
    except ParameterError:
        return None


@lru_cache(maxsize=64)
def composition(names: tuple[str, ...]) -> Composition:
    """The composition of kernels of the library; raises `ParameterError`."""
    return Composition.of(_entry(name) for name in names)


def _entry(name: str) -> Demo:
    if name not in demos():
        raise ParameterError(f"there is no kernel {name!r}; choose one of {', '.join(demos())}")
    return demos()[name]
