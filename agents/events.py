"""The events of a design run, in the order in which they happen; a loop yields nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from prompts.design import Design
from prompts.task import Task
from tools.report import Report

Outcome = Literal["passed", "failed", "stopped", "refused"]
"""`refused`: nothing was designed, because the request cannot be met as it stands."""
Stage = Literal[
    "understand",
    "generate",
    "lint",
    "csim",
    "hls",
    "simulate",
    "synthesize",
    "place",
    "constraints",
    "done",
]
"""How far a run came: the stage that failed, or `done`."""


@dataclass(frozen=True)
class Said:
    """Words for the person: from the `designer`, or the `model`'s own answer as it arrived."""

    who: Literal["designer", "model"]
    text: str


@dataclass(frozen=True)
class Understood:
    """The task as it was read; the person may edit it and start again."""

    task: Task


@dataclass(frozen=True)
class Prompted:
    """A prompt as it was sent: chat messages, the demos in it with their scores, and its hash."""

    messages: tuple[Mapping[str, str], ...]
    demos: Mapping[str, float]
    digest: str


@dataclass(frozen=True)
class Proposed:
    """A candidate: the design, the number of the attempt from 1, and its own testbench, if any."""

    design: Design
    attempt: int
    testbench: str = ""


@dataclass(frozen=True)
class Called:
    """A tool starts on the last candidate."""

    tool: str
    options: Mapping[str, Any] = field(default_factory=dict)
    beside: bool = False
    """Whether it is about a second Verilog, which high-level synthesis makes of the C++."""


@dataclass(frozen=True)
class Returned:
    """The tool has answered; what it says `beside` the candidate decides nothing."""

    report: Report
    beside: bool = False


@dataclass(frozen=True)
class Spent:
    """One call of a model: its tokens and its price; `usd` is None when no price is known."""

    model: str
    input_tokens: int
    output_tokens: int
    usd: float | None
    wall_s: float


@dataclass(frozen=True)
class Ended:
    """The run is over; `metrics` are the figures of the design that is its result."""

    outcome: Outcome
    stage: Stage
    summary: str
    oracle: str = ""
    metrics: Mapping[str, float] = field(default_factory=dict)
    verified: bool = False
    """Whether all checks of function passed; those of area and speed may still have failed."""
    met: bool | None = None
    """Whether all constraints hold; None when there are none or they were not measured."""


Event = Said | Understood | Prompted | Proposed | Called | Returned | Spent | Ended
EVENTS: Mapping[str, type[Any]] = {
    kind.__name__: kind
    for kind in (Said, Understood, Prompted, Proposed, Called, Returned, Spent, Ended)
}
