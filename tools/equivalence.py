"""Formal equivalence: do two Verilog designs answer the same to every sequence of inputs?"""

import random
import re
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from prompts.design import Design
from tools.abc_prover import Proof, induce, reach, satisfy, search
from tools.elaborate import Elaborated, elaborate
from tools.errors import TimedOut, ToolError
from tools.miter import Inputs, Miter, differing, find_reset, inputs_of
from tools.plan import Outcome, carry_out
from tools.process import Limits
from tools.report import Diagnostic, Report, Status

Verdict = Literal["equal", "different", "unknown"]
_STATUS: Mapping[Verdict, Status] = {"equal": "passed", "different": "failed", "unknown": "error"}
_SHOWN = re.compile(r"^@ +(\d+) (\d+) (\S+) (\S+)$", re.MULTILINE)
_BUILD_S = 30.0
_EARLY = 10
"""Most differences show within so many cycles; the deep search comes after a first proof."""
_DRAWN = 64
"""Cycles of random inputs that show whether the gold's outputs are ever defined."""
ROWS = 64
"""At most so many cycles of a counter-example are in the report's table; the VCD has them all."""


@dataclass(frozen=True)
class _Finding:
    """The verdict, a sentence, and what the report tells beyond it."""

    verdict: Verdict
    summary: str
    details: Mapping[str, Any]
    diagnostics: tuple[Diagnostic, ...] = ()
    replay: Outcome | None = None


def equivalent(
    gold: Design,
    gate: Design,
    *,
    depth: int = 40,
    reset: str = "",
    reset_cycles: int = 2,
    parameters: Mapping[str, str] | None = None,
    gate_parameters: Mapping[str, str] | None = None,
    time_s: float = 60.0,
    stop: threading.Event | None = None,
    cache: bool = True,
) -> Report:
    """Prove that two Verilog designs (`gate` against `gold`) give the same outputs in every cycle.

    Both start in reset (`reset` names the input, `!name` when it is active low, `none` for none;
    found by its name when not given), held for `reset_cycles`; from then on every input is free,
    the reset too. Where an output of the gold is undefined (x), any answer of the gate is right.
    Another latency is a difference. `parameters` set those of both tops, `gate_parameters` replace
    them for the gate.

    `details["verdict"]` is `equal` (passed: proved for ever), `different` (failed: `details` has
    the first `cycle`, the `output`, both values and the `inputs` by cycle, counted from the first
    cycle of reset; artifact `counterexample.vcd`), or `unknown` (error: `details["reason"]`; no
    difference within `depth` cycles, perhaps, and no proof within `time_s`).
    """
    if depth < 1 or reset_cycles not in range(1, 100) or time_s <= 0:
        raise ToolError("depth and time_s must be above 0, and reset_cycles within 1 to 99")
    start = time.monotonic()
    chosen = (parameters or {}, gate_parameters if gate_parameters is not None else parameters)
    limits = Limits(time_s=min(time_s, _BUILD_S))
    try:
        both = [
            elaborate(design, role, values or {}, limits, stop, cache=cache)
            for design, role, values in zip((gold, gate), ("gold", "gate"), chosen, strict=True)
        ]
    except TimedOut as error:
        finding = _unknown(f"the designs were not read in time: {error}", 0)
        return _report(finding, [], start)
    if problems := differing(*both):
        finding = _Finding(
            "unknown", problems[0].message, {"reason": problems[0].message}, problems
        )
        return _report(finding, both, start)
    signal = find_reset(both[0].ports, reset)
    clocked = any(one.state_bits for one in both)
    miter = Miter(both[0], both[1], signal, reset_cycles if signal.name and clocked else 0)
    question = _Question(miter, depth, start + time_s, stop, cache)
    return _report(question.answer(), both, start)


@dataclass(frozen=True)
class _Question:
    """A miter, and how long one may look for an answer."""

    miter: Miter
    depth: int
    deadline: float
    stop: threading.Event | None
    cache: bool

    def answer(self) -> _Finding:
        """First with every undefined value free on both sides: what is equal then is equal.

        A difference may lie in a value that the gold leaves undefined, so it is looked for again
        with x followed through the gold.
        """
        try:
            finding = self._of(self.miter)
            if finding.verdict == "different":
                miter = replace(self.miter, undefined=True)
                finding = self._of(miter)
                if finding.verdict == "equal" and (name := self._never_defined(miter)):
                    finding = self._from_zero(name)
        except TimedOut as error:
            return _unknown(f"the comparison was not built in time: {error}", 0)
        return finding

    def _of(self, miter: Miter) -> _Finding:
        circuit, symbols = miter.circuit(self._limits(), self.stop, self.cache)
        proof = self._proof(circuit)
        if proof.answer == "never":
            details = {"method": proof.method, "undefined_gold": miter.undefined, **self._start()}
            return _Finding("equal", f"equal, proved by {proof.method}", details)
        if proof.answer == "reached":
            return self._difference(miter, proof, symbols)
        searched = max(0, proof.frames - miter.reset_cycles)
        return _unknown("no proof was found within the time limit", searched, self._start())

    def _from_zero(self, name: str) -> _Finding:
        """The designs as a device powers up, for a gold that would be undefined for ever."""
        finding = self._of(replace(self.miter, zero=True))
        start = f"{name} of the gold has no reset or first value: all registers started at 0"
        found = (*finding.diagnostics, Diagnostic("warning", start, code="UNDEFINED"))
        summary = f"{finding.summary} ({start})"
        details = {**finding.details, "powered_up_at_zero": True}
        return replace(finding, summary=summary, details=details, diagnostics=found)

    def _start(self) -> dict[str, Any]:
        reset = self.miter.reset
        return {
            "reset": reset.name if self.miter.reset_cycles else "",
            "reset_active": int(reset.high),
            "reset_cycles": self.miter.reset_cycles,
        }

    def _left(self) -> float:
        return self.deadline - time.monotonic()

    def _limits(self) -> Limits:
        # In whole steps: the limits are part of the cache's key.
        return Limits(time_s=_BUILD_S if self._left() > _BUILD_S else max(1.0, self._left()))

    def _proof(self, circuit: bytes) -> Proof:
        if not int(circuit.split(maxsplit=4)[3]):  # the header: aig M I L O A
            return satisfy(circuit, max(1.0, round(self._left())), self.stop, self.cache)
        held = self.miter.reset_cycles
        found: list[Proof] = []
        for ask, frames, share in (
            (search, min(self.depth, _EARLY) + held, 0.15),
            (induce, 2, 0.5),
            (search, self.depth + held, 0.8),
            (reach, 6, 1.0),
        ):
            if (left := self._left()) < 1 and found:
                break
            seconds = max(1.0, round(share * left))
            found.append(ask(circuit, frames, seconds, self.stop, self.cache))
            if found[-1].answer != "open":
                return found[-1]
        return replace(found[-1], frames=max(proof.frames for proof in found))

    def _never_defined(self, miter: Miter) -> str:
        """An output that stays x in the gold whatever comes in: anything would be equal to it."""
        draw = random.Random(1)
        inputs = [{p.name: draw.getrandbits(p.bits) for p in miter.inputs} for _ in range(_DRAWN)]
        for number, values in enumerate(inputs):
            if miter.reset.name:
                values[miter.reset.name] = miter.reset.high == (number < miter.reset_cycles)
        replay = carry_out(miter.replay(inputs, self._limits()), self.stop, self.cache)
        shown = _SHOWN.findall(replay.log)
        seen = {int(number) for _, number, gold, _ in shown if set(gold) != {"x"}}
        return next((p.name for n, p in enumerate(miter.outputs) if n not in seen), "")

    def _difference(self, miter: Miter, proof: Proof, symbols: str) -> _Finding:
        inputs = inputs_of(proof.witness, symbols, miter)
        replay = carry_out(miter.replay(inputs, self._limits()), self.stop, self.cache)
        for cycle, number, gold, gate in _SHOWN.findall(replay.log):
            wrong = any(a not in ("x", b) for a, b in zip(gold, gate, strict=True))
            if wrong and int(cycle) >= miter.reset_cycles:
                output = miter.outputs[int(number)]
                return self._shown(output.name, int(cycle), (gold, gate), inputs, replay)
        if miter.undefined or miter.zero:
            raise AssertionError("the simulation does not show the difference:\n" + replay.log)
        return _Finding("different", "a difference in a value that the gold leaves undefined", {})

    def _shown(
        self, output: str, cycle: int, bits: tuple[str, str], inputs: Inputs, replay: Outcome
    ) -> _Finding:
        gold, gate = (_value(text) for text in bits)
        shown = inputs[: cycle + 1]
        details = {
            "cycle": cycle,
            "output": output,
            "gold": gold,
            "gate": gate,
            "inputs": shown[-ROWS:],
            "first_cycle_shown": max(0, len(shown) - ROWS),
            "table": _table(shown[-ROWS:], max(0, len(shown) - ROWS)),
            **self._start(),
        }
        text = f"{output} is {gate} in cycle {cycle}, and {gold} in the gold"
        found = Diagnostic("error", text, code="DIFFERENT")
        return _Finding("different", text, details, (found,), replay)


def _value(bits: str) -> str:
    """A number in hexadecimal, or its bits when some are undefined."""
    width = len(bits)
    return f"{width}'h{int(bits, 2):x}" if set(bits) <= {"0", "1"} else f"{width}'b{bits}"


def _table(inputs: Inputs, first: int) -> str:
    """The inputs by cycle, one line each, values in hexadecimal."""
    names = list(inputs[0])
    rows = [["cycle", *names]]
    rows += [[str(first + n), *(f"{c[name]:x}" for name in names)] for n, c in enumerate(inputs)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(text.rjust(width) for text, width in zip(row, widths, strict=True))
        for row in rows
    )


def _unknown(reason: str, cycles: int, details: Mapping[str, Any] | None = None) -> _Finding:
    bound = f"no difference within {cycles} cycles" if cycles else ""
    summary = "; ".join(filter(None, (bound, reason)))
    return _Finding(
        "unknown", summary, {"reason": summary, "cycles_searched": cycles, **(details or {})}
    )


def _report(finding: _Finding, both: list[Elaborated], start: float) -> Report:
    details = {"verdict": finding.verdict, **finding.details}
    plans = [one.plan for one in both]
    versions = {name: v for plan in plans for name, v in plan.versions().items()}
    logs = [one.outcome.log for one in both if one.outcome.returncode]
    return Report(
        "equivalent",
        _STATUS[finding.verdict],
        finding.summary,
        finding.diagnostics,
        metrics={"state_bits": sum(one.state_bits for one in both)},
        details=details,
        artifacts=finding.replay.files if finding.replay else {},
        versions=versions,
        command="\n".join(plan.text() for plan in plans),
        log="\n".join(logs),
        wall_s=time.monotonic() - start,
    )
