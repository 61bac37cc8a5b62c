"""The memory behind AXI4 masters in the co-simulation, and where in it each array begins."""

from pathlib import Path
from typing import Any

from prompts.bus import axi_ports
from prompts.interface import Argument, Interface
from prompts.render import render

TEMPLATE = Path(__file__).parent / "templates" / "cosim_axi.v.j2"
LATENCY = 10
"""Cycles from an address to the first data, and from the last data to the response."""


def memories(interface: Interface) -> str:
    """The Verilog of the memories, within the harness, and the arrays' base addresses."""
    behind = [(n, a) for n, a in enumerate(interface.arguments) if _is_remote(a)]
    lines = [f"    wire [63:0] {a.name}_base = 64'h{_base(n, a):x};" for n, a in behind]
    texts = ["\n".join(["", *lines, ""])] if lines else []
    for number, (bundle, data_bits) in enumerate(interface.masters().items()):
        names: dict[str, Any] = {
            "bundle": bundle,
            "name": f"axi_{bundle}",
            "ports": axi_ports(bundle, data_bits),
            "data": data_bits,
            "size": (data_bits // 8).bit_length() - 1,
            "latency": LATENCY,
            "bit": 5 + 7 * number % 20,
            "arrays": [_array(n, a) for n, a in behind if a.bus and a.bus.bundle == bundle],
        }
        texts.append(render(TEMPLATE.read_text(), names))
    return "".join(texts)


def connections(interface: Interface) -> list[tuple[str, str]]:
    """The masters' ports of the design, and the memory's wires on them."""
    found = [
        (port.name, f"axi_{bundle}_{port.channel}")
        for bundle, data_bits in interface.masters().items()
        for port in axi_ports(bundle, data_bits)
    ]
    for argument in interface.arguments:
        if argument.bus and argument.bus.kind == "m_axi" and argument.bus.offset == "direct":
            found.append((f"{argument.name}_offset", f"{argument.name}_base"))
    return found


def _is_remote(argument: Argument) -> bool:
    return argument.bus is not None and argument.bus.kind == "m_axi"


def _base(number: int, argument: Argument) -> int:
    """Aligned to an element alone, and little below the border of a page."""
    if argument.bus and argument.bus.offset == "off":
        return 0
    return (number + 1 << 32) + 0x1000 * (number + 1) - (2 * number + 3) * argument.container // 8


def _array(number: int, argument: Argument) -> dict[str, Any]:
    base = _base(number, argument)
    given = f"{argument.name}_given[in_vector*{argument.words} + "
    return {
        "stem": argument.name,
        "argument": number,
        "container": argument.container,
        "words": argument.words,
        "reads": argument.direction != "out",
        "writes": argument.direction != "in",
        "array": given if argument.direction == "in" else f"{argument.name}_held[",
        "region": base >> 32,
        "start": base & 0xFFFFFFFF,
    }
