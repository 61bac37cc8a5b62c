"""Counters of a flattened nest, and after how many iterations a sum of them can come again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

_FARTHEST = 64
"""Iterations that are looked through: more than any pipeline needs between two accesses."""


@dataclass(frozen=True)
class Turn:
    """A counter that grows by `step` after `every` so many iterations, and begins again after
    `length`, a multiple of them; 0: it never does."""

    step: int
    every: int = 1
    length: int = 0

    def growth(self, counts: Mapping[int, int]) -> int:
        """What it is more, where each number of iterations has passed so many times."""
        back = self.length // self.every * counts[self.length] if self.length else 0
        return self.step * (counts[self.every] - back)


def soonest(turns: Sequence[tuple[int, Turn]], start: int, modulus: int) -> int:
    """After how many iterations `start` and what factors times counters have grown by can first be
    0 modulo a number; `_FARTHEST` of them are no more looked at."""
    periods = sorted({n for _, turn in turns for n in (turn.every, turn.length)} - {0, 1})
    if any(longer % shorter for shorter, longer in pairwise(periods)):
        return 1
    for distance in range(1, _FARTHEST):
        for counts in _passed(distance, 1, periods):
            growth = sum(factor * turn.growth(counts) for factor, turn in turns)
            if (start + growth) % modulus == 0:
                return distance
    return _FARTHEST


def _passed(count: int, period: int, longer: Sequence[int]) -> Iterator[dict[int, int]]:
    """How often each period can end, where one ends `count` times, and the others are multiples.

    It depends on where in the next one the first iteration is: once more, if not a whole number.
    """
    if not longer:
        yield {period: count}
        return
    times, rest = divmod(count, longer[0] // period)
    for more in range(2 if rest else 1):
        for found in _passed(times + more, longer[0], longer[1:]):
            yield {period: count, **found}
