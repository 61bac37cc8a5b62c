"""What a designer is: something that proposes designs for a task, and learns from what failed."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Protocol

from agents.events import Event
from prompts.design import Design
from prompts.task import Task
from tools.errors import SiliwrightError
from tools.report import Report, Status

FAILING: tuple[Status, ...] = ("failed", "error")
"""What stops an attempt; a tool that is not run for a target does not."""


class NoDesign(SiliwrightError):
    """A designer's answer held no usable design: costs an attempt, the sentence goes back to it."""


class ModelError(SiliwrightError):
    """A model cannot be reached or refuses to answer: ends the run."""


@dataclass(frozen=True)
class Proposal:
    """A design, and the testbench that its own designer wrote for it, if any."""

    design: Design
    testbench: str = ""


@dataclass(frozen=True)
class Attempt:
    """What came of one proposal: the reports up to the one that failed, or why there was none."""

    proposal: Proposal | None
    reports: tuple[Report, ...] = ()
    problem: str = ""

    @property
    def failure(self) -> Report | None:
        """The report that stopped the attempt."""
        return next((r for r in reversed(self.reports) if r.status in FAILING), None)


class Designer(Protocol):
    """A maker of designs.

    `name` and `model` are what records and pages show; `repairs` says whether it can do better
    when it is told what failed.
    """

    name: str
    model: str
    repairs: bool

    def propose(self, task: Task, attempts: Sequence[Attempt]) -> Generator[Event, None, Proposal]:
        """Yield what happens on the way (`Said`, `Prompted`, `Spent`) and return a proposal.

        `attempts` are the earlier ones of this run, empty at first. Raises `NoDesign` when the
        answer is not usable, and `ModelError` when there is no answer.
        """
        ...
