"""The structure of a Verilog design: its state machines, and what drives a signal."""

import json
import re
import threading
from collections.abc import Mapping
from typing import Any

from prompts.design import Design
from tools.errors import RequestError, ToolError
from tools.netlist import source_of
from tools.plan import Command, Outcome, Plan, carry_out
from tools.process import Limits
from tools.report import Report

_MACHINE = re.compile(r"^FSM `[^']*' from module `(?P<module>[^']*)':$", re.MULTILINE)
_STATE = re.compile(r"^\s+(\d+):\s+\d+'([01x-]+)(\s+<RESET STATE>)?$", re.MULTILINE)
_STEP = re.compile(r"^\s+\d+:\s+(\d+) \d+'([01-]*)\s+->\s+(\d+) ", re.MULTILINE)
_INPUT = re.compile(r"^\s+(\d+): (\S.*)$", re.MULTILINE)
_CLOCKS = ("CLK", "RD_CLK", "WR_CLK")


def state_machines(
    design: Design,
    *,
    time_s: float = 60.0,
    stop: threading.Event | None = None,
    cache: bool = True,
) -> Report:
    """Find the state machines of a Verilog design, with their states and transitions.

    Details: `machines`, each with `module`, `register`, `states` (`code` in binary, `reset`) and
    `transitions` (`from`, `to`, codes, and `when`: a list of the signals that must be 0 or 1).
    The log is the same as text. A register counts as a state machine when it takes constant
    values alone and is compared with constants, and is not an output. Metric: `machines`.
    """
    plan = _plan(
        design,
        ("proc", "opt -nosdff -nodffe", "fsm_detect", "fsm_extract", "fsm_info"),
        time_s,
    )
    outcome = _elaborated(plan, stop, cache)
    parts = _MACHINE.split(outcome.stdout)[1:]
    pairs = zip(parts[::2], parts[1::2], strict=True)
    machines = [_machine(module.lstrip("\\"), text) for module, text in pairs]
    return _report(
        "state_machines",
        plan,
        outcome,
        f"{len(machines)} state machines" if machines else "no state machine was found",
        {"machines": float(len(machines))},
        {"machines": machines},
        "\n\n".join(_text(machine) for machine in machines),
    )


def cone(
    design: Design,
    signal: str,
    module: str = "",
    *,
    time_s: float = 60.0,
    stop: threading.Event | None = None,
    cache: bool = True,
) -> Report:
    """What drives a signal within its module (the top when none is named), back to registers.

    Details: `cells` on the way (type, file, line), and where the cone begins: `registers`,
    `ports` and `instances`, by the names of the signals there. Clocks are left out. Metric:
    `cells`.
    """
    plan = _plan(design, ("proc", "opt_clean"), time_s)
    outcome = _elaborated(plan, stop, cache)
    modules = json.loads(outcome.files["structure.json"].read_text(encoding="utf-8"))["modules"]
    chosen = module or design.top
    if chosen not in modules:
        raise RequestError(f"there is no module {chosen!r}; the design has {', '.join(modules)}")
    content = modules[chosen]
    if signal not in content["netnames"]:
        named = [name for name, net in content["netnames"].items() if not net["hide_name"]]
        raise RequestError(f"{chosen} has no signal {signal!r}; it has {', '.join(named[:40])}")
    found = _walk(content, content["netnames"][signal]["bits"])
    begins = ", ".join(name for kind in ("registers", "ports", "instances") for name in found[kind])
    return _report(
        "cone",
        plan,
        outcome,
        f"{signal} is driven by {begins or 'constants'} through {len(found['cells'])} cells",
        {"cells": float(len(found["cells"]))},
        found,
        "\n".join(f"{c['type']} at {c['file']}:{c['line']}" for c in found["cells"]),
    )


def _plan(design: Design, passes: tuple[str, ...], time_s: float) -> Plan:
    if not design.verilog:
        raise ToolError("the structure is read of a Verilog file, and the design has none")
    script = [
        *(f"read_verilog -sv -defer {name}" for name in design.verilog),
        f"hierarchy -check -top {design.top}",
        *passes,
        "write_json structure.json",
    ]
    return Plan(
        files={**design.verilog, "structure.ys": "\n".join(script) + "\n"},
        commands=(Command("yosys", ("structure.ys",)),),
        keep=("structure.json",),
        limits=Limits(time_s=time_s, output_bytes=64 << 20),
    )


def _elaborated(plan: Plan, stop: threading.Event | None, cache: bool) -> Outcome:
    outcome = carry_out(plan, stop, cache)
    if outcome.returncode or "structure.json" not in outcome.files:
        last = (outcome.log.strip().splitlines() or ["no output"])[-1]
        raise ToolError(f"the design cannot be elaborated: {last}")
    return outcome


def _machine(module: str, text: str) -> dict[str, Any]:
    """One machine of what `fsm_info` prints."""
    register = re.search(r"Information on FSM \S+ \(\\?(.*)\):", text)
    inputs = {
        int(number): name.lstrip("\\")
        for number, name in _INPUT.findall(_section(text, "Input signals:"))
    }
    states = {
        number: {"code": code, "reset": bool(reset)}
        for number, code, reset in _STATE.findall(_section(text, "State encoding:"))
    }
    table = text.partition("Transition Table")[2]
    return {
        "module": module,
        "register": register[1] if register else "",
        "states": list(states.values()),
        "transitions": [
            {
                "from": states[start]["code"],
                "to": states[end]["code"],
                "when": [
                    f"{inputs.get(index, '?')} = {bit}"
                    for index, bit in enumerate(reversed(bits))
                    if bit != "-"
                ],
            }
            for start, bits, end in _STEP.findall(table)
        ],
    }


def _section(text: str, title: str) -> str:
    """The lines below a title, up to an empty one."""
    return text.partition(title)[2].lstrip("\n").partition("\n\n")[0]


def _text(machine: Mapping[str, Any]) -> str:
    lines = [f"{machine['module']}.{machine['register']}:"]
    lines += [f"  {s['code']}{' (reset)' if s['reset'] else ''}" for s in machine["states"]]
    for step in machine["transitions"]:
        when = " and ".join(step["when"]) or "always"
        lines.append(f"  {step['from']} -> {step['to']}  when {when}")
    return "\n".join(lines)


def _walk(content: Mapping[str, Any], bits: list[Any]) -> dict[str, Any]:
    """Everything behind some bits, up to registers, memories, instances and ports."""
    drivers = {
        bit: (name, cell)
        for name, cell in content["cells"].items()
        for pin, driven in cell["connections"].items()
        if cell["port_directions"].get(pin) == "output"
        for bit in driven
    }
    ports = {
        bit: name
        for name, port in content["ports"].items()
        if port["direction"] != "output"
        for bit in port["bits"]
    }
    found: dict[str, Any] = {"cells": [], "registers": [], "ports": [], "instances": []}
    seen: set[str] = set()
    first, todo = True, list(bits)
    while todo:
        level, todo = todo, []
        for bit in level:
            if bit in ports and ports[bit] not in found["ports"]:
                found["ports"].append(ports[bit])
            name, cell = drivers.get(bit, ("", {}))
            kept = not first and cell and _keeps(cell["type"])
            if not cell or (name in seen and not kept):
                continue
            if not kept:
                seen.add(name)
                file, line = source_of(cell["attributes"].get("src", ""))
                found["cells"].append(
                    {"type": cell["type"].lstrip("$"), "file": file, "line": line}
                )
            if kept or not cell["type"].startswith("$"):
                where = "registers" if cell["type"].startswith("$") else "instances"
                named = _named(content, bit) if where == "registers" else name
                found[where] += [named] if named not in found[where] else []
                continue
            for pin, taken in cell["connections"].items():
                if cell["port_directions"].get(pin) == "input" and pin not in _CLOCKS:
                    todo += [b for b in taken if isinstance(b, int)]
        first = False
    return found


def _keeps(kind: str) -> bool:
    """Whether a cell holds a value over clock cycles, or is an instance."""
    return not kind.startswith("$") or any(part in kind for part in ("dff", "latch", "mem", "$sr"))


def _named(content: Mapping[str, Any], bit: int) -> str:
    """The best name of a bit's net: one of the source, and the shortest."""
    names = [
        (net["hide_name"], len(name), name)
        for name, net in content["netnames"].items()
        if bit in net["bits"]
    ]
    return min(names)[2] if names else "?"


def _report(
    tool: str,
    plan: Plan,
    outcome: Outcome,
    summary: str,
    metrics: Mapping[str, float],
    details: Mapping[str, Any],
    log: str,
) -> Report:
    return Report(
        tool,
        "passed",
        summary,
        metrics=metrics,
        details=details,
        versions=plan.versions(),
        command=plan.text(),
        log=log,
        wall_s=outcome.wall_s,
        cached=outcome.cached,
    )
