"""What a target is: how Yosys and nextpnr are told of it, and how its cells are counted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

Weights = Mapping[str, float]
"""How much of a resource one cell of each type takes."""


@dataclass(frozen=True)
class Placement:
    """Place and route: nextpnr's program and options, and how its report counts.

    Where nextpnr has no mode without pins of its own (`pinless`), only clocks stay ports, which
    the cells' `clock_pins` tell; `clocks` are package pins for them, none when nextpnr chooses,
    and `pad` is the input buffer that they need, "" when nextpnr adds it.
    """

    program: str
    options: tuple[str, ...]
    sites: Mapping[str, Weights]
    clock_pins: frozenset[str] = frozenset()
    clocks: tuple[str, ...] = ()
    pad: str = ""
    pinless: bool = False
    """Whether nextpnr's own `--out-of-context` leaves the ports unconnected."""
    untimed: tuple[str, ...] = ()
    """Resources through which nextpnr knows no delays, so that Fmax leaves those paths out."""


@dataclass(frozen=True)
class Target:
    """What a design is built for.

    `elaborate` and `map` are Yosys commands, in which `{top}` stands for the top's name: the first
    ends with a flat netlist of words, the second with one of the target's cells. `capacity` is
    what the device holds; it is empty where the chip is as large as the design makes it.
    """

    name: str
    title: str
    elaborate: tuple[str, ...]
    map: tuple[str, ...]
    counts: Mapping[str, Weights] = field(default_factory=dict)
    holds: Mapping[str, int] = field(default_factory=dict)
    multiplier: tuple[int, int] | None = None
    """The operand widths, greater first, of the multiplier in a DSP block."""
    control_pins: frozenset[str] = frozenset()
    """Clocks, resets and enables of flip-flops: nets of their own, so not counted as fan-out."""
    place: Placement | None = None
    library: Path | None = None
    """The Liberty file that is taken when the person gives none."""

    def capacity(self) -> dict[str, int]:
        """How much of each resource the device has; empty for standard cells."""
        return dict(self.holds)

    @property
    def dsps(self) -> int:
        """How many DSP blocks the device has."""
        return self.holds.get("dsps", 0)


def each(*names: str, weight: float = 1) -> dict[str, float]:
    """The same weight for several cells."""
    return dict.fromkeys(names, weight)


def count(cells: Mapping[str, int], counts: Mapping[str, Weights]) -> dict[str, float]:
    """Each resource that so many cells of each type take."""
    return {
        name: _plain(sum(weights.get(cell, 0) * number for cell, number in cells.items()))
        for name, weights in counts.items()
    }


def percent(used: Mapping[str, float], holds: Mapping[str, int]) -> dict[str, float]:
    """How much of the device's capacity is used, in percent."""
    return {name: round(100 * used[name] / n, 2) for name, n in holds.items() if n and name in used}


def labels(pass_name: str, options: str, first: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A synthesis pass of Yosys in two parts: up to its label `first`, and from there."""
    head = f"{pass_name} {options}".strip()
    return (f"{head} -top {{top}} -run begin:{first}",), (f"{head} -top {{top}} -run {first}:",)


def several(targets: Iterable[Target]) -> dict[str, Target]:
    """Targets by name."""
    return {target.name: target for target in targets}


def _plain(value: float) -> float:
    """Whole numbers as `int`, and others without noise of the binary fraction."""
    return int(value) if value == int(value) else round(value, 4)
