"""The checks that every candidate goes through, in order, until one fails."""

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from agents.designer import Proposal
from agents.events import Called, Event, Returned, Stage
from agents.oracle import Oracle
from prompts.task import Task
from tools.cosim import cosim
from tools.csim import csim
from tools.errors import ToolError
from tools.lint import lint
from tools.parse import parse
from tools.place_route import place_route
from tools.report import Report
from tools.simulate import simulate
from tools.synthesize import synthesize


@dataclass(frozen=True)
class Check:
    """One tool run on a candidate, and the stage that it belongs to."""

    tool: str
    stage: Stage
    run: Callable[[], Report]
    options: Mapping[str, Any] = field(default_factory=dict)
    withheld: bool = False
    """It judges, and its findings must not go back to the designer."""


def checks(
    proposal: Proposal, task: Task, oracle: Oracle, stop: threading.Event | None = None
) -> list[Check]:
    """What a proposal has to pass, in order: structure, function, then area and speed."""
    design = proposal.design
    todo = [
        Check("parse", "lint", lambda: parse(design, stop=stop)),
        Check("lint", "lint", lambda: lint(design, stop=stop)),
        *_function(proposal, oracle, stop),
    ]
    at = {"target": task.target, "clock_mhz": task.clock_mhz}
    todo.append(
        Check(
            "synthesize",
            "synthesize",
            lambda: synthesize(design, task.target, clock_mhz=task.clock_mhz, stop=stop),
            at,
        )
    )
    todo.append(
        Check(
            "place_route",
            "place",
            lambda: place_route(design, task.target, task.clock_mhz, stop=stop),
            at,
        )
    )
    return todo


def _function(proposal: Proposal, oracle: Oracle, stop: threading.Event | None) -> list[Check]:
    """The checks of what the design computes."""
    design = proposal.design
    if oracle.visible is not None and oracle.withheld is not None:
        visible, withheld, patience = oracle.visible, oracle.withheld, oracle.max_cycles
        seen = {"calls": len(visible.calls), "vectors": "visible"}
        kept = {"calls": len(withheld.calls), "vectors": "withheld"}
        todo = [
            Check(
                "cosim",
                "simulate",
                lambda: cosim(design, visible, max_cycles=patience, stop=stop),
                seen,
            )
        ]
        if design.cxx:
            todo.insert(0, Check("csim", "csim", lambda: csim(design, visible, stop=stop), seen))
        final = Check(
            "cosim",
            "simulate",
            lambda: cosim(design, withheld, max_cycles=patience, stop=stop),
            kept,
            True,
        )
        todo.append(final)
        return todo
    testbench = oracle.testbench or proposal.testbench

    def run() -> Report:
        return simulate(design, testbench, stop=stop)

    return [Check("simulate", "simulate", run)]


def run_check(check: Check) -> Iterator[Event]:
    """`Called`, then `Returned`; what a tool cannot answer becomes a report of status `error`."""
    yield Called(check.tool, check.options)
    try:
        report = check.run()
    except ToolError as error:
        report = Report(check.tool, "error", str(error))
    yield Returned(report)
