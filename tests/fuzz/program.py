"""A random program as the fuzzer tries it, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Outcome = Literal["right", "refused", "mismatch", "crash", "hang", "invalid"]
"""`invalid`: the program itself does not compile or run, which is a fault of its generator."""


@dataclass(frozen=True)
class Program:
    """A kernel named `top`, its testbench, and the options of its synthesis."""

    text: str
    testbench: str
    clock_mhz: float = 100.0
    pipeline_loops: bool = True

    @property
    def whole(self) -> str:
        """Everything that is needed to try it again, as one text."""
        options = f"// {self.clock_mhz:g} MHz{'' if self.pipeline_loops else ', no pipelines'}"
        return f"{options}\n{self.text}\n// ---- testbench\n{self.testbench}"


@dataclass(frozen=True)
class Result:
    """What came of a program."""

    outcome: Outcome
    said: str = ""
    metrics: Mapping[str, float] = field(default_factory=dict)

    @property
    def is_fault(self) -> bool:
        return self.outcome not in ("right", "refused")
