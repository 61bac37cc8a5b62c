"""What INTERFACE pragmas ask of a parameter's ports: buses, FIFOs, and what is not to be had.

To add a protocol, give it a place in `prompts.interface.Argument`, read it here, and write its
Verilog around the core in `wrapper.py`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from prompts.bus import CONTROL_BUNDLE, Bus
from prompts.handshake import CallProtocol
from prompts.interface import Argument, Interface
from tools.hls.debug_types import Resolved
from tools.hls.pragmas import Pragma
from tools.report import Diagnostic

_OFFSETS = ("slave", "direct", "off")
_KNOWN = frozenset({
    "ap_none", "ap_stable", "ap_vld", "ap_ovld", "ap_ack", "ap_hs", "ap_memory", "bram", "ap_fifo",
    "axis", "s_axilite", "m_axi", "ap_ctrl_hs", "ap_ctrl_none", "ap_ctrl_chain",
})  # fmt: skip
_MOST_BEATS = 256


class ProtocolProblem(ValueError):
    """A pragma that cannot be fulfilled; the message says why and what to write."""

    def __init__(self, pragma: Pragma, text: str) -> None:
        super().__init__(text)
        self.pragma = pragma


def mode(pragma: Pragma) -> str:
    """The protocol that an INTERFACE pragma names, or "" for another pragma."""
    if pragma.kind != "interface":
        return ""
    named = (word for word in pragma.words if word in _KNOWN)
    return pragma.options.get("mode", next(named, next(iter(pragma.words), "")))


def find(pragmas: Sequence[Pragma], *modes: str) -> Pragma | None:
    """The first INTERFACE pragma with one of the modes."""
    return next((p for p in pragmas if mode(p) in modes), None)


def control_bundle(pragmas: Sequence[Pragma]) -> str:
    """The AXI4-Lite bundle that starts calls, or "" for ports of their own."""
    mine = [p for p in pragmas if "return" in (p.options.get("port", ""), *p.words)]
    found = find(mine, "s_axilite")
    return found.options.get("bundle", CONTROL_BUNDLE) if found else ""


def calls(pragmas: Sequence[Pragma], arguments: Sequence[Argument]) -> CallProtocol:
    """How calls are made: as asked, where the arguments' ports allow it."""
    buses = any(a.bus for a in arguments)
    if find(pragmas, "ap_ctrl_chain") and not buses:
        return "ap_ctrl_chain"
    streams = [a for a in arguments if a.kind == "stream"]
    only_read = all(
        a.kind == "scalar" and a.direction == "in" for a in arguments if a.kind != "stream"
    )
    free = find(pragmas, "ap_ctrl_none") and streams and only_read and not buses
    return "ap_ctrl_none" if free else "ap_ctrl_hs"


def with_handshake(argument: Argument, pragmas: Sequence[Pragma]) -> Argument:
    """A scalar with the handshake that a pragma asks for."""
    modes = ("ap_hs", "ap_ack") if argument.direction != "in" else ("ap_hs", "ap_ack", "ap_vld")
    asked = find(pragmas, *modes)
    if argument.kind != "scalar" or asked is None:
        return argument
    return replace(argument, handshake=mode(asked))  # type: ignore[arg-type]


def bus(name: str, resolved: Resolved, pragmas: Sequence[Pragma], control: str) -> Bus | None:
    """The bus that a parameter is behind. Raises `ProtocolProblem`."""
    master, slave = find(pragmas, "m_axi"), find(pragmas, "s_axilite")
    asked = master or slave
    if asked is None:
        return None
    if resolved.by == "stream":
        text = f"the stream {name!r} cannot be behind {mode(asked)}; use axis or ap_fifo"
        raise ProtocolProblem(asked, text)
    for pragma in pragmas:
        if pragma.kind in ("array_partition", "array_reshape"):
            text = f"{name!r} is behind {mode(asked)}, where it has one port: copy it to a local "
            raise ProtocolProblem(pragma, f"{text}array and partition that")
    if master is None:
        return Bus("s_axilite", asked.options.get("bundle", CONTROL_BUNDLE))
    return _master(name, resolved, master, slave, control)


def _master(
    name: str, resolved: Resolved, pragma: Pragma, slave: Pragma | None, control: str
) -> Bus:
    if not resolved.shape and resolved.by != "pointer":
        text = f"m_axi of {name!r} needs an array or a pointer"
        raise ProtocolProblem(pragma, text)
    if len(resolved.fields) != 1 or resolved.fields[0].shape:
        text = f"m_axi of {name!r} has structures or vectors; use an array of numbers "
        raise ProtocolProblem(pragma, f"{text}for each field")
    if resolved.fields[0].bits > 512:
        text = f"{name!r} has elements of {resolved.fields[0].bits} bits, and AXI at most 512"
        raise ProtocolProblem(pragma, text)
    offset = pragma.options.get("offset", "slave")
    if offset not in _OFFSETS:
        text = f"offset={offset} of {name!r} is not known; choose from {', '.join(_OFFSETS)}"
        raise ProtocolProblem(pragma, text)
    read, write = (pragma.number(f"max_{way}_burst_length", 16) or 0 for way in ("read", "write"))
    if not (1 <= read <= _MOST_BEATS and 1 <= write <= _MOST_BEATS):
        text = f"a burst of {name!r} has 1 to {_MOST_BEATS} beats"
        raise ProtocolProblem(pragma, text)
    registers = slave.options.get("bundle", CONTROL_BUNDLE) if slave else control or CONTROL_BUNDLE
    return Bus(
        "m_axi", pragma.options.get("bundle", "gmem"), offset,  # type: ignore[arg-type]
        registers, read, write, latency=max(2, min(pragma.number("latency", 8) or 8, 64)),
    )  # fmt: skip


def said(
    top: Sequence[Pragma],
    parameters: Sequence[tuple[str, bool, Sequence[Pragma]]],
    interface: Interface,
) -> list[Diagnostic]:
    """Warnings for what has other ports than asked; with each parameter, if it is a scalar."""
    found = [*_of_control(top, interface)]
    shaken = any(a.handshake for a in interface.arguments)
    for name, is_scalar, pragmas in parameters:
        for pragma in pragmas:
            asked = mode(pragma)
            text = ""
            if pragma.kind == "interface" and asked not in _KNOWN:
                text = f"the interface {asked!r} of {name!r} is not known; it has no effect"
            elif is_scalar and asked in ("ap_ack", "ap_hs") and not shaken:
                text = f"{name!r} has no acknowledgement beside AXI: an input is stable during a "
                text += "call, and an output comes with ap_vld"
            if text:
                found.append(Diagnostic("warning", text, pragma.file, pragma.line, "INTERFACE"))
    return found


_BESIDE = {
    "ap_ctrl_none": "needs a top of streams and of scalars that are only read, all without AXI",
    "ap_ctrl_chain": "cannot be beside AXI4-Lite or m_axi",
}


def _of_control(top: Sequence[Pragma], interface: Interface) -> Iterator[Diagnostic]:
    for pragma in top:
        asked = mode(pragma)
        if asked in _BESIDE and asked != interface.calls:
            text = f"{asked} {_BESIDE[asked]}: calls are made with ap_ctrl_hs"
            yield Diagnostic("warning", text, pragma.file, pragma.line, "INTERFACE")
