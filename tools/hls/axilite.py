"""The AXI4-Lite slave of a kernel: registers and arrays between a processor and the core."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from prompts.bus import axilite_ports
from prompts.interface import Argument, Interface
from prompts.register_map import Register, RegisterMap
from prompts.render import render

TEMPLATE = Path(__file__).parent / "templates" / "s_axilite.v.j2"


def module_name(top: str, bundle: str) -> str:
    return f"{top}_{bundle}_s_axi"


def slave(interface: Interface, registers: RegisterMap) -> str:
    """The module of one bundle; the core's side has the names of the core's ports."""
    arguments = {a.name: a for a in interface.arguments}
    roles: dict[str, list[Register]] = {"in": [], "out": [], "return": [], "memory": []}
    for register in registers.registers:
        roles[register.item.role].append(register)
    names: dict[str, Any] = {
        "module": module_name(interface.top, registers.bundle),
        "ram": f"{interface.top}_{registers.bundle}_rows",
        "bundle": registers.bundle,
        "rows": registers.rows(),
        "ports": axilite_ports(registers.bundle, registers.address_bits),
        "address_bits": registers.address_bits,
        "control": registers.control,
        "inputs": [_scalar(r) for r in roles["in"]],
        "outputs": [_scalar(r) for r in (*roles["out"], *roles["return"])],
        "memories": [
            _memory(r, arguments[r.item.name], registers.address_bits) for r in roles["memory"]
        ],
        "sides": [side for r in registers.registers for side in _sides(r, arguments)],
    }
    return render(TEMPLATE.read_text(), names)


def _sides(register: Register, arguments: dict[str, Argument]) -> list[str]:
    """The ports towards the core."""
    item = register.item
    if item.role == "in":
        return [f"output [{item.bits - 1}:0] {item.name}"]
    if item.role == "out":
        return [f"input [{item.bits - 1}:0] {item.name}", f"input {item.name}_ap_vld"]
    if item.role == "return":
        return [f"input [{item.bits - 1}:0] {item.name}"]
    turned = {"output": "input", "input": "output"}
    ports = replace(arguments[item.name], bus=None).ports()
    return [f"{turned[port.direction]} [{port.bits - 1}:0] {port.name}" for port in ports]


def _scalar(register: Register) -> dict[str, Any]:
    item = register.item
    parts = [
        {"word": register.offset // 4 + n, "low": low, "high": min(low + 31, item.bits - 1)}
        for n, low in enumerate(range(0, item.bits, 32))
    ]
    return {
        "name": item.name,
        "bits": item.bits,
        "parts": parts,
        "when": "ap_done" if item.role == "return" else f"{item.name}_ap_vld",
        "valid": register.valid // 4 if register.valid is not None else None,
    }


def _memory(register: Register, argument: Argument, address_bits: int) -> dict[str, Any]:
    """Where elements are: several in a row of 32 bits, or each in several banks."""
    item = register.item
    container = item.container
    banks, in_row = max(1, container // 32), max(1, 32 // container)
    rows = -(-item.words // in_row)
    row_bits = max(1, (rows - 1).bit_length())
    bank_bits, lane_bits = (banks - 1).bit_length(), (in_row - 1).bit_length()
    low = 2 + bank_bits
    span_bits = (register.span - 1).bit_length()

    def here(address: str) -> str:
        if span_bits >= address_bits:
            return "1'b1"
        bits = address_bits - span_bits
        return (
            f"{address}[{address_bits - 1}:{span_bits}] == {bits}'d{register.offset >> span_bits}"
        )

    def row(address: str) -> str:
        return f"{address}[{low + row_bits - 1}:{low}]" if low < span_bits else "1'd0"

    name, index_bits = item.name, argument.address_bits
    lane_bits = min(lane_bits, index_bits)
    spare = container - item.bits
    word = f"{{{spare}'d0, {name}_d0}}" if spare else f"{name}_d0"
    return {
        "name": name,
        "bits": item.bits,
        "shift": (container - 1).bit_length(),
        "banks": banks,
        "bank_bits": bank_bits,
        "lane_bits": lane_bits,
        "rows": rows,
        "row_bits": row_bits,
        "read": argument.direction != "out",
        "written": argument.direction != "in",
        "write_here": here("AWADDR"),
        "read_here": here("read_address"),
        "write_row": row("AWADDR"),
        "read_row": row("ARADDR"),
        "core_row": f"{name}_address0[{index_bits - 1}:{lane_bits}]"
        if lane_bits < index_bits
        else "1'd0",
        "taken": f"{{{in_row}{{{word}}}}}",
        "lanes": _lanes(f"{name}_address0", container, lane_bits),
    }


def _lanes(address: str, container: int, lane_bits: int) -> str:
    """The bytes of a row that a write of the core goes to."""
    if container == 16:
        return f"{{{{2{{{address}[0]}}}}, {{2{{!{address}[0]}}}}}}"
    return f"4'd1 << {address}[{lane_bits - 1}:0]" if container == 8 else "4'd15"
