"""How many lanes: the parameters that buy speed with area, chosen for a goal and the limits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from prompts.demo import Demo, ParameterError, Settings
from prompts.reading.wishes import Goal
from prompts.sheet import Setting
from prompts.task import Constraint

_SLACK = 1.25
"""Cycles a design may take over its lower bound when a limit on cycles chooses its lanes."""


@dataclass(frozen=True)
class Wish:
    """What decides parameters nobody named: the goal, the limits, and the device's DSP blocks."""

    goal: Goal
    constraints: Sequence[Constraint]
    dsps: int

    def most(self, metric: str) -> float | None:
        """The limit from above on a metric, None when there is none."""
        values = [c.value for c in self.constraints if c.metric == metric and c.bound == "at most"]
        return min(values, default=None)

    def reason(self) -> str:
        """Why a parameter was chosen, to be read after "chosen"."""
        reasons: dict[Goal, str] = {"small": "for the least area", "fast": "for the most speed"}
        return reasons.get(self.goal, f"to be {self.goal}" if self.goal else "for the limits")


@dataclass(frozen=True)
class _Option:
    multipliers: int
    cycles: int
    longest: int
    """The greatest parallel parameter: of two arrays alike in all else, the squarer is chosen."""
    values: dict[str, Setting]

    @property
    def area_first(self) -> tuple[int, int, int]:
        return self.multipliers, self.cycles, self.longest

    @property
    def speed_first(self) -> tuple[int, int, int]:
        return self.cycles, self.multipliers, self.longest


def powers(low: int, high: int) -> list[int]:
    """The powers of two of a range, and its ends."""
    return sorted({low, high, *(1 << i for i in range(17) if low <= 1 << i <= high)})


def parallelised(
    demo: Demo, values: dict[str, Setting], open_names: list[str], wish: Wish
) -> dict[str, Setting]:
    """The settings with the parallelism that goal and limits call for, over the open parameters."""
    dsps, cycles = wish.most("dsps"), wish.most("cycles")
    now = _option(demo, values)
    small_enough = dsps is None or now.multipliers <= dsps
    fast_enough = cycles is None or now.cycles * _SLACK <= cycles
    if not open_names or (not wish.goal and small_enough and fast_enough):
        return values
    options = [now, *_options(demo, values, open_names)]
    cap = wish.dsps if dsps is None else min(dsps, wish.dsps)
    within = [o for o in options if o.multipliers <= cap]
    within = within or [min(options, key=lambda o: o.area_first)]
    if wish.goal == "small":
        best = min(options, key=lambda o: o.area_first)
    elif wish.goal == "smaller":
        less = [o for o in options if o.multipliers < now.multipliers]
        best = max(less, key=lambda o: (o.multipliers, -o.cycles, -o.longest), default=now)
    elif wish.goal == "faster":
        quicker = [o for o in options if o.cycles < now.cycles]
        best = min(quicker, key=lambda o: o.area_first, default=now)
    elif wish.goal == "fast" or cycles is None:
        best = min(within, key=lambda o: o.speed_first)
    else:
        in_time = [o for o in within if o.cycles * _SLACK <= cycles]
        fastest = min(within, key=lambda o: o.speed_first)
        best = min(in_time, key=lambda o: o.area_first, default=fastest)
    return best.values


def _option(demo: Demo, values: dict[str, Setting]) -> _Option:
    longest = max((int(values[name]) for name in demo.parallel), default=0)
    return _Option(demo.multipliers(values), demo.lower_bound(values), longest, values)


def _options(demo: Demo, values: dict[str, Setting], open_names: list[str]) -> Iterator[_Option]:
    ends = [
        (demo.parameters[name].low or 1, demo.parameters[name].high or 64) for name in open_names
    ]
    for chosen in product(*(powers(low, high) for low, high in ends)):
        try:
            settled = demo.settle({**values, **dict(zip(open_names, chosen, strict=True))})
        except ParameterError:
            continue
        yield _option(demo, settled)


def limit_problem(demo: Demo, values: Settings, wish: Wish) -> str:
    """The sentence for a limit that these parameters cannot keep, or ""."""
    named = ", ".join(f"{name} = {values[name]}" for name in demo.parallel) or "this kernel"
    dsps, needed = wish.most("dsps"), demo.multipliers(values)
    if dsps is not None and needed > dsps:
        return (
            f"{demo.name}: at most {dsps:g} DSPs contradict {named} with {needed} multipliers; "
            f"allow {needed} DSPs or ask for less parallelism"
        )
    cycles, least = wish.most("cycles"), demo.lower_bound(values)
    if cycles is not None and least > cycles:
        return (
            f"{demo.name}: at most {cycles:g} cycles contradict {named}, at least {least} cycles; "
            f"allow {least} cycles or ask for more parallelism"
        )
    return ""
