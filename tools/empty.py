"""An empty design: the ports of another one, and nothing that computes."""

import re
import threading
from collections.abc import Mapping, Sequence
from typing import Any

from prompts.design import Design
from tools.errors import ToolError
from tools.parse import parse

_ANSWERING = """\
    reg done;
    always @(posedge ap_clk) done <= !ap_rst && ap_start && !done;
    assign ap_done = done;
    assign ap_ready = done;
    assign ap_idle = !ap_start && !done;
"""
_HANDSHAKE = {"ap_clk", "ap_rst", "ap_start", "ap_done", "ap_ready", "ap_idle"}


def empty(
    design: Design,
    answers: bool = True,
    *,
    stop: threading.Event | None = None,
    cache: bool = True,
) -> Design:
    """A Verilog design with the ports and parameters of `design` whose outputs are 0.

    With `answers` it keeps to the handshake, where the ports have one: `ap_done` (and every
    `_ap_vld`) is high one cycle after `ap_start`. Raises `ToolError` when the design does not
    parse.
    """
    report = parse(design, stop=stop, cache=cache)
    modules = {module["name"]: module for module in report.details.get("modules", ())}
    if design.top not in modules:
        raise ToolError(f"the ports of {design.top!r} are not known: {report.summary}")
    module = modules[design.top]
    handshakes = answers and {port["name"] for port in module["ports"]} >= _HANDSHAKE
    body = [_ANSWERING] if handshakes else []
    for port in module["ports"]:
        if port["direction"] == "out" and not (handshakes and port["name"] in _HANDSHAKE):
            valid = handshakes and port["name"].endswith("_ap_vld")
            body.append(f"    assign {port['name']} = {'done' if valid else '0'};\n")
    text = _head(module["name"], module["parameters"], module["ports"]) + "".join(body)
    return Design({f"{design.top}.v": text + "endmodule\n"}, design.top, design.interface)


def empty_cxx(design: Design) -> Design:
    """The C++ of a design, with nothing in the top function's body."""
    for name, text in design.cxx.items():
        for match in re.finditer(rf"\b{re.escape(design.top)}\s*\([^;{{]*\)\s*{{", text):
            end, depth = match.end(), 1
            while depth and end < len(text):
                depth += {"{": 1, "}": -1}.get(text[end], 0)
                end += 1
            files = {**design.files, name: text[: match.end()] + "}" + text[end:]}
            return Design(files, design.top, design.interface)
    raise ToolError(f"the C++ has no function {design.top!r} with a body")


def _head(name: str, parameters: Mapping[str, str], ports: Sequence[Mapping[str, Any]]) -> str:
    given = ", ".join(f"parameter {key} = {value}" for key, value in parameters.items())
    words = {"in": "input", "out": "output", "inout": "inout"}
    listed = ",\n".join(
        f"    {words[p['direction']]} wire [{p['bits'] - 1}:0] {p['name']}" for p in ports
    )
    return f"module {name} {f'#({given}) ' if given else ''}(\n{listed}\n);\n"
