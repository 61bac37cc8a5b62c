"""A netlist without pins: only clocks stay ports, for place and route of a part of a chip.

nextpnr for ECP5 has this mode itself; for the other families a design of hundreds of ports would
not fit a package, and pins would slow what is measured.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tools.errors import ToolError
from tools.targets import Placement


def without_pins(netlist: Path, placement: Placement) -> str:
    """The netlist as JSON with its clocks as only ports, each behind the family's input buffer."""
    whole = json.loads(netlist.read_text(encoding="utf-8"))
    for module in whole["modules"].values():
        if int(module["attributes"].get("top", "0"), 2):
            _strip(module, placement)
    return json.dumps(whole)


def constraints(netlist: str, placement: Placement) -> str:
    """The file that puts each clock on a pin. Raises `ToolError` when there are too many."""
    modules = json.loads(netlist)["modules"].values()
    top = next(m for m in modules if int(m["attributes"].get("top", "0"), 2))
    clocks = list(top["ports"])
    if len(clocks) > len(placement.clocks):
        raise ToolError(
            f"the design has {len(clocks)} clocks ({', '.join(clocks[:6])}), and place and route "
            f"here has {len(placement.clocks)} pins for them; give it fewer clocks"
        )
    pairs = zip(clocks, placement.clocks, strict=False)
    return "".join(f'IO_LOC "{clock}" {pin};\n' for clock, pin in pairs)


def _strip(module: dict[str, Any], placement: Placement) -> None:
    clocked = {
        bit
        for cell in module["cells"].values()
        for pin, bits in cell["connections"].items()
        if pin in placement.clock_pins
        for bit in bits
    }
    inputs = {
        name: port
        for name, port in module["ports"].items()
        if port["direction"] == "input" and clocked.intersection(port["bits"])
    }
    module["ports"] = inputs
    if placement.pad:
        _pad(module, inputs, placement.pad)


def _pad(module: dict[str, Any], inputs: Mapping[str, dict[str, Any]], pad: str) -> None:
    """An input buffer for each bit of each clock; the port is what stands before it."""
    free = 1 + max(
        bit for net in module["netnames"].values() for bit in net["bits"] if isinstance(bit, int)
    )
    for name, port in inputs.items():
        outside = list(range(free, free + len(port["bits"])))
        free += len(outside)
        for index, (before, behind) in enumerate(zip(outside, port["bits"], strict=True)):
            module["cells"][f"{name}_pad_{index}"] = {
                "hide_name": 0,
                "type": pad,
                "parameters": {},
                "attributes": {},
                "port_directions": {"I": "input", "O": "output"},
                "connections": {"I": [before], "O": [behind]},
            }
        port["bits"] = outside
