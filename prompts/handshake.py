"""Handshakes of calls, and of scalars that are handed over one at a time."""

from typing import Literal

from prompts.port import Port

CallProtocol = Literal["ap_ctrl_hs", "ap_ctrl_none", "ap_ctrl_chain"]
"""How calls begin and end: by ap_start and ap_done, without ports, or held until ap_continue."""
Handshake = Literal["", "ap_vld", "ap_ack", "ap_hs"]
"""What stands beside a scalar: "" is nothing beside an input, and ap_vld beside an output."""

CONTROL = (
    Port("ap_clk", "input", 1),
    Port("ap_rst", "input", 1),
    Port("ap_start", "input", 1),
    Port("ap_done", "output", 1),
    Port("ap_idle", "output", 1),
    Port("ap_ready", "output", 1),
)
CONTINUE = Port("ap_continue", "input", 1)


def control_ports(protocol: CallProtocol) -> list[Port]:
    """The ports of calls, behind the clock and the reset."""
    if protocol == "ap_ctrl_none":
        return list(CONTROL[:2])
    return [*CONTROL, *([CONTINUE] if protocol == "ap_ctrl_chain" else [])]


def scalar_ports(stem: str, is_input: bool, bits: int, handshake: Handshake) -> list[Port]:
    """One direction of a scalar."""
    given = [Port(stem, "input", bits)]
    if handshake in ("ap_vld", "ap_hs") or not (is_input or handshake):
        given.append(Port(f"{stem}_ap_vld", "input", 1))
    if handshake in ("ap_ack", "ap_hs"):
        given.append(Port(f"{stem}_ap_ack", "output", 1))
    return given if is_input else [port.turned() for port in given]
