"""Formal proof of a design's own assertions: `assert`, `assume` and `cover` in its Verilog."""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from prompts.design import Design
from tools.abc_prover import assertions
from tools.diagnostics import source_line
from tools.elaborate import Elaborated, elaborate
from tools.errors import TimedOut, ToolError
from tools.plan import Plan, carry_out
from tools.process import Limits
from tools.report import Diagnostic, Report, Status
from tools.smt import Answer, ask, model, trace

Mode = Literal["bmc", "prove", "cover"]
_BUILD_S = 30.0
_INDUCTION = 12
"""Longer inductions rarely succeed where this one fails."""


@dataclass(frozen=True)
class _Finding:
    """The verdict, a sentence, and what the report tells beyond it."""

    status: Status
    verdict: str
    summary: str
    diagnostics: tuple[Diagnostic, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)
    answer: Answer | None = None


def prove(
    design: Design,
    *,
    depth: int = 30,
    mode: Mode = "prove",
    time_s: float = 60.0,
    stop: threading.Event | None = None,
    cache: bool = True,
) -> Report:
    """Prove the immediate assertions of a SystemVerilog design (`FORMAL` is defined).

    Registers without an initial value start with any value, and every input is free: state what
    holds with `assume`, such as the reset in the first cycle. `mode` is `bmc` (no assertion fails
    within `depth` cycles), `prove` (none ever does) or `cover` (each `cover` can be reached).

    `details["verdict"]`: `proved` and `bounded` (passed), `violated` (failed: `details` has the
    `cycle`, the assertion and a table of the ports by cycle; artifact `trace.vcd`), `covered`
    (passed: `details["reached"]` has the cycle of each) or `uncovered` (failed), `unknown` (error:
    `details["reason"]`). Cycles count from 0.
    """
    if depth < 1 or time_s <= 0:
        raise ToolError("depth and time_s must be above 0")
    start = time.monotonic()
    limits = Limits(time_s=min(time_s, _BUILD_S))
    try:
        top = elaborate(design, "top", {}, limits, stop, formal=True, cache=cache)
    except TimedOut as error:
        finding = _Finding("error", "unknown", str(error), details={"reason": str(error)})
        return _report(finding, (), start)
    if problem := _problem(top, mode):
        finding = _Finding("error", "unknown", problem, top.findings, {"reason": problem})
        return _report(finding, (top.plan,), start)
    question = _Question(design, top, depth, start + time_s, stop, cache)
    try:
        finding = question.answer(mode)
    except TimedOut as error:
        finding = _Finding("error", "unknown", str(error), details={"reason": str(error)})
    return _report(finding, (top.plan,), start)


@dataclass(frozen=True)
class _Question:
    """A design with its properties, and how long one may look for an answer."""

    design: Design
    top: Elaborated
    depth: int
    deadline: float
    stop: threading.Event | None
    cache: bool

    def answer(self, mode: Mode) -> _Finding:
        built = carry_out(model(self.top, Limits(time_s=_BUILD_S)), self.stop, self.cache)
        if "model.smt2" not in built.files:
            raise ToolError("the design cannot be put to the solver: " + built.log[-300:].strip())
        smt2 = built.files["model.smt2"].read_bytes()
        share = 0.5 if mode == "prove" else 1.0
        way: Literal["cover", "bmc"] = "cover" if mode == "cover" else "bmc"
        first = ask(smt2, way, self.depth, self._seconds(share), self.stop, self.cache)
        if first.status == "PREUNSAT":
            text = "the assumptions contradict each other, so nothing can be proved under them"
            return _Finding("error", "unknown", text, details={"reason": text}, answer=first)
        if mode == "cover":
            return self._covers(first)
        if first.status == "FAILED" and first.failed:
            return self._violated(first)
        if mode == "prove" and (method := self._for_ever(smt2, built.files.get("model.aig"))):
            text = f"proved: no assertion ever fails ({method})"
            return _Finding("passed", "proved", text, details={"method": method}, answer=first)
        if mode == "bmc" and first.status == "PASSED":
            text = f"no assertion fails within {self.depth} cycles; that is no proof for later ones"
            details = {"cycles_searched": self.depth}
            return _Finding("passed", "bounded", text, details=details, answer=first)
        return self._unknown(first)

    def _seconds(self, share: float) -> float:
        return max(1.0, round(share * (self.deadline - time.monotonic())))

    def _for_ever(self, smt2: bytes, circuit: Path | None) -> str:
        """How it was proved for all time; empty when it was not."""
        if circuit:
            proof = assertions(circuit.read_bytes(), self._seconds(0.6), self.stop, self.cache)
            if proof.answer == "never":
                return proof.method
            if proof.answer == "reached":
                return ""
        length = min(self.depth, _INDUCTION)
        done = ask(smt2, "induction", length, self._seconds(1.0), self.stop, self.cache)
        return f"{done.step}-step induction" if done.status == "PASSED" else ""

    def _violated(self, answer: Answer) -> _Finding:
        found = tuple(self._diagnostic(name, answer.step) for name in answer.failed)
        ports = list(self.top.ports)
        vcd = answer.outcome.files.get("trace.vcd")
        cycles = trace(vcd, ports) if vcd else []
        details = {"cycle": answer.step, "assertions": list(answer.failed), "trace": cycles}
        text = f"{found[0].message}"
        return _Finding("failed", "violated", text, found, details, answer)

    def _diagnostic(self, name: str, cycle: int) -> Diagnostic:
        place = self.top.properties.get(name)
        file, line = (place.file, place.line) if place else ("", 0)
        shown = "an assertion" if name.startswith("$") else f"assertion {name}"
        source = source_line(self.design.files, file, line)
        return Diagnostic("error", f"{shown} fails in cycle {cycle}", file, line, "ASSERT", source)

    def _covers(self, answer: Answer) -> _Finding:
        if answer.status not in ("PASSED", "FAILED"):
            return self._unknown(answer)
        places = self.top.properties
        found = tuple(
            Diagnostic(
                "error",
                f"this cover is not reached within {self.depth} cycles",
                places[name].file,
                places[name].line,
                "COVER",
                source_line(self.design.files, places[name].file, places[name].line),
            )
            for name in answer.unreached
            if name in places
        )
        reached = {
            f"{places[n].file}:{places[n].line}" if n in places else n: step
            for n, step in answer.reached.items()
        }
        covers = len(reached) + len(answer.unreached)
        text = f"{len(reached)} of {covers} covers reached within {self.depth} cycles"
        details = {"reached": reached, "unreached": list(answer.unreached)}
        if answer.unreached:
            return _Finding("failed", "uncovered", text, found, details, answer)
        return _Finding("passed", "covered", text, found, details, answer)

    def _unknown(self, answer: Answer) -> _Finding:
        searched = self.depth if answer.status == "PASSED" else answer.step
        text = f"no proof within the time limit; nothing fails within {searched} cycles"
        if answer.status not in ("PASSED", "TIMEOUT"):
            text = (
                f"the solver ended early after {searched} cycles ({answer.status or 'no status'})"
            )
        details = {"reason": text, "cycles_searched": searched}
        return _Finding("error", "unknown", text, details=details, answer=answer)


def _problem(top: Elaborated, mode: Mode) -> str:
    """Why the design cannot be proved."""
    if errors := [d for d in top.findings if d.severity == "error"]:
        return errors[0].message
    if not top.one_clock:
        return "the registers change at several clocks, and only one can be followed"
    kind = "cover" if mode == "cover" else "assert"
    if not any(p.kind == kind for p in top.properties.values()):
        return f"the design has no {kind} statement"
    return ""


def _report(finding: _Finding, plans: tuple[Plan, ...], start: float) -> Report:
    answer = finding.answer
    plans = (*plans, answer.plan) if answer else plans
    return Report(
        "prove",
        finding.status,
        finding.summary,
        finding.diagnostics,
        details={"verdict": finding.verdict, **finding.details},
        artifacts=answer.outcome.files if answer else {},
        versions={name: version for plan in plans for name, version in plan.versions().items()},
        command="\n".join(plan.text() for plan in plans),
        log=answer.outcome.log if answer else "",
        wall_s=time.monotonic() - start,
    )
