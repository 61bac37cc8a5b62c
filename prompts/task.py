"""A task: what a person wants designed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from prompts.design import Language
from prompts.sheet import Setting

Metric = Literal["luts", "ffs", "dsps", "brams", "cycles", "ii", "fmax_mhz"]
Bound = Literal["at most", "at least"]
_NAMES: Mapping[Metric, str] = {
    "luts": "LUTs",
    "ffs": "FFs",
    "dsps": "DSPs",
    "brams": "BRAMs",
    "cycles": "cycles",
    "ii": "II",
    "fmax_mhz": "Fmax in MHz",
}


@dataclass(frozen=True)
class Constraint:
    """A limit on a measured figure."""

    metric: Metric
    bound: Bound
    value: float

    def holds(self, measured: float) -> bool:
        return measured <= self.value if self.bound == "at most" else measured >= self.value

    def text(self) -> str:
        return f"{_NAMES[self.metric]} {self.bound} {self.value:g}"


@dataclass(frozen=True)
class Task:
    """A request, and what was understood of it.

    `kernel` and `parameters` name a demo of the library when the request is for one; they are empty
    otherwise. `testbench` is the user's own Verilog testbench, the oracle when it is given.
    """

    text: str
    kernel: str = ""
    parameters: Mapping[str, Setting] = field(default_factory=dict)
    target: str = "ecp5-25k"
    clock_mhz: float = 50.0
    language: Language = "both"
    constraints: tuple[Constraint, ...] = ()
    testbench: str = ""
    notes: tuple[str, ...] = ()
    """What the reader assumed or passed over, for the person to see."""
