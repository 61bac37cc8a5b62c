"""Parsing with slang and pyverilog: modules, ports, dataflow, and what does not fit."""

import json
import threading
from collections import Counter
from collections.abc import Mapping
from typing import Any

from prompts.design import Design
from prompts.interface import Interface
from tools.diagnostics import from_slang
from tools.errors import ToolError
from tools.find import has
from tools.plan import Command, Plan, carry_out
from tools.process import Limits
from tools.report import Diagnostic, Report

_DIRECTIONS = {"in": "input", "out": "output", "inout": "inout"}


def parse(design: Design, *, stop: threading.Event | None = None, cache: bool = True) -> Report:
    """Parse and elaborate the Verilog files of a design.

    `details` has `modules` (name, ports with direction and bits, parameters, instances), `tops`
    and `tasks` (system tasks without a meaning in hardware, such as `$display`). `failed` for
    syntax errors, a missing top, and, where the design has an interface, ports that differ from it
    or system tasks.
    """
    if not design.verilog:
        raise ToolError("parsing needs a Verilog file, and the design has none")
    plan = Plan(
        files=design.verilog,
        commands=(Command("slang", (design.top, *design.verilog)),),
        limits=Limits(time_s=30),
    )
    outcome = carry_out(plan, stop, cache)
    lines = outcome.stdout.splitlines()
    found: tuple[Diagnostic, ...]
    details: dict[str, Any] = {}
    if not lines:
        found = (Diagnostic("error", "the parser crashed on this source; simplify it"),)
    else:
        details = json.loads(lines[0])
        # An error ends the parser before the analysis, and so may a crash of the analysis.
        analysed = json.loads(lines[1]) if len(lines) > 1 else ""
        told = from_slang(f"{details['diagnostics']}\n{analysed}", design.files)
        found = (*told, *_structure(details, design))
    errors = [d for d in found if d.severity == "error"]
    names = [module["name"] for module in details.get("modules", [])]
    return Report(
        "parse",
        "failed" if errors else "passed",
        errors[0].message if errors else f"modules {', '.join(names)}",
        found,
        metrics={"modules": len(names)},
        details=details,
        versions=plan.versions(),
        command=plan.text(),
        log=outcome.log,
        wall_s=outcome.wall_s,
        cached=outcome.cached,
    )


def dataflow(design: Design, *, stop: threading.Event | None = None, cache: bool = True) -> Report:
    """What drives each signal of a Verilog-2001 design, by pyverilog's dataflow analysis.

    `details` maps a signal's full name to the expression trees that are assigned to it. Needs
    iverilog, which pyverilog preprocesses with.
    """
    if not has("iverilog"):
        raise ToolError("dataflow needs iverilog (apt-get install iverilog)")
    plan = Plan(
        files=design.verilog,
        commands=(Command("pyverilog", (design.top, *design.verilog)),),
        limits=Limits(time_s=60),
    )
    outcome = carry_out(plan, stop, cache)
    lines = outcome.stdout.strip().splitlines()
    if outcome.returncode or not lines:
        last = (outcome.stderr.strip().splitlines() or ["no output"])[-1]
        message = f"pyverilog cannot analyse this source (it knows Verilog-2001): {last}"
        return Report("dataflow", "error", message, (Diagnostic("error", message),))
    details = json.loads(lines[-1])
    return Report(
        "dataflow",
        "passed",
        f"{len(details)} signals",
        details=details,
        versions=plan.versions(),
        command=plan.text(),
        log=outcome.log,
        wall_s=outcome.wall_s,
        cached=outcome.cached,
    )


def _structure(details: Mapping[str, Any], design: Design) -> list[Diagnostic]:
    modules = {module["name"]: module for module in details["modules"]}
    twice = [name for name, times in Counter(details["defined"]).items() if times > 1]
    if twice:
        return [Diagnostic("error", f"there are two modules of the name {twice[0]!r}; keep one")]
    if design.top not in modules:
        there = ", ".join(details["defined"]) or "none"
        return [Diagnostic("error", f"there is no module {design.top!r}; the files define {there}")]
    if design.interface is None:
        return []
    found = _ports(modules[design.top], design.interface)
    for task in details["tasks"]:
        message = f"{task['name']} has no hardware and must not stand in the design"
        # The files beside a simulation are those that the design is judged by.
        hint = "write the values in an initial block" if "readmem" in task["name"] else ""
        place = (task["file"], task["line"])
        found.append(Diagnostic("error", message, *place, "TASK", hint=hint))
    return found


def _ports(module: Mapping[str, Any], interface: Interface) -> list[Diagnostic]:
    """Where a module's ports differ from those of the interface."""
    there = {p["name"]: (_DIRECTIONS.get(p["direction"], ""), p["bits"]) for p in module["ports"]}
    found = []
    for port in interface.ports():
        if port.name not in there:
            message = f"port '{port.declaration()}' is missing"
        elif there[port.name] != (port.direction, port.bits):
            direction, bits = there[port.name]
            message = (
                f"port {port.name!r} is {direction} of {bits} bits, "
                f"it must be '{port.declaration()}'"
            )
        else:
            continue
        found.append(Diagnostic("error", message, code="PORT"))
    wanted = {port.name for port in interface.ports()}
    extra = [name for name, (side, _) in there.items() if side == "input" and name not in wanted]
    if extra:
        message = f"input {extra[0]!r} is not in the interface, so nothing would drive it"
        found.append(Diagnostic("error", message, code="PORT"))
    return found
