"""Co-simulation: a Verilog design is called with vectors, and its outputs are compared."""

import threading
from typing import Any

from prompts.design import Design
from prompts.vectors import Vectors
from tools.errors import ToolError
from tools.harness import Harness
from tools.plan import carry_out
from tools.process import Limits
from tools.report import Diagnostic, Report
from tools.verilator import built, simulation_plan
from tools.verilator_log import diagnostics


def cosim(
    design: Design,
    vectors: Vectors,
    *,
    max_cycles: int = 200_000,
    time_s: float = 600.0,
    stop: threading.Event | None = None,
    cache: bool = True,
) -> Report:
    """Make every call of `vectors` on a Verilog design, one by one and back to back, without reset.

    Streams are stalled at random in a further pass. Metrics: `cycles` (from `ap_start` to
    `ap_done`, the most of all calls), `cycles_min`, `ii` (cycles between the ends of calls made
    back to back), `calls`, `mismatches`. `max_cycles` without any progress count as a hang.
    """
    if not design.verilog:
        raise ToolError("co-simulation needs a Verilog file, and the design has none")
    if not vectors.calls:
        raise ToolError("co-simulation needs at least one call in the vectors")
    harness = Harness(vectors, max_cycles)
    sources = ["cosim.v", *design.verilog]
    files: dict[str, str | bytes] = {**design.files, **harness.files()}
    plan = simulation_plan(files, sources, "cosim", False, Limits(time_s=time_s), stop)
    outcome = carry_out(plan, stop, cache)
    common: dict[str, Any] = {
        "versions": plan.versions(),
        "command": plan.text(),
        "log": outcome.log,
        "wall_s": outcome.wall_s,
        "cached": outcome.cached,
    }
    if not built(outcome):
        found = diagnostics(outcome.log, design.files)
        return Report("cosim", "failed", _unbuilt(found, outcome.log), found, **common)
    result = harness.read(outcome.stdout)
    return Report(
        "cosim",
        "passed" if result.passed else "failed",
        result.summary,
        result.diagnostics,
        metrics=result.metrics,
        **common,
    )


def _unbuilt(found: tuple[Diagnostic, ...], log: str) -> str:
    errors = [d.message for d in found if d.severity == "error"]
    errors += [line.strip() for line in log.splitlines() if "error" in line]
    first = next(iter(errors), "see the log")
    return f"the design does not build with the harness: {first}"
