"""Schematics: a module of a design, elaborated but not mapped, drawn as SVG."""

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from prompts.design import Design
from tools.errors import RequestError, ToolError
from tools.netlist import source_of
from tools.plan import Command, Plan, carry_out
from tools.process import Limits
from tools.report import Report
from tools.schematic_engines import Engine, draw
from tools.schematic_svg import Box, Wire

MOST_BOXES = 60
"""Cells that one drawing may have; a person does not follow more."""
_QUIET = {"CLK", "ARST", "SRST", "ALOAD", "C", "RD_CLK", "WR_CLK", "RD_ARST", "RD_SRST"}
"""Pins whose wires go everywhere and say little, so they are not drawn."""
_QUIET_PORTS = {"clk", "clock", "ap_clk", "rst", "reset", "ap_rst", "rst_n", "reset_n", "ap_rst_n"}
_STATE = ("$dff", "$sdff", "$adff", "$aldff", "$dlatch", "$sr", "$mem", "$fsm")
Pin = tuple[str, str]
"""A box and one of its pins; a port is a box with the one pin ``."""


@dataclass(frozen=True)
class _Module:
    """A module as Yosys writes it in JSON."""

    name: str
    content: Mapping[str, Any]

    @property
    def cells(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.content["cells"]
        return {n: c for n, c in found.items() if c["type"] not in ("$scopeinfo", "$check")}

    @cached_property
    def names(self) -> dict[int, str]:
        """What the source calls each bit: the shortest of its names."""
        found: dict[int, str] = {}
        for name, net in self.content["netnames"].items():
            if not net.get("hide_name") and not name.startswith("$"):
                for bit in _nets(net["bits"]):
                    found[bit] = min(found.get(bit, name), name, key=lambda n: (len(n), n))
        return found

    def stores(self, cell: Mapping[str, Any]) -> str:
        """What the source calls a register or a memory; "" when it has no name for it."""
        if memory := cell["parameters"].get("MEMID", ""):
            return str(memory).lstrip("\\")
        bits = _nets(cell["connections"].get("Q", []))
        return next((self.names[bit] for bit in bits if bit in self.names), "")

    @cached_property
    def drivers(self) -> dict[int, Pin]:
        """What drives each bit."""
        found: dict[int, Pin] = {}
        for name, port in self.content["ports"].items():
            if port["direction"] != "output":
                found.update((bit, (f"port {name}", "")) for bit in _nets(port["bits"]))
        for name, cell in self.cells.items():
            for pin, bits in cell["connections"].items():
                if cell["port_directions"].get(pin) == "output":
                    found.update((bit, (name, pin)) for bit in _nets(bits))
        return found

    def sources(self, bits: list[Any], kept: set[str]) -> dict[Pin, int]:
        """The kept boxes behind some bits, through all that is not kept, and with how many bits."""
        found: dict[Pin, int] = {}
        seen: set[str] = set()
        todo = _nets(bits)
        while todo:
            pin = self.drivers.get(todo.pop())
            if pin is None:
                continue
            if pin[0] in kept:
                found[pin] = found.get(pin, 0) + 1
            elif pin[0] not in seen:
                seen.add(pin[0])
                todo += self.inputs(pin[0])
        return found

    def inputs(self, name: str) -> list[int]:
        cell = self.cells.get(name)
        if cell is None:
            return []
        directions = cell["port_directions"]
        return [
            bit
            for pin, bits in cell["connections"].items()
            if directions.get(pin) == "input" and pin not in _QUIET
            for bit in _nets(bits)
        ]


def schematic(
    design: Design,
    module: str = "",
    *,
    engine: Engine = "auto",
    time_s: float = 60.0,
    stop: threading.Event | None = None,
    cache: bool = True,
) -> Report:
    """Draw a module of a Verilog design (the top when none is named) as SVG.

    The cells are Yosys's before mapping: adders, multiplexers, registers, memories, instances of
    other modules; a box's title tells its source line. A module with more cells than can be
    followed is drawn with its registers, memories and instances alone, and still above that with
    its instances; the summary says so. Clocks and resets are not drawn.

    `engine` chooses who draws: `netlistsvg` or Graphviz's `dot` where they are installed, `own`
    else; `auto` takes the first of these that is there, and `details["engine"]` tells which.
    The SVG is `details["svg"]`. `details["modules"]` names what can be drawn, `details["cells"]`
    has name, type, file and line of each cell of the module. Metrics: `cells`, `drawn`.
    """
    if not design.verilog:
        raise ToolError("a schematic needs a Verilog file, and the design has none")
    plan = _plan(design, time_s)
    outcome = carry_out(plan, stop, cache)
    if outcome.returncode or "coarse.json" not in outcome.files:
        last = (outcome.log.strip().splitlines() or ["no output"])[-1]
        raise ToolError(f"the design cannot be elaborated: {last}")
    modules = json.loads(outcome.files["coarse.json"].read_text(encoding="utf-8"))["modules"]
    chosen = module or design.top
    known = {plain(name): name for name in modules}
    if chosen not in known:
        raise RequestError(f"there is no module {chosen!r}; the design has {', '.join(known)}")
    found = _Module(chosen, modules[known[chosen]])
    kept, sentence = _kept(found)
    whole = set(found.cells) <= kept
    drawn, drawer, more = draw(
        engine, chosen, found.content, _boxes(found, kept), _wires(found, kept), whole,
        time_s, stop, cache,
    )  # fmt: skip
    return Report(
        "schematic",
        "passed",
        f"{chosen}: {len(found.cells)} cells{sentence}",
        metrics={"cells": len(found.cells), "drawn": len(kept & set(found.cells))},
        details={
            "svg": drawn,
            "engine": drawer,
            "module": chosen,
            "modules": list(known),
            "cells": [_entry(name, cell) for name, cell in found.cells.items()],
        },
        versions={**plan.versions(), **more},
        command=plan.text(),
        log=outcome.log,
        wall_s=outcome.wall_s,
        cached=outcome.cached,
    )


def _plan(design: Design, time_s: float) -> Plan:
    script = [
        *(f"read_verilog -sv -defer {name}" for name in design.verilog),
        f"hierarchy -check -top {design.top}",
        *("proc", "opt", "wreduce", "memory_dff", "memory_collect", "opt_clean"),
        "write_json coarse.json",
    ]
    return Plan(
        files={**design.verilog, "schematic.ys": "\n".join(script) + "\n"},
        commands=(Command("yosys", ("schematic.ys",)),),
        keep=("coarse.json",),
        limits=Limits(time_s=time_s, output_bytes=64 << 20),
    )


def plain(name: str) -> str:
    """A module's or cell's name as its author wrote it: Yosys renames a parametrised module."""
    if name.startswith("$paramod"):
        parts = name.split("\\")
        return parts[1] + ("" if name.count("\\") == 1 else f" ({', '.join(parts[2:])})")
    return name.lstrip("\\")


def _kept(module: _Module) -> tuple[set[str], str]:
    """The boxes that are drawn, and what a person must know of the others."""
    stages: tuple[tuple[Callable[[str], bool], str], ...] = (
        (lambda kind: True, ""),
        (
            lambda kind: kind.startswith(_STATE) or not kind.startswith("$"),
            "; registers, memories and instances are drawn, a wire is a path through logic",
        ),
        (
            lambda kind: kind.startswith("$mem") or not kind.startswith("$"),
            "; memories and instances are drawn, a wire is a path through logic and registers",
        ),
    )
    ports = {f"port {name}" for name in module.content["ports"] if name not in _QUIET_PORTS}
    cells: list[str] = []
    for keep, about in stages:
        cells = [name for name, cell in module.cells.items() if keep(cell["type"])]
        if len(cells) <= MOST_BOXES:
            return {*cells, *ports}, about
    return {*cells[:MOST_BOXES], *ports}, f"{about}; {MOST_BOXES} of {len(cells)} are drawn"


def _boxes(module: _Module, kept: set[str]) -> list[Box]:
    boxes = []
    for name, port in module.content["ports"].items():
        if f"port {name}" in kept:
            side = "output" if port["direction"] == "output" else "input"
            bits = f" [{len(port['bits']) - 1}:0]" if len(port["bits"]) > 1 else ""
            pins = ("",)
            into, out = (pins, ()) if side == "output" else ((), pins)
            boxes.append(Box(f"port {name}", name, side, f"{side} {name}{bits}", into, out))
    for name, cell in module.cells.items():
        if name in kept:
            directions = cell["port_directions"]
            into = tuple(p for p, d in directions.items() if d == "input" and p not in _QUIET)
            out = tuple(p for p, d in directions.items() if d != "input")
            entry = _entry(name, cell)
            kind = "module" if not cell["type"].startswith("$") else "cell"
            kind = "state" if cell["type"].startswith(_STATE) else kind
            place = f" at {entry['file']}:{entry['line']}" if entry["file"] else ""
            title = f"{entry['type']} {entry['name']}{place}"
            stored = module.stores(cell) if kind == "state" else ""
            boxes.append(Box(name, _label(name, cell, stored), kind, title, into, out))
    return boxes


def _label(name: str, cell: Mapping[str, Any], stored: str) -> str:
    kind: str = cell["type"]
    if not kind.startswith("$") or kind.startswith("$paramod"):
        return f"{name}: {plain(kind)}"
    if kind.startswith(_STATE):
        wide = cell["parameters"].get("WIDTH", "")
        label = stored or kind[1:]
        return f"{label} {int(wide, 2)}" if set(wide) <= {"0", "1"} and wide else label
    return kind[1:]


def _wires(module: _Module, kept: set[str]) -> list[Wire]:
    wires = []
    for name, port in module.content["ports"].items():
        if port["direction"] == "output" and f"port {name}" in kept:
            for source, bits in module.sources(port["bits"], kept).items():
                wires.append(Wire(*source, f"port {name}", "", bits))
    for name in module.cells:
        cell = module.cells[name]
        for pin, bits in cell["connections"].items() if name in kept else ():
            if cell["port_directions"].get(pin) == "input" and pin not in _QUIET:
                for source, count in module.sources(bits, kept).items():
                    wires.append(Wire(*source, name, pin, count))
    return wires


def _entry(name: str, cell: Mapping[str, Any]) -> dict[str, Any]:
    file, line = source_of(cell["attributes"].get("src", ""))
    return {"name": name, "type": plain(cell["type"]).lstrip("$"), "file": file, "line": line}


def _nets(bits: list[Any]) -> list[int]:
    return [bit for bit in bits if isinstance(bit, int)]
