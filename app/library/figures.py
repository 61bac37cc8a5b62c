"""What was measured of the library's entries, in the order in which it is shown."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.library.check import measured
from app.library.steps import Figures
from prompts.demo import Demo

SIZES = {"small": "", "scaled": "scaled_"}
"""The configurations of an entry, and how the names of their figures begin."""
WAYS = {"Verilog": "", "HLS": "hls_"}
"""Verilog by hand, and Verilog made of the C++; how their figures' names go on."""


@dataclass(frozen=True)
class Measured:
    """One configuration of an entry, built in one way."""

    size: str
    way: str
    figures: Figures
    """Its figures by their names in a run: cycles, ii, luts, ..., where they were measured."""
    bound: float
    reference: float


def measured_of(demo: Demo) -> Iterator[Measured]:
    """What was measured of an entry as it is now; nothing when its sources have changed since."""
    row = measured(demo)
    if row is None:
        return
    for size, first in SIZES.items():
        for way, then in WAYS.items():
            prefix = first + then
            names = ("cycles", "ii", "luts", "ffs", "dsps", "brams", "fmax_mhz")
            found = {n: row.figures[prefix + n] for n in names if prefix + n in row.figures}
            if "cycles" in found:
                bound = row.figures[f"{first}lower_bound"]
                yield Measured(size, way, found, bound, row.figures[f"{first}reference"])
