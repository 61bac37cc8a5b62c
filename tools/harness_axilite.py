"""The caller of a design behind AXI4-Lite, in the co-simulation: what it writes and reads when."""

from pathlib import Path
from typing import Any

from prompts.bus import axilite_ports
from prompts.interface import RETURN, Argument, Interface
from prompts.register_map import Item, Register
from prompts.render import render

TEMPLATE = Path(__file__).parent / "templates" / "cosim_axilite.v.j2"


def caller(interface: Interface) -> str:
    """The Verilog of the caller, within the harness; "" when nothing is behind AXI4-Lite."""
    maps = interface.register_maps()
    if not maps:
        return ""
    arguments = {item.name: a for a in interface.arguments for item in a.items()}
    writes: list[dict[str, Any]] = []
    reads: list[dict[str, Any]] = []
    for number, registers in enumerate(maps):
        for register in registers.registers:
            argument = arguments[register.item.name]
            writes += _written(register, argument, number)
            reads += _read(register, argument, number)
    control = [n for n, registers in enumerate(maps) if registers.control]
    before, after = _control(control[0]) if control else ([_step("start", 0, 0)], [])
    steps = [*writes, *before, *after, *reads]
    behind = [a for a in interface.arguments if a.bus and a.bus.kind == "s_axilite"]
    names: dict[str, Any] = {
        "steps": [{**step, "number": number} for number, step in enumerate(steps)],
        "launch": len(writes) + len(before) - 1,
        "slaves": [f"lite{number}" for number in range(len(maps))],
        "control": bool(control),
        "scalars": [
            {
                "stem": a.name,
                "bits": a.bits,
                "parts": -(-a.bits // 32),
                "returned": a.name == RETURN,
            }
            for a in behind
            if a.kind == "scalar" and a.direction != "in"
        ],  # fmt: skip
        "arrays": [
            {"stem": a.name, "banks": a.container // 32}
            for a in behind
            if a.kind == "memory" and a.direction != "in"
        ],
    }
    return render(TEMPLATE.read_text(), names)


def connections(interface: Interface) -> list[tuple[str, str]]:
    """The slaves' ports of the design, and the caller's wires on them."""
    found: list[tuple[str, str]] = []
    for number, registers in enumerate(interface.register_maps()):
        here = f"lite_slave == {number}"
        driven = {
            "AWVALID": f"lite_aw && {here}", "AWADDR": "lite_address", "WSTRB": "4'd15",
            "WVALID": f"lite_w && {here}", "WDATA": "lite_data", "ARADDR": "lite_address",
            "ARVALID": f"lite_ar && {here}", "RREADY": f"lite_r && {here}",
            "BREADY": f"lite_b && {here}",
        }  # fmt: skip
        for port in axilite_ports(registers.bundle, registers.address_bits):
            wire = f"lite{number}_{port.channel.lower()}"
            found.append((port.name, driven.get(port.channel, wire)))
    return found


def _step(text: str, slave: int, address: int, **more: Any) -> dict[str, Any]:
    plain = {"words": 1, "reads": 0, "array": "", "data": "", "into": "", "valid": "", "back": ""}
    return {"text": text, "slave": slave, "address": address, **plain, **more}


def _control(slave: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What starts a call and asks for the interrupt at its end; and what is done at that."""
    before = [
        _step("enable interrupts", slave, 0x4),
        _step("interrupt at ap_done", slave, 0x8),
        _step("ap_start", slave, 0x0),
    ]
    after = [_step("clear the interrupt", slave, 0xC), _step("ap_done?", slave, 0x0, reads=1)]
    return before, after


def _place(item: Item) -> dict[str, int]:
    return {
        "banks": max(1, item.container // 32),
        "in_row": max(1, 32 // item.container),
        "count": item.words,
    }


def _used(item: Item) -> int:
    """Words of 32 bits that an array's elements take."""
    return -(-item.words * item.container // 32)


def _written(register: Register, argument: Argument, slave: int) -> list[dict[str, Any]]:
    item, name = register.item, argument.name
    text = f"write {item.name}"
    if argument.bus and argument.bus.kind == "m_axi":
        base = f"{name}_base"
        return [_step(text, slave, register.offset, words=2, data=base)]
    if item.role == "in":
        return [_step(text, slave, register.offset, words=register.words, data=f"{name}_now")]
    if item.role == "memory":
        given = f"{name}_given[in_vector*{item.words} + "
        array = given if argument.direction == "in" else f"{name}_held["
        more = {**_place(item), "words": _used(item), "array": array}
        return [_step(text, slave, register.offset, **more)]
    return []


def _read(register: Register, argument: Argument, slave: int) -> list[dict[str, Any]]:
    item, name = register.item, argument.name
    text = f"read {item.name}"
    if item.role == "memory" and argument.direction != "in":
        more = {**_place(item), "words": _used(item), "into": f"{name}_held[", "stem": name}
        return [_step(text, slave, register.offset, reads=1, **more)]
    if item.role not in ("out", "return"):
        return []
    found = [
        _step(text, slave, register.offset, reads=1, words=register.words, back=f"{name}_back")
    ]
    if register.valid is not None:
        valid = f"{name}_back_valid"
        found.append(_step(f"{text}_ap_vld", slave, register.valid, reads=1, valid=valid))
    return found
