"""The design loop: propose, check, repair, until a candidate holds or a limit is reached.

A loop is a generator of events. It knows no database and no screen: whoever drives it records what
it yields, and stops it by setting `stop`.
"""

import threading
import time
from collections.abc import Generator, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from agents.checks import Check, checks, run_check, second_way
from agents.designer import FAILING, Attempt, Designer, ModelError, NoDesign, Proposal
from agents.events import Ended, Event, Proposed, Returned, Said, Spent, Stage, Understood
from agents.oracle import Oracle, oracle_for
from prompts.design import Design
from prompts.task import Task
from tools.errors import LimitReached
from tools.report import Report

FIGURES = (
    *("cycles", "cycles_min", "ii", "luts", "ffs", "dsps", "brams", "fmax_mhz"),
    *("area_um2", "cells", "delay_ps"),
)
"""The metrics of a run: the latest report that has one wins."""


@dataclass(frozen=True)
class RunLimits:
    """What a run may use; None is without limit."""

    repairs: int = 3
    time_s: float | None = None
    usd: float | None = None


def work(
    task: Task,
    designer: Designer,
    limits: RunLimits | None = None,
    stop: threading.Event | None = None,
) -> Iterator[Event]:
    """Work on a task to its end; the last event is always `Ended`."""
    run = _Run(task, designer, limits or RunLimits(), stop)
    yield Understood(task)
    try:
        yield from run.attempts()
        yield run.ended()
    except LimitReached as limit:
        yield replace(run.ended(), outcome="stopped", summary=f"stopped: {limit}")
    except ModelError as error:
        yield replace(run.ended(), outcome="failed", stage="generate", summary=str(error))


def refuse(task: Task, problem: str) -> Iterator[Event]:
    """The events of a request that cannot be met as it stands."""
    yield Understood(task)
    yield Said("designer", problem)
    yield Ended("refused", "understand", problem)


class _Run:
    """The state of one run between its attempts."""

    def __init__(
        self, task: Task, designer: Designer, limits: RunLimits, stop: threading.Event | None
    ) -> None:
        self.task, self.designer, self.limits, self.stop = task, designer, limits, stop
        self.oracle: Oracle = oracle_for(task)
        self.tried: list[Attempt] = []
        self.stage: Stage = "generate"
        self.started, self.usd = time.monotonic(), 0.0
        self.judged = False
        """Whether the withheld tests have failed a candidate: telling it would give them away."""

    def attempts(self) -> Iterator[Event]:
        """Attempts until one passes all checks, or the repairs are used up."""
        while len(self.tried) <= self.limits.repairs:
            number = len(self.tried) + 1
            self.stage = "generate"
            try:
                proposal = yield from self._proposal()
            except NoDesign as problem:
                self.tried.append(Attempt(None, problem=str(problem)))
                yield Said("designer", str(problem))
                continue
            yield Proposed(proposal.design, number, proposal.testbench)
            reports = yield from self._check(proposal)
            self.tried.append(attempt := Attempt(proposal, tuple(reports)))
            if attempt.failure is None:
                yield from self._second_way(proposal)
            if attempt.failure is None or self.judged or not self.designer.repairs:
                return

    def _proposal(self) -> Generator[Event, None, Proposal]:
        proposing = self.designer.propose(self.task, tuple(self.tried))
        while True:
            self._check_limits()
            try:
                event = next(proposing)
            except StopIteration as done:
                proposal: Proposal = done.value
                return proposal
            if isinstance(event, Spent):
                self.usd += event.usd or 0.0
            yield event

    def _check(self, proposal: Proposal) -> Generator[Event, None, list[Report]]:
        reports: list[Report] = []
        design = proposal.design
        for check in checks(proposal, self.task, self.oracle, self.stop):
            self._check_limits()
            self.stage = check.stage
            report = yield from _run(check, design)
            reports.append(report)
            if report.status in FAILING:
                self.judged = check.withheld
                return reports
            design = check.makes(design, report)
        self.stage = "done"
        return reports

    def _second_way(self, proposal: Proposal) -> Iterator[Event]:
        """What high-level synthesis makes of the C++ of a candidate that has passed."""
        design = proposal.design
        with suppress(LimitReached):  # the candidate has passed, however far this comes
            for check in second_way(proposal, self.task, self.oracle, self.stop):
                self._check_limits()
                report = yield from _run(check, design, beside=True)
                if report.status in FAILING:
                    return
                design = check.makes(design, report)

    def _check_limits(self) -> None:
        if self.stop is not None and self.stop.is_set():
            raise LimitReached("asked to")
        if self.limits.time_s and time.monotonic() - self.started > self.limits.time_s:
            raise LimitReached(f"the time limit of {self.limits.time_s:g} s is reached")
        if self.limits.usd is not None and self.usd > self.limits.usd:
            raise LimitReached(f"the spending limit of {self.limits.usd:g} USD is reached")

    def ended(self) -> Ended:
        """The run's end, as it stands now: the last attempt is its result."""
        last = self.tried[-1] if self.tried else Attempt(None, problem="nothing was proposed")
        figures = metrics_of(last.reports)
        broken = [
            f"{constraint.text()}, measured {figures[constraint.metric]:g}"
            for constraint in self.task.constraints
            if constraint.metric in figures and not constraint.holds(figures[constraint.metric])
        ]
        passed = last.failure is None and last.proposal is not None and self.stage == "done"
        stage: Stage = "constraints" if passed and broken else self.stage
        if not passed:
            failure = last.failure
            summary = f"{failure.tool}: {failure.summary}" if failure else last.problem
        elif broken:
            summary = f"verified, but it misses what was asked: {'; '.join(broken)}"
        else:
            summary = _success(figures, self.oracle)
        return Ended(
            "passed" if passed and not broken else "failed",
            stage,
            summary,
            self.oracle.kind,
            figures,
            verified=stage in ("synthesize", "place", "constraints", "done"),
            met=None if not self.task.constraints or not passed else not broken,
        )


def _run(check: Check, design: Design, beside: bool = False) -> Generator[Event, None, Report]:
    """Run a check, and return its report."""
    for event in run_check(check, design, beside):
        yield event
        if isinstance(event, Returned):
            report = event.report
    return report


def metrics_of(reports: tuple[Report, ...]) -> dict[str, float]:
    """The figures of a candidate, from its reports in order.

    Cell counts are synthesis's until placement gives its own.
    """
    return {
        name: value
        for report in reports
        for name, value in report.metrics.items()
        if name in FIGURES
    }


def _success(figures: Mapping[str, float], oracle: Oracle) -> str:
    speed = f", {figures['fmax_mhz']:.1f} MHz" if "fmax_mhz" in figures else ""
    cycles = f"{int(figures['cycles'])} cycles, " if "cycles" in figures else ""
    if "luts" in figures:
        area = f"{int(figures['luts'])} LUTs"
    else:
        area = f"{figures['area_um2']:,.0f} µm² of standard cells"
    if "delay_ps" in figures:
        speed = f", longest path {figures['delay_ps']:,.0f} ps through gates alone"
    return f"verified by {oracle.kind}; {cycles}{area}{speed}"
