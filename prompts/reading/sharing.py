"""Multipliers shared among the stages of a chain: fewer lanes where nobody named them."""

from collections.abc import Collection, Iterator

from prompts.composition.composition import Composition
from prompts.demo import ParameterError, Settings


def shared(
    whole: Composition, values: Settings, said: Collection[str], most: float
) -> tuple[Settings, tuple[str, ...]]:
    """The settings with lanes halved, those of the greatest stage first, until the chain has at
    most so many multipliers; as they were where that cannot be. And what changed, in words.
    """
    made = values
    while whole.multipliers(made) > most:
        less = next(_less(whole, made, said), None)
        if less is None:
            return values, ()
        made = less
    changed = [name for name in values if made[name] != values[name]]
    return made, tuple(f"{name}: {made[name]}, for {most:g} multipliers in all" for name in changed)


def _less(whole: Composition, values: Settings, said: Collection[str]) -> Iterator[Settings]:
    """Settings with fewer multipliers, one parameter halved or less, the greatest stage's first."""
    now = whole.multipliers(values)
    stages = [stage for stage in whole.plan(values).stages if not stage.adapter]
    for stage in sorted(stages, key=lambda s: -s.demo.multipliers(s.settings)):
        for name in (f"{stage.name}.{own}" for own in stage.demo.parallel):
            if name in said or name not in values:
                continue
            for lanes in range(int(values[name]) // 2, 0, -1):
                try:
                    less = whole.settle({**values, name: lanes})
                except ParameterError:
                    continue
                if whole.multipliers(less) < now:
                    yield less
