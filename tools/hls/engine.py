"""The tool `hls`: Vitis-style C++ to Verilog."""

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from pydantic import TypeAdapter

from prompts.design import Design
from tools.diagnostics import from_compiler
from tools.errors import RequestError
from tools.hls import bambu, frontend
from tools.hls.pragmas import Pragma
from tools.hls.probe import SignatureError
from tools.hls.refine import refined_files
from tools.hls.schedule.technology import Built, built_for
from tools.hls.signature import read
from tools.hls.task import Task
from tools.hls.timing import Clock
from tools.plan import Command, Outcome, Plan, carry_out
from tools.process import Limits
from tools.report import Diagnostic, Report

VERILOG = "kernel.v"
HEADER = "registers.h"
_NEARLY = 0.98
"""Of the clock that is asked: less than that is worth a warning."""


def hls(
    design: Design,
    target: str = "ecp5-85k",
    *,
    clock_mhz: float = 100.0,
    liberty: str = "",
    schedule: Literal["sdc", "isdc"] = "sdc",
    feedback_s: float = 120.0,
    pipeline_loops: bool = True,
    hls_engine: Literal["siliwright", "bambu"] = "siliwright",
    time_s: float = 300.0,
    stop: threading.Event | None = None,
    cache: bool = True,
) -> Report:
    """Turn the C++ top of a design into Verilog, as its pragmas and the clock ask.

    Innermost loops are pipelined, unless `pipeline_loops` is off or a pragma says so. Operators are
    put into cycles by their delays on the `target`, or with the cells of a `liberty` file, as they
    were measured by synthesis. With the `schedule` "isdc" pieces of the schedule are synthesised,
    for about `feedback_s` seconds, and what is learnt saves registers at the same cycles; the
    detail `isdc` tells of each block's search. The `hls_engine` "bambu" is PandA-Bambu, where it
    is installed: it makes Verilog with the same ports for the clock, and of these facts tells none.
    Metrics:
    `latency_min` and `latency_max` in cycles from `ap_start` to `ap_done` (left out when a loop's
    trip count is unknown), `ii` of the slowest pipelined loop or between calls that overlap,
    `estimated_mhz`, the clock that the schedule should reach when it is placed. The artifact
    `kernel.v` is the Verilog, and `xTOP_hw.h` the C header of registers behind AXI4-Lite, which are
    the detail `registers`; the details tell of loops, operators, memories and the schedule,
    operation by operation.
    """
    if not design.cxx:
        raise RequestError("high-level synthesis needs C++ files, and the design has none")
    if feedback_s <= 0:
        raise RequestError(f"feedback_s = {feedback_s:g} is not above 0; give some seconds")
    if not 1 <= clock_mhz <= 1000:
        raise RequestError(f"a clock of {clock_mhz:g} MHz is out of range; give 1 to 1000")
    try:
        signature = read(design.cxx, design.top, stop)
    except SignatureError as error:
        return Report("hls", "failed", error.diagnostics[0].message, error.diagnostics)
    if hls_engine == "bambu":
        return bambu.synthesise(design, signature, clock_mhz, time_s, stop, cache)
    built = built_for(target, liberty, stop)
    clock = Clock(1000 / clock_mhz, built.delays)
    task = Task(tuple(sorted(design.cxx)), signature, clock, pipeline_loops)
    step = frontend.plan(design.cxx, signature, schedule == "sdc")
    step = replace(
        step,
        files={**step.files, "task.json": TypeAdapter(Task).dump_json(task).decode()},
        commands=(*step.commands, Command("hls")),
        keep=(VERILOG, "hls.json", HEADER),
        limits=Limits(time_s=time_s),
    )
    outcome = carry_out(step, stop, cache)
    if schedule == "isdc" and not outcome.returncode:
        files = refined_files(design.cxx, task, step, built.technology, feedback_s, stop, cache)
        outcome = replace(outcome, files={**outcome.files, **files})
    return _report(design, signature.pragmas, step, outcome, built)


def _report(
    design: Design, pragmas: Sequence[Pragma], step: Plan, outcome: Outcome, built: Built
) -> Report:
    common: dict[str, Any] = {
        "versions": step.versions(),
        "command": step.text(),
        "log": outcome.log,
        "wall_s": outcome.wall_s,
        "cached": outcome.cached,
    }
    found = _facts(outcome.files)
    if outcome.returncode:
        if "refused" in found:
            problem = _placed(found["refused"], design)
            return Report("hls", "failed", problem.message, (problem,), **common)
        failure = frontend.failure(step, outcome, design.cxx)
        said = getattr(failure, "found", ())
        return Report("hls", "failed" if said else "error", str(failure), said, **common)
    said = tuple(Diagnostic(**d) for d in found.pop("diagnostics"))
    said += tuple(d for d in from_compiler(outcome.log, design.cxx) if d.severity == "warning")
    said += tuple(_slower(loop, design) for loop in found["loops"] if _is_slower(loop))
    said += tuple(_apart(loop, design) for loop in found["loops"] if _is_apart(loop))
    said += tuple(_calls(pragmas, found))
    said += tuple(_too_slow(found))
    found["delays"] = built.delays.name
    if built.said:
        said += (Diagnostic("info", built.said, code="DELAYS"),)
    return Report(
        "hls", "passed", _summary(found), said, _metrics(found), found,
        _artifacts(design.top, outcome.files), **common,
    )  # fmt: skip


def _is_slower(loop: Mapping[str, Any]) -> bool:
    return bool(loop["asked"] and loop["ii"] and loop["ii"] > loop["asked"])


def _slower(loop: Mapping[str, Any], design: Design) -> Diagnostic:
    """A pipeline that does not reach the interval that was asked of it, and why."""
    why = f": {loop['why']}" if loop["why"] else ""
    text = f"II={loop['asked']} was asked, and II={loop['ii']} is reached{why}"
    return replace(_placed(f"line {loop['line']}: {text}", design), severity="warning", code="II")


def _is_apart(loop: Mapping[str, Any]) -> bool:
    return bool(loop["why"] and not loop["pipelined"])


def _apart(loop: Mapping[str, Any], design: Design) -> Diagnostic:
    """A nest that nobody has tried to make one pipeline of."""
    text = f"{loop['name']} waits for each run of the loop within: {loop['why']}"
    said = _placed(f"line {loop['line']}: {text}", design)
    hint = "Write the nest as one loop with counters, or unroll less"
    return replace(said, severity="warning", code="II", hint=hint)


def _calls(pragmas: Sequence[Pragma], found: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """PIPELINE of the top, whose calls come more slowly than it asks, or do not overlap."""
    asked = next((p for p in pragmas if p.kind == "pipeline" and "off" not in p.words), None)
    if asked is None:
        return
    interval, calls = asked.number("ii") or 1, found.get("calls", {})
    because = f": {why}" if (why := calls.get("why")) else ""
    if calls.get("ii"):
        if calls["ii"] <= interval:
            return
        text = f"II={interval} was asked between calls, and II={calls['ii']} is reached{because}"
    elif found["latency"]["min"] >= interval:
        text = f"II={interval} was asked of the top itself, and its calls do not overlap{because}; "
        text += "take the samples of many calls from a stream, in a loop with PIPELINE"
    else:
        return
    yield Diagnostic("warning", text, asked.file, asked.line, "II")


def _too_slow(found: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """A clock that is asked, and that the schedule should not reach."""
    asked, expected = 1000 / found["period_ns"], found["estimated_mhz"]
    if expected and expected < _NEARLY * asked:
        text = f"{asked:g} MHz were asked, and about {expected:.0f} MHz are expected"
        yield Diagnostic("warning", text, code="CLOCK")


def _artifacts(top: str, files: Mapping[str, Path]) -> dict[str, Path]:
    """The Verilog, and the C header of the registers where there are any."""
    found = {VERILOG: files[VERILOG]}
    return found | ({f"x{top}_hw.h": files[HEADER]} if HEADER in files else {})


def _facts(files: Mapping[str, Path]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files["hls.json"].read_text()) if "hls.json" in files else {}
    return found


def _placed(sentence: str, design: Design) -> Diagnostic:
    """The engine's refusal, at its line when it names one."""
    first, _, rest = sentence.partition(": ")
    number = first.removeprefix("line ")
    if not (rest and number.isdecimal()):
        return Diagnostic("error", sentence, code="HLS")
    line = int(number)
    for name, text in design.cxx.items():
        lines = text.splitlines()
        if len(design.cxx) == 1 and line <= len(lines):
            return Diagnostic("error", rest, name, line, "HLS", lines[line - 1])
    # With several files the line is a hint; one that none has is of the wrapper around the top.
    known = any(line <= len(text.splitlines()) for text in design.cxx.values())
    return Diagnostic("error", sentence if known else rest, code="HLS")


def _metrics(found: Mapping[str, Any]) -> dict[str, float]:
    latency, intervals = found["latency"], [x["ii"] for x in found["loops"] if x["ii"]]
    metrics: dict[str, float] = {}
    if latency["max"] is not None:
        metrics |= {"latency_min": latency["min"], "latency_max": latency["max"]}
    if calls := found.get("calls", {}).get("ii"):
        intervals.append(calls)
    if intervals:
        metrics["ii"] = max(intervals)
    if found["estimated_mhz"]:
        metrics["estimated_mhz"] = round(found["estimated_mhz"], 1)
    return metrics


def _summary(found: Mapping[str, Any]) -> str:
    latency = found["latency"]
    if latency["max"] is None:
        time = "a latency that depends on the data"
    elif latency["min"] == latency["max"]:
        time = f"{latency['max']} cycles"
    else:
        time = f"{latency['min']} to {latency['max']} cycles"
    if found.get("bursts"):
        time += " besides the waiting for memory"
    piped = [_pipeline(loop) for loop in found["loops"] if loop["ii"]]
    if calls := found.get("calls", {}).get("ii"):
        time += f", and a call every {calls}" if calls > 1 else ", and a call in each of them"
    if len(found.get("tasks", ())) > 1:
        time = f"{len(found['tasks'])} tasks at once and {time}"
    return f"Verilog with {time}" + (f"; pipelined: {', '.join(piped)}" if piped else "")


def _pipeline(loop: Mapping[str, Any]) -> str:
    more = f" for {loop['unrolled']} iterations" if loop["unrolled"] > 1 else ""
    return f"{loop['name']} II={loop['ii']}{more}"
