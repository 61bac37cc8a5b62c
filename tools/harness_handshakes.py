"""The other side of handshakes in the co-simulation: scalars, and ap_continue."""

from pathlib import Path

from prompts.interface import RETURN, Argument, Interface
from prompts.render import render

TEMPLATE = Path(__file__).parent / "templates" / "cosim_handshakes.v.j2"


def partners(interface: Interface) -> str:
    """The Verilog within the harness; "" without handshakes."""
    given, sent = [], []
    for number, argument in enumerate(interface.arguments):
        names = {
            "stem": argument.name,
            "argument": number,
            "bits": argument.bits,
            "valid": argument.handshake != "ap_ack",
            "acknowledged": argument.handshake != "ap_vld",
            "bit": 5 + 7 * number % 24,
        }
        if argument.handshake and argument.direction != "out":
            given.append(names)
        if argument.handshake and argument.direction != "in":
            sent.append(names)
    chained = interface.calls == "ap_ctrl_chain"
    if not (given or sent or chained):
        return ""
    return render(TEMPLATE.read_text(), {"given": given, "sent": sent, "chained": chained})


def wires(argument: Argument) -> dict[str, str]:
    """The harness's wires on the ports of a scalar with a handshake."""
    if not argument.handshake:
        return {}
    stem, both = argument.name, argument.direction == "inout"
    found: dict[str, str] = {}
    if argument.direction != "out":
        port = f"{stem}_i" if both else stem
        found |= {f"{port}_ap_vld": f"{stem}_offered", f"{port}_ap_ack": f"{stem}_taken"}
    if argument.direction != "in":
        port = f"{stem}_o" if both else stem
        found |= {f"{port}_ap_vld": f"{stem}_sent", f"{port}_ap_ack": f"{stem}_accepts"}
    return found


def valid_when(argument: Argument) -> str:
    """What makes an output's value count, where that is no port of the design."""
    if argument.name == RETURN or argument.handshake == "ap_ack":
        return " = done"
    return f" = {argument.name}_sent && {argument.name}_accepts" if argument.handshake else ""
