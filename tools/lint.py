"""Lint with Verilator: what is wrong or doubtful in Verilog, before anything is run."""

import threading

from prompts.design import Design
from tools.errors import ToolError
from tools.plan import Command, Plan, carry_out
from tools.process import Limits
from tools.report import Diagnostic, Report
from tools.verilator_log import diagnostics

STYLE = ("DECLFILENAME", "UNUSEDSIGNAL", "UNUSEDPARAM", "UNUSEDGENVAR", "EOFNEWLINE", "VARHIDDEN")
"""Findings of style, which are not asked for."""
FATAL = {
    "LATCH": "give the signal a value in every branch, or a default before the `if` or `case`",
    "MULTIDRIVEN": "drive each register from one `always` block only",
    "COMBDLY": "use `=` in combinational blocks and `<=` in clocked ones",
    "BLKANDNBLK": "assign a register with `<=` everywhere or with `=` everywhere",
    "UNOPTFLAT": "break the combinational loop with a register",
    "IMPLICIT": "declare the net, or mend its name",
    "PINMISSING": "connect every port of the instance",
    "UNDRIVEN": "drive the signal, or remove it",
    "CASEINCOMPLETE": "add a `default` branch",
}
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
    found = tuple(_judged(d) for d in diagnostics(outcome.log, design.files))
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
    if found.code not in FATAL:
        return found
    hint = FATAL[found.code]
    return Diagnostic(
        "error", found.message, found.file, found.line, found.code, found.source, hint
    )
