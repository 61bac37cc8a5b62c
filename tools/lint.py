"""Lint with Verilator: what is wrong or doubtful in Verilog, before anything is run."""

import threading
from dataclasses import replace

from prompts.design import Design
from tools.diagnostics import from_verilator
from tools.errors import ToolError
from tools.plan import Command, Plan, carry_out
from tools.process import Limits
from tools.report import Diagnostic, Report

STYLE = ("DECLFILENAME", "UNUSEDSIGNAL", "UNUSEDPARAM", "UNUSEDGENVAR", "EOFNEWLINE", "VARHIDDEN")
"""Findings of style, which are not asked for."""
FATAL = (
    *("LATCH", "MULTIDRIVEN", "COMBDLY", "BLKANDNBLK", "UNOPTFLAT"),
    *("IMPLICIT", "PINMISSING", "UNDRIVEN", "CASEINCOMPLETE"),
)
"""Warnings that make a design fail the lint: what they point at goes wrong in hardware."""


def lint(design: Design, *, stop: threading.Event | None = None, cache: bool = True) -> Report:
    """Lint the Verilog files of a design under its top.

    `failed` for errors and for the warnings in `FATAL`. Metrics: `errors`, `warnings`.
    """
    if not design.verilog:
        raise ToolError("lint needs a Verilog file, and the design has none")
    plan = Plan(
        files=design.verilog,
        commands=(
            Command(
                "verilator",
                ("--lint-only", "-Wall", "-Wno-fatal", "--no-timing", "--top-module", design.top)
                + tuple(f"-Wno-{code}" for code in STYLE)
                + tuple(design.verilog),
            ),
        ),
        limits=Limits(time_s=30),
    )
    outcome = carry_out(plan, stop, cache)
    judged = (_judged(d) for d in from_verilator(outcome.log, design.files))
    found = tuple(sorted(judged, key=lambda d: d.severity != "error"))
    if outcome.returncode and not any(d.severity == "error" for d in found):
        found += (Diagnostic("error", f"Verilator ended with status {outcome.returncode}"),)
    errors = [d for d in found if d.severity == "error"]
    warnings = len(found) - len(errors)
    return Report(
        "lint",
        "failed" if errors else "passed",
        errors[0].message if errors else f"clean, {warnings} warnings",
        found,
        metrics={"errors": len(errors), "warnings": warnings},
        versions=plan.versions(),
        command=plan.text(),
        log=outcome.log,
        wall_s=outcome.wall_s,
        cached=outcome.cached,
    )


def _judged(found: Diagnostic) -> Diagnostic:
    return replace(found, severity="error") if found.code in FATAL else found
