"""Making the tools ready ahead of the first design: what they compile once for a machine."""

from prompts.design import Design
from tools.errors import ToolError
from tools.place_route import place_route
from tools.verilator import make_runtime

_FLOP = "module flop(input clk, input d, output reg q); always @(posedge clk) q <= d; endmodule"


def make_ready() -> str:
    """Compile Verilator's runtime and nextpnr; returns what went wrong, "" when nothing did."""
    try:
        make_runtime()
        place_route(Design({"flop.v": _FLOP}, "flop"))
    except ToolError as error:
        return str(error)
    return ""
