"""Co-simulation of a C++ kernel: its own testbench's calls are made on the Verilog again."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from prompts.design import Design
from tools.errors import ToolError
from tools.hls import engine
from tools.hls.capture import Captured, capture
from tools.hls.cxx_text import definitions
from tools.hls.probe import SignatureError
from tools.hls.signature import read
from tools.place_route import place_route
from tools.plan import watching
from tools.ports import by_ports
from tools.report import Diagnostic, Report

FIGURES = ("luts", "ffs", "dsps", "brams", "fmax_mhz")


@dataclass(frozen=True)
class Synthesis:
    """How a kernel without Verilog becomes Verilog, and whether and how long that is placed."""

    clock_mhz: float
    target: str
    place: bool
    time_s: float


def with_testbench(
    design: Design,
    testbench: Mapping[str, str],
    arguments: Sequence[str],
    options: Synthesis,
    run: Callable[..., Report],
    stop: threading.Event | None,
    cache: bool,
) -> Report:
    """Capture the testbench's calls of the top, and make them on the Verilog with `run`.

    The report fails when the testbench does, or when a value differs. A file of the design that
    defines `main` belongs to the testbench.
    """
    started = time.monotonic()
    kernel, testbench = _apart(design, testbench)
    try:
        signature = read(kernel.cxx, design.top, stop)
    except SignatureError as error:
        return _failed(str(error.diagnostics[0].message), error.diagnostics, started)
    synthesised = None
    if not kernel.verilog:
        synthesised = _synthesise(kernel, options, stop, cache)
        if not synthesised.passed:
            return replace(synthesised, tool="cosim", details=_result(False, synthesised))
        kernel = Design({**kernel.files, **_verilog(synthesised)}, design.top)
    with ThreadPoolExecutor(1) as pool:  # placing takes about as long as all the rest
        placing = pool.submit(copy_context().run, _placed, kernel, options, stop, cache)
        captured = capture(
            signature,
            kernel.cxx,
            testbench,
            arguments,
            time_s=options.time_s,
            stop=stop,
            cache=cache,
        )
        vectors = captured.vectors(by_ports(signature.interface, kernel.verilog))
        replayed = run(kernel, vectors, apart=signature.keeps_state, stop=stop, cache=cache)
        placed = placing.result()
    if captured.returncode and replayed.passed:
        text = f"the testbench itself ends with status {captured.returncode}: the C++ is wrong"
        last = captured.output.strip().splitlines()[-1:] or [""]
        found = Diagnostic("error", text, code="TESTBENCH", source=last[0])
        replayed = replace(replayed, status="failed", summary=text, diagnostics=(found,))
    return _joined(replayed, captured, synthesised, placed, started)


def _apart(design: Design, testbench: Mapping[str, str]) -> tuple[Design, dict[str, str]]:
    """The design without files that define `main`, and the testbench with them."""
    mains = {d.file for d in definitions(design.cxx) if d.name == "main" and d.name != design.top}
    kept = {name: text for name, text in design.files.items() if name not in mains}
    moved = {name: design.files[name] for name in mains}
    if not Design(kept, design.top).cxx:
        raise ToolError("the design has no C++ besides the testbench; give the kernel's files too")
    clash = set(kept) & set(testbench)
    if clash:
        raise ToolError(f"{sorted(clash)[0]!r} is both of the design and of the testbench")
    return Design(kept, design.top), {**testbench, **moved}


def _synthesise(
    kernel: Design, options: Synthesis, stop: threading.Event | None, cache: bool
) -> Report:
    return engine.hls(kernel, options.target, clock_mhz=options.clock_mhz, stop=stop, cache=cache)


def _placed(
    kernel: Design, options: Synthesis, stop: threading.Event | None, cache: bool
) -> Report | None:
    """Figures after placement, or a report that says why there are none; None: not asked for."""
    if not options.place:
        return None
    with watching():  # the step to run again is the simulation
        try:
            found = place_route(
                kernel,
                options.target,
                options.clock_mhz,
                time_s=options.time_s,
                stop=stop,
                cache=cache,
            )
        except ToolError as error:
            found = Report("place_route", "error", f"not placed: {error}")
    said = () if found.passed else (Diagnostic("warning", found.summary, code="PLACE"),)
    return replace(found, diagnostics=said)


def _verilog(report: Report) -> dict[str, str]:
    return {
        PurePosixPath(name).name: path.read_text()
        for name, path in report.artifacts.items()
        if name.endswith((".v", ".vh", ".sv"))
    }


def _failed(summary: str, found: tuple[Diagnostic, ...], started: float) -> Report:
    spent = time.monotonic() - started
    result = {"result": {"verified": False}}
    return Report("cosim", "failed", summary, found, details=result, wall_s=spent)


def _result(verified: bool, report: Report) -> dict[str, Any]:
    return {**report.details, "result": {"verified": verified, "hls_s": round(report.wall_s, 3)}}


def _joined(
    replayed: Report,
    captured: Captured,
    synthesised: Report | None,
    placed: Report | None,
    started: float,
) -> Report:
    """The report of the replay, with what the other steps found."""
    metrics = dict(replayed.metrics)
    if placed:
        metrics |= {name: placed.metrics[name] for name in FIGURES if name in placed.metrics}
    if synthesised:
        metrics["hls_s"] = synthesised.wall_s
    cycles = {
        short: metrics[name]
        for short, name in (("min", "cycles_min"), ("avg", "cycles_avg"), ("max", "cycles"))
        if name in metrics
    }
    whole = {"calls": len(captured.calls), "testbench": captured.returncode}
    result = {
        "verified": replayed.passed,
        **whole,
        "cycles": cycles,
        "mismatches": metrics.get("mismatches"),
        **{name: metrics.get(name) for name in (*FIGURES, "hls_s")},
    }
    artifacts = {**(synthesised.artifacts if synthesised else {}), **replayed.artifacts}
    summary = replayed.summary
    if captured.total > len(captured.calls):
        summary += f" (the first {len(captured.calls)} of {captured.total} calls)"
    return replace(
        replayed,
        summary=summary,
        metrics=metrics,
        details={
            **(synthesised.details if synthesised else {}),
            **({"placement": placed.details} if placed else {}),
            "result": result,
        },
        artifacts=artifacts,
        diagnostics=tuple(
            d for r in (replayed, synthesised, placed) if r is not None for d in r.diagnostics
        ),
        command=f"{captured.command}\n{replayed.command}",
        log="\n".join(part for part in (captured.output, replayed.log) if part),
        wall_s=time.monotonic() - started,
    )
