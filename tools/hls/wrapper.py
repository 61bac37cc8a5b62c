"""The top around a core: between the core's plain ports and AXI's buses and side channels."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from prompts.bus import axi_ports, axilite_ports
from prompts.handshake import CONTROL
from prompts.interface import RETURN, Argument, Interface
from prompts.port import Port
from prompts.register_map import RegisterMap
from prompts.render import render
from tools.hls import axi, axilite, handshakes
from tools.ports import by_ports, core_name

TEMPLATE = Path(__file__).parent / "templates" / "wrapper.v.j2"
_CONTROL = ("ap_start", "ap_done", "ap_ready", "ap_idle")


def module_name(interface: Interface) -> str:
    """The module that does the work: the top itself, unless an argument has other ports there."""
    return core_name(interface.top) if _is_wrapped(interface) else interface.top


def registers(interface: Interface) -> dict[str, Any]:
    """What a report tells of registers, if there are any."""
    maps = [{"bundle": m.bundle, "rows": m.rows()} for m in interface.register_maps()]
    return {"registers": maps} if maps else {}


def _is_wrapped(interface: Interface) -> bool:
    return bool(interface.control or interface.calls != "ap_ctrl_hs") or any(
        a.bus or a.channels or a.handshake for a in interface.arguments
    )


def around(interface: Interface, core: str) -> tuple[str, Interface]:
    """The Verilog of the top with its core, and the interface as the core uses it."""
    if not _is_wrapped(interface):
        return core, interface
    found = by_ports(interface, {"core.v": core})
    maps = found.register_maps()
    slaves = [axilite.slave(found, registers) for registers in maps]
    return "\n".join([_top(found, maps), core, *slaves, axi.masters(found)]), found


def _top(interface: Interface, maps: list[RegisterMap]) -> str:
    ports = interface.ports()
    outside = {port.name for port in ports}
    inside = [p for a in interface.arguments for p in _plain(a)]
    behind = [p for p in inside if p.name not in outside]
    control = [p for p in CONTROL if p.name in _CONTROL and p.name not in outside]
    given, sent = handshakes.given(interface), handshakes.sent(interface)
    bundles = [_master(interface, bundle) for bundle in interface.masters()]
    bases = [Port(a.name, "input", 64) for a in interface.arguments if _has_base(a)]
    chained = interface.calls == "ap_ctrl_chain"
    waits = bool(bundles or given or sent or chained)
    renamed = {"ap_start": "core_start", "ap_done": "core_done", "ap_idle": "core_idle",
               "ap_ready": "core_ready", RETURN: "result"}  # fmt: skip
    inner = {p.name: renamed.get(p.name, p.name) if waits else p.name for p in (*CONTROL, *inside)}
    for scalar in (*given, *sent):
        inner |= {scalar.name: f"core_{scalar.name}"}
    inner |= {f"{scalar.name}_ap_vld": f"core_{scalar.name}_ap_vld" for scalar in sent}
    beats = [a for a in interface.arguments if a.channels]
    inner |= {f"{a.name}_TDATA": f"{a.name}_beat" for a in beats}
    returned = next((p.bits for p in inside if p.name == RETURN), 0)
    names: dict[str, Any] = {
        "top": interface.top,
        "core": core_name(interface.top),
        "ports": ports,
        "wires": [*control, *behind, *bases],
        "beats": [_beat(a) for a in beats],
        "masters": bundles,
        "given": given,
        "sent": sent,
        "waits": waits,
        "free": interface.calls == "ap_ctrl_none",
        "over": "ap_done && ap_continue" if chained else "ap_done",
        "busy": [f"busy_{m['name']}" for m in bundles] + [f"owed_{s.name}" for s in sent],
        "returned": returned,
        "connections": list(inner.items()),
        "slaves": [_slave(interface, registers) for registers in maps],
    }
    return render(TEMPLATE.read_text(), names)


def _plain(argument: Argument) -> list[Port]:
    """The core's ports for an argument."""
    if argument.bus and argument.bus.kind == "m_axi":
        return axi.core_ports(argument)
    return replace(argument, bus=None, channels=(), handshake="").ports()


def _beat(argument: Argument) -> dict[str, Any]:
    """What joins the packed words of a stream in the core to the ports of each part."""
    word, name = f"{argument.name}_beat", argument.name
    packed = replace(argument, channels=()).tdata_bits
    unused = packed - argument.word_bits
    parts = [f"{unused}'d0"] if unused else []
    parts += [f"{name}_{c.name}[{c.bits - 1}:0]" if c.padding else f"{name}_{c.name}"
              for c in reversed(argument.channels)]  # fmt: skip
    ports = [
        (f"{name}_{c.name}", f"{{{c.padding}'d0, {c.slice(word)}}}" if c.padding else c.slice(word))
        for c in argument.channels
    ]
    is_input = argument.direction == "in"
    assigned = [(word, f"{{{', '.join(parts)}}}")] if is_input else ports
    return {"word": word, "bits": packed, "assigned": assigned}


def _slave(interface: Interface, registers: RegisterMap) -> dict[str, Any]:
    stem = f"s_axi_{registers.bundle}"
    connections = [
        (port.channel, port.name)
        for port in axilite_ports(registers.bundle, registers.address_bits)
    ]
    arguments = {a.name: a for a in interface.arguments}
    for register in registers.registers:
        item = register.item
        if item.role == "memory":
            names = [port.name for port in _plain(arguments[item.name])]
        else:
            names = [item.name, *([f"{item.name}_ap_vld"] if item.role == "out" else [])]
        connections += [(name, name) for name in names]
    if registers.control:
        connections += [(name, name) for name in (*_CONTROL, "interrupt")]
    return {
        "module": axilite.module_name(interface.top, registers.bundle),
        "bundle": stem,
        "connections": connections,
    }


def _has_base(argument: Argument) -> bool:
    """Whether its base address comes from registers."""
    bus = argument.bus
    return bus is not None and (bus.kind, bus.offset) == ("m_axi", "slave")


def _master(interface: Interface, bundle: str) -> dict[str, Any]:
    data_bits = interface.masters()[bundle]
    connections = [(port.channel, port.name) for port in axi_ports(bundle, data_bits)]
    for argument in axi.behind(interface, bundle):
        assert argument.bus is not None
        base = {"slave": argument.name, "direct": f"{argument.name}_offset", "off": "64'd0"}
        connections.append((f"{argument.name}_offset", base[argument.bus.offset]))
        connections += [(port.name, port.name) for port in axi.core_ports(argument)]
    return {
        "module": axi.module_name(interface.top, bundle),
        "name": bundle,
        "connections": connections,
    }
