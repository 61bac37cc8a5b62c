"""The settings that an entry of the library is checked with."""

import random

from prompts.demo import Demo, ParameterError
from prompts.folder import DemoError
from prompts.sheet import Setting

SMALL = 24
"""Random settings stay below this, or the default, to keep a simulation short."""
_TRIES = 1000


def small(demo: Demo) -> dict[str, Setting]:
    """The defaults: a design that a small device holds."""
    return demo.settle()


def scaled(demo: Demo) -> dict[str, Setting]:
    """The configuration of a size that is used in earnest."""
    return demo.settle(demo.sheet.scaled)


def drawn(demo: Demo, seed: int) -> dict[str, Setting]:
    """Random parameters within their ranges that hold the constraints, the same for a seed.

    Raises `DemoError` when none are found.
    """
    source = random.Random(f"{demo.name} {seed}")
    for _ in range(_TRIES):
        chosen: dict[str, Setting] = {}
        for name, parameter in demo.parameters.items():
            if parameter.choices:
                chosen[name] = source.choice(parameter.choices)
            elif parameter.low is not None and parameter.high is not None:
                usual = parameter.default if isinstance(parameter.default, int) else SMALL
                high = max(parameter.low, min(parameter.high, max(SMALL, usual)))
                chosen[name] = source.randint(parameter.low, high)
        try:
            return demo.settle(chosen)
        except ParameterError:
            continue
    raise DemoError(f"{demo.name}: no setting in {_TRIES} random ones holds its constraints")
