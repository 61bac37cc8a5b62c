"""C simulation: the C++ of a design is compiled and called with vectors; outputs are compared."""

import signal
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from prompts.design import Design
from prompts.vectors import Vectors
from tools import coverage as gcov
from tools import recorded
from tools import sanitize as sanitizers
from tools.csim_plan import Mode, csim_plan, in_order
from tools.cxx import ready_compiler
from tools.diagnostics import arranged, from_compiler, unsuited, without_messages
from tools.errors import ToolError
from tools.plan import Outcome, Plan, carry_out
from tools.report import Diagnostic, Report

MAX_SHOWN = 20
_CAUSES: dict[int, str] = {
    signal.SIGSEGV: " (an index out of bounds, or too deep a recursion?)",
    signal.SIGXCPU: ": it used all of its processor time",
    signal.SIGXFSZ: ": it wrote a file above its limit",
    signal.SIGFPE: " (a division by zero?)",
}


def csim(
    design: Design,
    vectors: Vectors,
    *,
    sanitize: bool = False,
    coverage: bool = False,
    ranges: bool = False,
    time_s: float = 60.0,
    stop: threading.Event | None = None,
    cache: bool = True,
) -> Report:
    """Compile the design's C++ with the HLS headers, and call its top with every call of `vectors`.

    Metrics: `calls`, `mismatches`. `sanitize` also looks for indices out of bounds, overflow and
    other undefined behaviour; each is a finding at its line. `coverage` tells which lines and
    branches the vectors reach: metrics `line_percent`, `branch_percent`; `details["coverage"]`
    lists for each line of code its `file`, `line`, `count` and the counts of its `branches`.
    `ranges` tells the values that each variable had: `details["ranges"]` lists its `file`, `line`,
    `name`, `type`, `count` of values, `min`, `max`, the `bits` that they need and its
    `declared_bits`; ap_int variables that never needed all their bits are findings. Headers are
    left out of `ranges`, and of `coverage` where it is not by gcov.
    """
    if not design.cxx:
        raise ToolError("C simulation needs a C++ file, and the design has none")
    mode = _mode(sanitize, coverage, ranges)
    ready_compiler(stop)
    if sanitize:
        sanitizers.check_compiler(stop)
    plan = csim_plan(design, vectors, time_s, mode)
    outcome = carry_out(plan, stop, cache)
    found, metrics, summary = _judged(design, vectors, plan, outcome)
    found = (*found, *_doubts(design, outcome), *(sanitizers.unchecked() if sanitize else ()))
    details: dict[str, Any] = {}
    if coverage and (lines := _coverage(mode, design, outcome)):
        details["coverage"], percent = lines, gcov.percentages(lines)
        metrics.update(percent)
        summary += "".join(f", {value:g} % of {name}" for name, value in _reached(percent))
    if recorded.RECORDS in outcome.files and ranges:
        seen = recorded.ranges(outcome.files)
        found += recorded.too_wide(seen, design.files)
        details["ranges"] = [r.values() for r in seen] + recorded.of_arguments(vectors, seen)
        summary += f", ranges of {len(details['ranges'])} variables"
    found = arranged(found)
    return Report(
        "csim",
        "failed" if any(d.severity == "error" for d in found) or outcome.returncode else "passed",
        summary,
        found,
        metrics=metrics,
        details=details,
        versions=plan.versions(),
        command=plan.text(),
        log=outcome.log,
        wall_s=outcome.wall_s,
        cached=outcome.cached,
    )


def _mode(sanitize: bool, coverage: bool, ranges: bool) -> Mode:
    if sanitize + coverage + ranges > 1:
        raise ToolError(
            "ask for one of `sanitize`, `coverage`, `ranges`: each wants a compilation of its own"
        )
    if coverage:
        return "gcov" if gcov.is_there() else "coverage"
    return "sanitize" if sanitize else "ranges" if ranges else "plain"


def _coverage(mode: Mode, design: Design, outcome: Outcome) -> list[dict[str, Any]]:
    """The lines of code with their counts; none when the program did not come to its end."""
    if mode == "gcov":
        measured = {n: p for n, p in outcome.files.items() if n.endswith(".gz")}
        return gcov.measure(measured, list(design.cxx))
    return recorded.reached(outcome.files) if recorded.RECORDS in outcome.files else []


def _reached(percent: Mapping[str, float]) -> list[tuple[str, float]]:
    words = {"line_percent": "lines", "branch_percent": "branches"}
    return [(words[name], value) for name, value in percent.items()]


def _judged(
    design: Design, vectors: Vectors, plan: Plan, outcome: Outcome
) -> tuple[tuple[Diagnostic, ...], dict[str, float], str]:
    """The findings, the metrics and the summary of an outcome."""
    program = plan.commands[outcome.step].program
    found: tuple[Diagnostic, ...] = ()
    if program == "instrument":
        raise ToolError(f"the C++ cannot be instrumented: {_last(outcome.stderr)}")
    if program == "c++":
        if outcome.crashed:
            summary = f"the C++ compiler {_signalled(outcome.returncode)} on this source"
            return (Diagnostic("error", summary),), {}, summary
        found = from_compiler(outcome.log, design.files)
        first = next((d.message for d in found if d.severity == "error"), _last(outcome.stderr))
        return found, {}, f"the C++ does not compile: {first}"
    found = sanitizers.findings(outcome.stderr, design.files)
    if found:
        where = f"{found[0].file}:{found[0].line}: " if found[0].file else ""
        return found, {}, f"undefined behaviour: {where}{found[0].message}"
    if program == "./csim" and outcome.returncode:
        summary = _ending(outcome.returncode, without_messages(outcome.stderr))
        return (Diagnostic("error", summary),), {}, summary
    try:
        found, metrics = _compare(vectors, outcome.files["results.txt"])
    except (KeyError, ValueError):  # the program has removed or rewritten its results
        summary = "the C++ ended before the test bench did, or overwrote its results.txt"
        return (Diagnostic("error", summary),), {}, summary
    summary = found[0].message if found else f"{len(vectors.calls)} calls bit-exact"
    return found, metrics, summary


def _doubts(design: Design, outcome: Outcome) -> tuple[Diagnostic, ...]:
    """What the compiler and high-level synthesis would warn of, whatever the calls gave."""
    warned = (d for d in from_compiler(outcome.stderr, design.files) if d.severity == "warning")
    return (*(d for d in warned if d.hint), *unsuited(design.cxx))


def _compare(vectors: Vectors, results: Path) -> tuple[tuple[Diagnostic, ...], dict[str, float]]:
    actual = np.array(results.read_text().split(), dtype=np.int64)
    ones = (in_order(a, np.ones(a.shape, np.int64)) for a in vectors.interface.outputs)
    elements = sum(int(values.size) for values in ones)
    if actual.size != elements * len(vectors.calls):
        raise ValueError(f"{actual.size} results")
    found: list[Diagnostic] = []
    mismatches = start = 0
    for number, call in enumerate(vectors.calls):
        for argument in vectors.interface.outputs:
            expected = np.asarray(call.outputs[argument.name], np.int64).reshape(-1)
            order = in_order(argument, np.arange(expected.size))
            got = np.zeros_like(expected)
            used = in_order(argument, np.ones(expected.size, np.int64)) == 1
            got[order[used]] = actual[start : start + order.size][used]
            start += order.size
            wrong = np.flatnonzero(got != expected)
            mismatches += wrong.size
            for i in wrong[: MAX_SHOWN - len(found)]:
                index = np.unravel_index(int(i), argument.shape) if argument.shape else ()
                where = argument.name + "".join(f"[{n}]" for n in index)
                message = f"call {number}: {where} is {got[i]}, expected {expected[i]}"
                found.append(Diagnostic("error", message, code="MISMATCH"))
    return tuple(found), {"calls": len(vectors.calls), "mismatches": mismatches}


def _ending(returncode: int, stderr: str) -> str:
    if returncode < 0 or returncode > 128:
        return f"the C++ {_signalled(returncode)}"
    return f"the C++ ended with status {returncode}: {_last(stderr) or 'without a word'}"


def _signalled(returncode: int) -> str:
    number = -returncode if returncode < 0 else returncode - 128
    return f"crashed with signal {number}{_CAUSES.get(number, '')}"


def _last(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1] if lines else ""
