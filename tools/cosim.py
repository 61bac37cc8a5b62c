"""Co-simulation: a Verilog design is called with vectors, and its outputs are compared."""

import threading
from functools import partial
from typing import Any

from prompts.design import Design
from prompts.vectors import Vectors
from tools.arguments import NO_FILES, FromFiles
from tools.cxx import ready_compiler
from tools.diagnostics import from_verilator
from tools.errors import RequestError, ToolError
from tools.harness import Harness
from tools.hls.replay import Synthesis, with_testbench
from tools.plan import Content, Outcome, carry_out
from tools.ports import fitted
from tools.process import Limits
from tools.report import Diagnostic, Report
from tools.verilator import run_plan, simulator_plan


def cosim(
    design: Design,
    vectors: Vectors | None = None,
    *,
    testbench: FromFiles = NO_FILES,
    arg: tuple[str, ...] = (),
    clock_mhz: float = 100.0,
    target: str = "ecp5-85k",
    place: bool = True,
    max_cycles: int = 200_000,
    trace: bool = False,
    time_s: float = 600.0,
    stop: threading.Event | None = None,
    cache: bool = True,
) -> Report:
    """Make every call of `vectors` on a Verilog design, one by one and back to back, without reset.

    Streams are stalled at random in a further pass. Metrics: `cycles` (from `ap_start` to
    `ap_done`, the most of all calls), `cycles_min`, `cycles_avg`, `ii` (cycles between the ends of
    calls made back to back), `calls`, `mismatches`. `max_cycles` without any progress count as a
    hang. With `trace` the artifact `waves.vcd` is the waveform of the first 20,000 cycles.

    With a `testbench`, C++ files with a `main` that is run with the arguments `arg`, the calls are
    those that it makes of the design's C++ top; what the C++ answers is expected of the Verilog,
    and the testbench's own verdict counts too. A design without Verilog goes through high-level
    synthesis first, for `clock_mhz` and `target`. Then, unless `place` is off, `luts`, `ffs`,
    `dsps`, `brams` and `fmax_mhz` are those after placement on the target. The testbench, the
    simulations and the placement may take `time_s` each. The detail `result` sums it up.
    """
    if testbench:
        options = Synthesis(clock_mhz, target, place, time_s)
        run = partial(run_vectors, max_cycles=max_cycles, trace=trace, time_s=time_s)
        return with_testbench(design, testbench, arg, options, run, stop, cache)
    if vectors is None:
        raise RequestError(
            "give vectors (a kernel of the library, or an interface with calls), or a C++ testbench"
        )
    return run_vectors(
        design, vectors, max_cycles=max_cycles, trace=trace, time_s=time_s, stop=stop, cache=cache
    )


def run_vectors(
    design: Design,
    vectors: Vectors,
    *,
    max_cycles: int = 200_000,
    trace: bool = False,
    time_s: float = 600.0,
    apart: bool = False,
    stop: threading.Event | None = None,
    cache: bool = True,
) -> Report:
    """Co-simulate from vectors; with `apart` every phase begins at power-up.

    So it has to be for a design that keeps something between calls: its answers depend on the
    calls before.
    """
    if not design.verilog:
        raise ToolError("co-simulation needs a Verilog file, and the design has none")
    if not vectors.calls:
        raise ToolError("co-simulation needs at least one call in the vectors")
    vectors = fitted(vectors, design.verilog)
    phases = (0, 1, 2)[: 3 if Harness(vectors, max_cycles).streams else 2] if apart else (None,)
    harnesses = [Harness(vectors, max_cycles, trace, phase) for phase in phases]
    harness, limits = harnesses[0], Limits(time_s=time_s)
    sources = ["cosim.v", *design.verilog]
    files: dict[str, Content] = {**design.verilog, **harness.sources()}
    ready_compiler(stop)
    simulator = simulator_plan(
        files, sources, "cosim", False, limits, _cycles(vectors), "vcd" if trace else None
    )
    built = carry_out(simulator, stop, cache)
    common: dict[str, Any] = {"versions": simulator.versions(), "command": simulator.text()}
    if built.returncode:
        found = from_verilator(built.log, design.files)
        summary = _unbuilt(found, built.log)
        return Report("cosim", "failed", summary, found, **common, **_course(built))
    outcomes, metrics = [built], dict[str, float]()
    for harness in harnesses:
        run = run_plan(simulator, {**harness.data()}, limits)
        common["command"] += f"\n{run.text()}"
        outcomes.append(carry_out(run, stop, cache))
        result = harness.read(outcomes[-1].stdout)
        total = metrics.get("calls", 0) + result.metrics["calls"]
        metrics |= {**result.metrics, "calls": total}
        if not result.passed:
            break
    return Report(
        "cosim",
        "passed" if result.passed else "failed",
        result.summary,
        result.diagnostics,
        metrics=metrics,
        artifacts=outcomes[-1].files,
        **common,
        **_course(*outcomes),
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
