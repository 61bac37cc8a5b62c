"""What the ports of a Verilog top tell of its interface."""

import re
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from prompts.interface import Argument, Direction, Interface
from prompts.vectors import Vectors
from prompts.verilog_text import blanked, modules
from tools.errors import ToolError


def by_ports(interface: Interface, verilog: Mapping[str, str]) -> Interface:
    """The interface with directions and second ports as the Verilog top has them."""
    ports = _names(core_name(interface.top), verilog) or _names(interface.top, verilog)
    if not ports:
        raise ToolError(f"the Verilog has no module {interface.top!r}; name it as the C++ top")
    arguments = tuple(_by_ports(a, ports) for a in interface.arguments)
    return replace(interface, arguments=tuple(a for a in arguments if a is not None))


def core_name(top: str) -> str:
    """The module that has the plain ports of arguments that are behind buses in the top itself."""
    return f"{top}_core"


def fitted(vectors: Vectors, verilog: Mapping[str, str]) -> Vectors:
    """The vectors with each memory as the Verilog has it: its ports, and whether it is read."""
    interface = _with_second_ports(vectors.interface, verilog)
    vectors = _with_read_outputs(replace(vectors, interface=interface), verilog)
    return _with_written_inouts(vectors, verilog)


def _with_second_ports(interface: Interface, verilog: Mapping[str, str]) -> Interface:
    """The interface with two accesses a cycle for the memories that have a second port."""
    ports = _names(interface.top, verilog)
    return replace(
        interface,
        arguments=tuple(
            replace(a, accesses=2) if f"{a.bank_names()[0]}_address1" in ports else a
            for a in interface.arguments
        ),
    )


def _with_read_outputs(vectors: Vectors, verilog: Mapping[str, str]) -> Vectors:
    """The vectors with the outputs that the Verilog reads too as `inout`.

    What such an output holds before a call nobody has said: all of its bits are ones.
    """
    ports = _names(vectors.interface.top, verilog)
    read = {
        a.name: replace(a, direction="inout")
        for a in vectors.interface.outputs
        if a.direction == "out" and any(_is_read(stem, ports) for stem in a.bank_names())
    }
    if not read:
        return vectors
    arguments = tuple(read.get(a.name, a) for a in vectors.interface.arguments)
    ones = {n: np.full(a.shape, a.value_of((1 << a.bits) - 1), np.int64) for n, a in read.items()}
    calls = tuple(replace(c, inputs={**c.inputs, **ones, **c.before}) for c in vectors.calls)
    return Vectors(replace(vectors.interface, arguments=arguments), calls)


def _with_written_inouts(vectors: Vectors, verilog: Mapping[str, str]) -> Vectors:
    """The vectors with the `inout` memories that the Verilog never reads as outputs.

    So it is with C++ that only writes some of their elements. The others have to stay as they are.
    """
    ports = _names(vectors.interface.top, verilog)
    written = {
        a.name: replace(a, direction="out")
        for a in vectors.interface.outputs
        if a.direction == "inout" and a.kind == "memory" and not a.registers and not a.bus
        if all(f"{stem}_we0" in ports and not _is_read(stem, ports) for stem in a.bank_names())
    }
    if not written:
        return vectors
    arguments = tuple(written.get(a.name, a) for a in vectors.interface.arguments)
    calls = tuple(
        replace(
            c,
            inputs={n: v for n, v in c.inputs.items() if n not in written},
            before={**c.before, **{name: c.inputs[name] for name in written}},
        )
        for c in vectors.calls
    )
    return Vectors(replace(vectors.interface, arguments=arguments), calls)


def _is_read(stem: str, ports: frozenset[str]) -> bool:
    return f"{stem}_q0" in ports or f"{stem}_q1" in ports or {f"{stem}_i", f"{stem}_o"} <= ports


def _names(top: str, verilog: Mapping[str, str]) -> frozenset[str]:
    """The names in the head of the top module."""
    for text in verilog.values():
        for module in modules(text):
            if module.name == top:
                plain = blanked(text)[module.start : module.end]
                return frozenset(re.findall(r"[A-Za-z_]\w*", plain.partition(";")[0]))
    return frozenset()


def _by_ports(argument: Argument, ports: frozenset[str]) -> Argument | None:
    """The argument as its ports are, or None if it has none: then nothing uses it."""
    stem = argument.bank_names()[0]
    if argument.bus and argument.bus.kind == "m_axi":
        return _mastered(argument, ports)
    if argument.kind == "stream":
        return replace(argument, last=argument.direction == "out" and f"{stem}_TLAST" in ports,
                       fifo=f"{stem}_dout" in ports or f"{stem}_din" in ports)  # fmt: skip
    if argument.handshake and f"{stem}_ap_ack" in ports:
        return argument  # the ports of the top itself
    if argument.kind == "memory" and not argument.registers:
        stems = argument.bank_names()
        written = any(f"{s}_we{n}" in ports for s in stems for n in "01")
        is_read = any(f"{s}_q{n}" in ports for s in stems for n in "01")
        second = any(f"{s}_address1" in ports for s in stems)
        if not written and not is_read:
            return None
        argument = replace(argument, accesses=2 if second else 1)
    else:
        stems = argument.bank_names()
        written = any(f"{s}_ap_vld" in ports or f"{s}_o_ap_vld" in ports for s in stems)
        is_read = any(f"{s}_i" in ports for s in stems) or not written and stem in ports
        if argument.name == "ap_return":
            return argument
        if not written and not is_read:
            return None
    direction: Direction = "inout" if written and is_read else "out" if written else "in"
    return replace(argument, direction=direction)


def _mastered(argument: Argument, ports: frozenset[str]) -> Argument | None:
    """An argument in memory behind an AXI master: what its core asks of that."""
    is_read, written = (f"{argument.name}_{way}_din" in ports for way in ("ar", "aw"))
    if not is_read and not written:
        return None
    direction: Direction = "inout" if written and is_read else "out" if written else "in"
    return replace(argument, direction=direction)
