"""Simulation of a design under a Verilog testbench of the user's or the model's."""

import re
import threading

from prompts.design import Design
from tools.errors import ToolError
from tools.find import has
from tools.plan import Command, Outcome, Plan, carry_out
from tools.process import Limits
from tools.report import Diagnostic, Report
from tools.verilator import simulation_plan
from tools.verilator_log import diagnostics, source_line

BAD = re.compile(
    r"^(?!.*\b(?:0|no)\s+(?:error|mismatch|fail))"
    r".*\b(?:FAIL(?:ED|URE)?|ERRORS?|MISMATCH(?:ES)?)\b.*$",
    re.IGNORECASE | re.MULTILINE,
)
GOOD = re.compile(r"\bPASS(?:ED)?\b|Mismatches: 0 in [1-9]", re.IGNORECASE)
_ICARUS = re.compile(
    r"^(?P<file>[^:\s]+):(?P<line>\d+): (?P<message>(?:error|syntax error|sorry|warning).*)$",
    re.MULTILINE | re.IGNORECASE,
)


def simulate(
    design: Design,
    testbench: str,
    testbench_top: str,
    *,
    time_s: float = 60.0,
    stop: threading.Event | None = None,
    cache: bool = True,
) -> Report:
    """Run a self-checking testbench on a design: with Icarus Verilog, else with Verilator.

    It passes when the testbench prints `PASS` (or `Mismatches: 0 in N samples`), prints no line of
    `FAIL`, `ERROR` or `MISMATCH`, and the simulation ends by itself with status 0.
    """
    if not design.verilog:
        raise ToolError("simulation needs a Verilog file, and the design has none")
    if "testbench.sv" in design.files:
        raise ToolError(
            "the design has a file 'testbench.sv'; the testbench is added under that name"
        )
    files: dict[str, str | bytes] = {**design.verilog, "testbench.sv": testbench}
    sources = [*design.verilog, "testbench.sv"]
    limits = Limits(time_s=time_s)
    if has("iverilog") and has("vvp"):
        plan = _icarus(files, sources, testbench_top, limits)
        outcome = carry_out(plan, stop, cache)
        if outcome.step == 0:  # Icarus knows less SystemVerilog than Verilator
            plan = simulation_plan(files, sources, testbench_top, True, limits, stop)
            outcome = carry_out(plan, stop, cache)
    else:
        plan = simulation_plan(files, sources, testbench_top, True, limits, stop)
        outcome = carry_out(plan, stop, cache)
    found, summary = _judge(
        outcome, len(plan.commands), {**design.verilog, "testbench.sv": testbench}
    )
    return Report(
        "simulate",
        "failed" if found else "passed",
        summary,
        found,
        versions=plan.versions(),
        command=plan.text(),
        log=outcome.log,
        wall_s=outcome.wall_s,
        cached=outcome.cached,
    )


def _icarus(files: dict[str, str | bytes], sources: list[str], top: str, limits: Limits) -> Plan:
    compiled = ("-g2012", "-s", top, "-o", "simulation.vvp", *sources)
    return Plan(
        files=files,
        commands=(Command("iverilog", compiled), Command("vvp", ("-N", "simulation.vvp"))),
        limits=limits,
    )


def _judge(
    outcome: Outcome, steps: int, files: dict[str, str]
) -> tuple[tuple[Diagnostic, ...], str]:
    if outcome.step < steps - 1:
        found = _building(outcome.log, files)
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


def _building(log: str, files: dict[str, str]) -> tuple[Diagnostic, ...]:
    found = [d for d in diagnostics(log, files) if d.severity == "error"]
    for match in _ICARUS.finditer(log):
        line = int(match["line"])
        source = source_line(files, match["file"], line)
        found.append(Diagnostic("error", match["message"], match["file"], line, source=source))
    return tuple(found)
