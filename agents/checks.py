"""The checks that every candidate goes through, in order, until one fails."""

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from agents.designer import Proposal
from agents.events import Called, Event, Returned, Stage
from agents.generated import from_cxx
from agents.oracle import Oracle
from prompts.design import Design
from prompts.task import Task
from prompts.vectors import Vectors
from tools.cosim import cosim
from tools.csim import csim
from tools.errors import ToolError
from tools.hls.engine import hls
from tools.lint import lint
from tools.parse import parse
from tools.place_route import place_route
from tools.report import Report
from tools.simulate import simulate
from tools.synthesize import synthesize


def _unchanged(design: Design, report: Report) -> Design:
    return design


@dataclass(frozen=True)
class Check:
    """One tool run on a candidate, and the stage that it belongs to.

    `makes` is the design that the checks after it are run on, when it has passed.
    """

    tool: str
    stage: Stage
    run: Callable[[Design], Report]
    options: Mapping[str, Any] = field(default_factory=dict)
    withheld: bool = False
    """It judges, and its findings must not go back to the designer."""
    makes: Callable[[Design, Report], Design] = _unchanged


def checks(
    proposal: Proposal, task: Task, oracle: Oracle, stop: threading.Event | None = None
) -> list[Check]:
    """What a proposal has to pass, in order.

    Verilog by hand: structure, function with that of the C++ beside it, area and speed. C++ alone
    becomes Verilog by high-level synthesis first, which then goes the same way.
    """
    use = _Tools(task, oracle, proposal.testbench, stop)
    design, visible = proposal.design, oracle.visible
    written = [*use.structure(), *use.function(), *use.figures()]
    if visible is None or not design.cxx:
        return written
    if not design.verilog:
        return [use.c_simulation(visible), use.synthesis_of_cxx(), *written]
    return [*written[:2], use.c_simulation(visible), *written[2:]]


def second_way(
    proposal: Proposal, task: Task, oracle: Oracle, stop: threading.Event | None = None
) -> list[Check]:
    """For a proposal with Verilog and C++: whether Verilog made of the C++ does the same, and when.

    So three agree: the golden model, the hand and the engine. Nothing depends on these checks.
    """
    design, visible = proposal.design, oracle.visible
    if visible is None or not design.cxx or not design.verilog:
        return []
    use = _Tools(task, oracle, proposal.testbench, stop)
    return [use.synthesis_of_cxx(), use.co_simulation(visible, "visible")]


@dataclass(frozen=True)
class _Tools:
    """The checks that a task's tools make, each of the design in hand."""

    task: Task
    oracle: Oracle
    testbench: str
    """The designer's own."""
    stop: threading.Event | None

    @property
    def at(self) -> dict[str, Any]:
        return {"target": self.task.target, "clock_mhz": self.task.clock_mhz}

    def structure(self) -> list[Check]:
        """Whether the Verilog is well-formed."""
        return [
            Check("parse", "lint", lambda design: parse(design, stop=self.stop)),
            Check("lint", "lint", lambda design: lint(design, stop=self.stop)),
        ]

    def function(self) -> list[Check]:
        """What the Verilog computes."""
        visible, withheld = self.oracle.visible, self.oracle.withheld
        if visible is not None and withheld is not None:
            last = replace(self.co_simulation(withheld, "withheld"), withheld=True)
            return [self.co_simulation(visible, "visible"), last]
        testbench = self.oracle.testbench or self.testbench
        return [
            Check("simulate", "simulate", lambda d: simulate(d, testbench, stop=self.stop)),
        ]

    def figures(self) -> list[Check]:
        """Area and speed."""
        target, clock = self.task.target, self.task.clock_mhz
        return [
            Check(
                "synthesize",
                "synthesize",
                lambda design: synthesize(design, target, clock_mhz=clock, stop=self.stop),
                self.at,
            ),
            Check(
                "place_route",
                "place",
                lambda design: place_route(design, target, clock, stop=self.stop),
                self.at,
            ),
        ]

    def c_simulation(self, vectors: Vectors) -> Check:
        """What the C++ computes."""
        return Check(
            "csim", "csim", lambda d: csim(d, vectors, stop=self.stop), _named(vectors, "visible")
        )

    def co_simulation(self, vectors: Vectors, name: str) -> Check:
        """What the Verilog computes, by vectors of this name."""
        patience = self.oracle.max_cycles
        return Check(
            "cosim",
            "simulate",
            lambda design: cosim(design, vectors, max_cycles=patience, stop=self.stop),
            _named(vectors, name),
        )

    def synthesis_of_cxx(self) -> Check:
        """Verilog of the C++, on which the checks after it are run."""
        target, clock = self.task.target, self.task.clock_mhz
        return Check(
            "hls",
            "hls",
            lambda design: hls(design, target, clock_mhz=clock, stop=self.stop),
            self.at,
            makes=lambda design, report: from_cxx(design, [report]),
        )


def _named(vectors: Vectors, name: str) -> dict[str, Any]:
    return {"calls": len(vectors.calls), "vectors": name}


def run_check(check: Check, design: Design, beside: bool = False) -> Iterator[Event]:
    """`Called`, then `Returned`; what a tool cannot answer becomes a report of status `error`."""
    yield Called(check.tool, check.options, beside)
    try:
        report = check.run(design)
    except ToolError as error:
        report = Report(check.tool, "error", str(error))
    yield Returned(report, beside)
