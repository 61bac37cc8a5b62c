"""State machines and cones of small designs, known by hand."""

import pytest

from prompts.design import Design
from tools.errors import RequestError
from tools.structure import cone, state_machines

MACHINE = """\
module m(input clk, input rst, input go, input [3:0] n, output busy, output done);
    reg [1:0] state;
    reg [3:0] c;
    assign done = state == 2;
    assign busy = state == 1;
    always @(posedge clk)
        if (rst) state <= 0;
        else case (state)
            0: if (go) begin state <= 1; c <= n; end
            1: begin c <= c - 1; if (c == 0) state <= 2; end
            default: state <= 0;
        endcase
endmodule
"""
DESIGN = Design({"m.v": MACHINE}, "m")


def test_a_state_machine_is_read_with_its_transitions() -> None:
    report = state_machines(DESIGN)
    (machine,) = report.details["machines"]
    assert (machine["module"], machine["register"]) == ("m", "state")
    assert sorted(state["code"] for state in machine["states"]) == ["00", "01", "10"]
    assert [s["code"] for s in machine["states"] if s["reset"]] == ["00"]
    steps = {(step["from"], step["to"]): step["when"] for step in machine["transitions"]}
    assert set(steps[("00", "01")]) == {"go = 1", "rst = 0"}
    assert ("10", "01") not in steps and ("00", "10") not in steps


def test_a_design_without_a_state_machine_has_none() -> None:
    plain = Design({"m.v": "module m(input a, output y); assign y = !a; endmodule"}, "m")
    assert state_machines(plain).metrics == {"machines": 0}


def test_a_cone_goes_back_to_registers_and_ports() -> None:
    done = cone(DESIGN, "done").details
    assert (done["registers"], done["ports"]) == (["state"], [])
    assert done["cells"] == [{"type": "eq", "file": "m.v", "line": 4}]
    counter = cone(DESIGN, "c").details
    assert set(counter["registers"]) == {"state", "c"}
    assert {"n", "go"} <= set(counter["ports"]) and "clk" not in counter["ports"]


def test_a_wrong_signal_is_answered_with_those_there_are() -> None:
    with pytest.raises(RequestError, match="no signal 'don'; it has .*done"):
        cone(DESIGN, "don")
