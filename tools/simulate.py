"""Simulation of a design under a Verilog testbench of the user's or the model's."""

import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from prompts.design import Design
from prompts.testbench import testbench_root
from tools.arguments import FromFile
from tools.cxx import ready_compiler
from tools.diagnostics import from_icarus, from_verilator
from tools.errors import ToolError
from tools.find import has
from tools.plan import Command, Outcome, Plan, carry_out
from tools.process import Limits
from tools.report import Diagnostic, Report
from tools.verilator import WAVES, WaveFormat, run_plan, simulator_plan

BAD = re.compile(
    r"^(?!.*\b(?:0|no)\s+(?:error|mismatch|fail))"
    r".*\b(?:FAIL(?:ED|URE)?|ERRORS?|MISMATCH(?:ES)?)\b.*$",
    re.IGNORECASE | re.MULTILINE,
)
GOOD = re.compile(r"\bPASS(?:ED)?\b|Mismatches: 0 in [1-9]", re.IGNORECASE)

DUMPING = re.compile(r"\$dump(?:file|vars)\s*(?:\([^;]*\)\s*)?;")
"""A testbench's own waveform, of which a simulation can have only one."""
RECORDER = """module siliwright_waves;
    initial begin
        $dumpfile("{file}");
        $dumplimit(64000000);
        $dumpvars(0, {top});
    end
endmodule
"""
"""A second root of the design for Icarus, which writes the waveform of the first."""

Engine = Literal["Icarus Verilog", "Verilator"]
LONG = 1_000_000
"""Cycles from which Verilator's speed is worth its compilation."""
_NUMBER = re.compile(r"\b\d[\d_]{0,11}\b")


@dataclass(frozen=True)
class _Simulation:
    """How one simulator fared: the plans that were carried out, and whether it came to a run."""

    engine: Engine
    plans: tuple[Plan, ...]
    outcomes: tuple[Outcome, ...]
    built: bool

    @property
    def last(self) -> Outcome:
        return self.outcomes[-1]

    @property
    def versions(self) -> dict[str, str]:
        return {name: v for plan in self.plans for name, v in plan.versions().items()}

    @property
    def command(self) -> str:
        return "\n".join(plan.text() for plan in self.plans)

    @property
    def log(self) -> str:
        return "\n".join(outcome.log for outcome in self.outcomes if outcome.log)

    @property
    def wall_s(self) -> float:
        return sum(outcome.wall_s for outcome in self.outcomes)


def simulate(
    design: Design,
    testbench: FromFile,
    testbench_top: str = "",
    *,
    trace: bool = False,
    wave_format: WaveFormat = "vcd",
    time_s: float = 60.0,
    stop: threading.Event | None = None,
    cache: bool = True,
) -> Report:
    """Run a self-checking Verilog testbench on a design.

    It passes when the testbench prints `PASS` (or `Mismatches: 0 in N samples`), prints no line of
    `FAIL`, `ERROR` or `MISMATCH`, and the simulation ends by itself with status 0. Icarus Verilog
    runs it when it is installed and the run is short, else Verilator; when one cannot build it, the
    other is tried. `testbench_top` is the module without ports, when there is only one. With
    `trace` the artifact `waves.vcd` (or `waves.fst`, by `wave_format`) is the waveform: of the
    first 40,000 times at which something happens, with Icarus of the first 64 MB.
    """
    if not design.verilog:
        raise ToolError("simulation needs a Verilog file, and the design has none")
    if "testbench.sv" in design.files:
        raise ToolError(
            "the design has a file 'testbench.sv'; the testbench is added under that name"
        )
    if not testbench.strip():
        raise ToolError("there is no testbench, so nothing can say whether the design is correct")
    top = testbench_top or testbench_root(testbench)
    if not top:
        raise ToolError("the testbench has no module without ports, so it cannot be run")
    waves = wave_format if trace else None
    text = DUMPING.sub(lambda m: " " * (len(m[0]) - 1) + ";", testbench) if trace else testbench
    files = {**design.verilog, "testbench.sv": text}
    made: _Simulation | None = None
    for engine in _engines(testbench):
        made = _SIMULATORS[engine](files, top, Limits(time_s=time_s), waves, stop, cache)
        if made.built:
            break
    assert made is not None
    found, summary = _judge(made, files)
    return Report(
        "simulate",
        "failed" if found else "passed",
        f"{summary} ({made.engine})",
        found,
        details={"simulator": made.engine},
        artifacts={n: path for n, path in made.last.files.items() if n.startswith(WAVES)},
        versions=made.versions,
        command=made.command,
        log=made.log,
        wall_s=made.wall_s,
        cached=made.last.cached,
    )


def _engines(testbench: str) -> tuple[Engine, ...]:
    """The simulators to try: Icarus starts at once, Verilator runs long simulations faster.

    Verilator's messages are the better ones, so it comes last where both may fail.
    """
    if not (has("iverilog") and has("vvp")) or _length(testbench) >= LONG:
        return ("Verilator",)
    return ("Icarus Verilog", "Verilator")


def _length(testbench: str) -> int:
    """A guess of how many cycles a testbench runs for: the greatest number in it."""
    return max((int(n.replace("_", "")) for n in _NUMBER.findall(testbench)), default=0)


def _icarus(
    files: Mapping[str, str],
    top: str,
    limits: Limits,
    waves: WaveFormat | None,
    stop: threading.Event | None,
    cache: bool,
) -> _Simulation:
    roots: tuple[str, ...] = ("-s", top)
    if waves:
        roots += ("-s", "siliwright_waves")
        recorder = RECORDER.format(file=f"{WAVES}.{waves}", top=top)
        files = {**files, "siliwright_waves.v": recorder}
    compiled = ("-g2012", *roots, "-o", "simulation.vvp", *files)
    run = ("-N", "simulation.vvp", *((f"-{waves}",) if waves else ()))
    plan = Plan(
        files=dict(files),
        commands=(Command("iverilog", compiled), Command("vvp", run)),
        keep=(f"{WAVES}.*",) if waves else (),
        limits=limits,
    )
    outcome = carry_out(plan, stop, cache)
    return _Simulation("Icarus Verilog", (plan,), (outcome,), built=outcome.step == 1)


def _verilator(
    files: Mapping[str, str],
    top: str,
    limits: Limits,
    waves: WaveFormat | None,
    stop: threading.Event | None,
    cache: bool,
) -> _Simulation:
    ready_compiler(stop)
    cycles = _length(files["testbench.sv"])
    simulator = simulator_plan(dict(files), list(files), top, True, limits, cycles, waves)
    built = carry_out(simulator, stop, cache)
    if built.returncode:
        return _Simulation("Verilator", (simulator,), (built,), built=False)
    run = run_plan(simulator, {}, limits)
    return _Simulation("Verilator", (simulator, run), (built, carry_out(run, stop, cache)), True)


_SIMULATORS: Mapping[Engine, Callable[..., _Simulation]] = {
    "Icarus Verilog": _icarus,
    "Verilator": _verilator,
}


def _judge(made: _Simulation, files: Mapping[str, str]) -> tuple[tuple[Diagnostic, ...], str]:
    outcome = made.last
    if not made.built:
        read = from_icarus if made.engine == "Icarus Verilog" else from_verilator
        found = tuple(d for d in read(made.log, files) if d.severity == "error")
        first = found[0].message if found else "see the log"
        summary = f"the design and its testbench do not build: {first}"
        return found or (Diagnostic("error", summary),), summary
    bad = tuple(Diagnostic("error", m.group().strip()) for m in BAD.finditer(outcome.stdout))[:20]
    if bad:
        return bad, f"the testbench reports: {bad[0].message}"
    if outcome.returncode:
        text = f"the simulation ended with status {outcome.returncode}"
    elif not GOOD.search(outcome.stdout):
        text = "the testbench never printed PASS"
    else:
        return (), "the testbench passes"
    return (Diagnostic("error", text),), text
