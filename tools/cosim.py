"""Co-simulation: a Verilog design is called with vectors, and its outputs are compared."""

import threading
from typing import Any

from prompts.design import Design
from prompts.vectors import Vectors
from tools.cxx import ready_compiler
from tools.diagnostics import from_verilator
from tools.errors import ToolError
from tools.harness import Harness
from tools.plan import Outcome, carry_out
from tools.process import Limits
from tools.report import Diagnostic, Report
from tools.verilator import run_plan, simulator_plan


def cosim(
    design: Design,
    vectors: Vectors,
    *,
    max_cycles: int = 200_000,
    trace: bool = False,
    time_s: float = 600.0,
    stop: threading.Event | None = None,
    cache: bool = True,
) -> Report:
    """Make every call of `vectors` on a Verilog design, one by one and back to back, without reset.

    Streams are stalled at random in a further pass. Metrics: `cycles` (from `ap_start` to
    `ap_done`, the most of all calls), `cycles_min`, `ii` (cycles between the ends of calls made
    back to back), `calls`, `mismatches`. `max_cycles` without any progress count as a hang. With
    `trace` the artifact `waves.vcd` is the waveform of the first 20,000 cycles.
    """
    if not design.verilog:
        raise ToolError("co-simulation needs a Verilog file, and the design has none")
    if not vectors.calls:
        raise ToolError("co-simulation needs at least one call in the vectors")
    harness, limits = Harness(vectors, max_cycles, trace), Limits(time_s=time_s)
    sources = ["cosim.v", *design.verilog]
    files: dict[str, str | bytes] = {**design.files, **harness.sources()}
    ready_compiler(stop)
    simulator = simulator_plan(files, sources, "cosim", False, limits, _cycles(vectors), trace)
    run = run_plan(simulator, {**harness.data()}, limits)
    built = carry_out(simulator, stop, cache)
    common: dict[str, Any] = {
        "versions": simulator.versions(),
        "command": f"{simulator.text()}\n{run.text()}",
    }
    if built.returncode:
        found = from_verilator(built.log, design.files)
        summary = _unbuilt(found, built.log)
        return Report("cosim", "failed", summary, found, **common, **_course(built))
    outcome = carry_out(run, stop, cache)
    common |= _course(built, outcome)
    result = harness.read(outcome.stdout)
    return Report(
        "cosim",
        "passed" if result.passed else "failed",
        result.summary,
        result.diagnostics,
        metrics=result.metrics,
        artifacts=outcome.files,
        **common,
    )


def _course(*outcomes: Outcome) -> dict[str, Any]:
    """What a report tells of how the plans were carried out."""
    return {
        "log": "\n".join(outcome.log for outcome in outcomes if outcome.log),
        "wall_s": sum(outcome.wall_s for outcome in outcomes),
        "cached": all(outcome.cached for outcome in outcomes),
    }


def _cycles(vectors: Vectors) -> int:
    """Cycles that the harness needs at the least: a port moves one word in each."""
    words = max(argument.words for argument in vectors.interface.arguments)
    return 2 * len(vectors.calls) * words


def _unbuilt(found: tuple[Diagnostic, ...], log: str) -> str:
    errors = [d.message for d in found if d.severity == "error"]
    errors += [line.strip() for line in log.splitlines() if "error" in line]
    first = next(iter(errors), "see the log")
    return f"the design does not build with the harness: {first}"
