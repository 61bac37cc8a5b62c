"""The oracle: what decides whether a design is correct, and what a designer may see of it."""

from dataclasses import dataclass
from typing import Literal

from prompts.interface import Interface
from prompts.kernels import kernel_named
from prompts.task import Task
from prompts.vectors import Vectors

Kind = Literal["golden", "testbench", "self-written, unreviewed"]
VISIBLE_SEED, WITHHELD_SEED = 1, 7001
RANDOM_CALLS = 4
PATIENCE, PATIENCE_CYCLES = 50, 100_000
"""A design may be this many times slower than the best for its multipliers, and a constant."""


@dataclass(frozen=True)
class Oracle:
    """Vectors of a golden model, or a testbench.

    Failures on `visible` vectors go back to the designer; `withheld` ones only judge the result.
    """

    kind: Kind
    interface: Interface | None = None
    visible: Vectors | None = None
    withheld: Vectors | None = None
    testbench: str = ""
    max_cycles: int = PATIENCE_CYCLES
    """A call that takes longer counts as a hang."""


def oracle_for(task: Task) -> Oracle:
    """The strongest oracle there is: the task's testbench, a golden model, else the designer's."""
    if task.testbench:
        return Oracle("testbench", testbench=task.testbench)
    if task.kernel:
        kernel = kernel_named(task.kernel)
        settings = kernel.settle(task.parameters)
        return Oracle(
            "golden",
            kernel.interface(settings),
            kernel.vectors(settings, VISIBLE_SEED, RANDOM_CALLS),
            kernel.vectors(settings, WITHHELD_SEED, RANDOM_CALLS),
            max_cycles=PATIENCE_CYCLES + PATIENCE * kernel.lower_bound(settings),
        )
    return Oracle("self-written, unreviewed")
