"""Who draws a schematic: netlistsvg or Graphviz where they are installed, else our own drawing."""

import json
import threading
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from tools.errors import ToolError
from tools.find import has
from tools.plan import Command, Plan, carry_out
from tools.process import Limits
from tools.schematic_svg import Box, Wire, svg

Engine = Literal["auto", "netlistsvg", "dot", "own"]
_SHAPES = {"input": "cds", "output": "cds", "cell": "box", "state": "box3d", "module": "component"}
_COLOURS = {
    "input": "#d7eef0",
    "output": "#fbe7d3",
    "cell": "#f4f6f7",
    "state": "#e5e3f5",
    "module": "#e3f1e0",
}


def draw(
    engine: Engine,
    name: str,
    module: Mapping[str, Any],
    boxes: Sequence[Box],
    wires: Sequence[Wire],
    whole: bool,
    time_s: float,
    stop: threading.Event | None,
    cache: bool,
) -> tuple[str, str, Mapping[str, str]]:
    """The SVG, who drew it, and the versions of other programs that took part.

    `whole` says whether the boxes are all of the module: netlistsvg draws only such ones.
    """
    chosen = engine
    if engine == "auto":
        chosen = "netlistsvg" if whole and has("netlistsvg") else "dot" if has("dot") else "own"
    if chosen == "own" or not boxes:
        return svg(boxes, wires, f"Schematic of {name}"), "own", {}
    if chosen == "netlistsvg" and not whole:
        raise ToolError(f"{name} has too many cells for netlistsvg; choose another engine")
    if chosen == "netlistsvg":
        source, command = _netlist(name, module), ("netlist.json", "-o", "drawn.svg")
        plan = _plan("netlist.json", source, Command("netlistsvg", command), time_s)
    else:
        source = dot_text(boxes, wires, f"Schematic of {name}")
        plan = _plan(
            "drawn.dot", source, Command("dot", ("-Tsvg", "-odrawn.svg", "drawn.dot")), time_s
        )
    outcome = carry_out(plan, stop, cache)
    if outcome.returncode or "drawn.svg" not in outcome.files:
        if engine == "auto":
            return svg(boxes, wires, f"Schematic of {name}"), "own", {}
        last = (outcome.log.strip().splitlines() or ["it printed nothing"])[-1]
        raise ToolError(f"{chosen} cannot draw {name}: {last}")
    return outcome.files["drawn.svg"].read_text(encoding="utf-8"), chosen, plan.versions()


def _plan(file: str, text: str, command: Command, time_s: float) -> Plan:
    return Plan({file: text}, (command,), keep=("drawn.svg",), limits=Limits(time_s=time_s))


def _netlist(name: str, module: Mapping[str, Any]) -> str:
    """The module alone, as the top that netlistsvg looks for."""
    top = {**module, "attributes": {**module.get("attributes", {}), "top": 1}}
    return json.dumps({"modules": {name: top}})


def dot_text(boxes: Sequence[Box], wires: Sequence[Wire], title: str) -> str:
    """The drawing in Graphviz's language; boxes are numbered, as a name must stay a text."""
    numbers = {box.name: f"n{index}" for index, box in enumerate(boxes)}
    lines = [
        f"digraph {_quoted(title)} {{",
        '  rankdir=LR; node [fontname="sans-serif", fontsize=11, style=filled];',
        '  edge [fontname="sans-serif", fontsize=9, arrowsize=0.6];',
    ]
    for box in boxes:
        looks = f'shape={_SHAPES[box.kind]}, fillcolor="{_COLOURS[box.kind]}"'
        about = f"label={_quoted(box.shown)}, tooltip={_quoted(box.title)}"
        lines.append(f"  {numbers[box.name]} [{about}, {looks}];")
    for wire in wires:
        width = f"label={_quoted(str(wire.bits))}, penwidth=2" if wire.bits > 1 else "penwidth=1"
        ends = f"{numbers[wire.source]} -> {numbers[wire.target]}"
        lines.append(f"  {ends} [{width}, headlabel={_quoted(wire.target_pin)}];")
    return "\n".join((*lines, "}", ""))


def _quoted(text: str) -> str:
    """A string of Graphviz's, in which only quotes and backslashes have a meaning."""
    plain = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{plain}"'
