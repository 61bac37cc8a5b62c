"""Formal proofs: pairs of designs that are equal or not, assertions, and bad input."""

import threading
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from prompts.design import Design
from tools.equivalence import equivalent
from tools.errors import ToolError
from tools.prove import prove

PAIRS = Path(__file__).parent / "formal"


SLOW = {"adder_tree", "fifo_by_shifting", "registers_for_memory", "constant_multiply_one_value"}


def pairs(kind: str) -> list[ParameterSet]:
    return [
        pytest.param(path, id=path.stem, marks=[pytest.mark.full] if path.stem in SLOW else [])
        for path in sorted((PAIRS / kind).iterdir())
    ]


def two(path: Path) -> tuple[Design, Design]:
    gold, gate = path.read_text().split("// ---- gate\n")
    return Design({"gold.v": gold}, "m"), Design({"gate.v": gate}, "m")


@pytest.mark.parametrize("path", pairs("equal"))
def test_an_optimised_design_is_equal(path: Path) -> None:
    report = equivalent(*two(path), time_s=60)
    assert (report.details["verdict"], report.status) == ("equal", "passed"), report.text()


@pytest.mark.parametrize("path", pairs("different"))
def test_a_planted_bug_is_shown(path: Path) -> None:
    report = equivalent(*two(path), time_s=30)
    assert (report.details["verdict"], report.status) == ("different", "failed"), report.text()
    assert report.details["gold"] != report.details["gate"]
    assert len(report.details["inputs"]) == report.details["cycle"] + 1
    assert report.artifacts["counterexample.vcd"].stat().st_size > 0


def design(text: str, name: str = "m.sv", top: str = "m") -> Design:
    return Design({name: text}, top)


COUNTER = """\
module m(input clk, input rst, input en, output reg [3:0] c);
    always @(posedge clk) if (rst) c <= 0; else if (en) c <= c == {last} ? 0 : c + 1;
`ifdef FORMAL
    reg begun = 0;
    always @(posedge clk) begin
        begun <= 1;
        if (!begun) assume(rst);
        else {property};
    end
`endif
endmodule
"""


def counter(property: str, last: int = 9) -> Design:
    return design(COUNTER.format(property=property, last=last))


def test_an_assertion_that_holds_is_proved_for_ever() -> None:
    report = prove(counter("assert(c <= 9)"))
    assert (report.details["verdict"], report.status) == ("proved", "passed"), report.text()


def test_an_assertion_that_fails_is_shown_with_its_line_and_cycle() -> None:
    report = prove(counter("below: assert(c < 9)"))
    assert (report.details["verdict"], report.status) == ("violated", "failed")
    (found,) = report.diagnostics
    assert (found.file, found.line) == ("m.sv", 8)
    # The first cycle resets, and nine more count to 9.
    assert report.details["cycle"] == 10
    assert [row["c"] for row in report.details["trace"]][1:] == [f"{n:x}" for n in range(10)]
    assert report.artifacts["trace.vcd"].stat().st_size > 0


def test_a_bounded_search_does_not_claim_more() -> None:
    report = prove(counter("assert(c < 9)"), mode="bmc", depth=5)
    assert (report.details["verdict"], report.status) == ("bounded", "passed")
    assert report.details["cycles_searched"] == 5


def test_covers_are_reached_or_not() -> None:
    reached = prove(counter("cover(c == 7)"), mode="cover")
    assert reached.details["verdict"] == "covered" and reached.details["reached"] == {"m.sv:8": 8}
    missed = prove(counter("cover(c == 12)"), mode="cover")
    assert (missed.details["verdict"], missed.status) == ("uncovered", "failed")
    assert missed.diagnostics[0].line == 8


def test_assumptions_that_contradict_each_other_prove_nothing() -> None:
    report = prove(counter("begin assume(en != en); assert(0); end"))
    assert (report.details["verdict"], report.status) == ("unknown", "error")
    assert "contradict" in report.summary


def test_a_proof_needs_an_assertion_and_a_design_that_reads() -> None:
    assert "no assert statement" in prove(counter("cover(c == 1)")).summary
    broken = prove(design("module m(input a;\nendmodule\n"))
    assert broken.status == "error" and broken.diagnostics[0].line == 1


PASS = "module m(input clk, input rst, input [7:0] a, output reg [7:0] y);{}endmodule\n"
DELAY = PASS.format(" always @(posedge clk) y <= rst ? 0 : a; ")


@pytest.mark.parametrize(
    ("gate", "said"),
    [
        ("module m(input [3:0] a, output y); assign y = ;\nendmodule\n", "syntax error"),
        ("module other(input a, output y); assign y = a; endmodule\n", "not found"),
        ("module m(input a, output y); missing u(a, y); endmodule\n", "missing"),
        (PASS.format(" wire [7:0] w = w ^ a; always @* y = w; "), "loop without a register"),
        (DELAY.replace("[7:0] a", "[8:0] a"), "port a is an input of 8 bits in the gold, and"),
        (DELAY.replace("input rst", "input rst, input en"), "port en is in the gate and not"),
        (DELAY.replace("posedge clk", "negedge clk"), "several clocks"),
        (DELAY.replace("always", "reg [7:0] big [0:4095]; always"), ""),
    ],
)
def test_designs_that_cannot_be_compared_say_why(gate: str, said: str) -> None:
    report = equivalent(design(DELAY), design(gate))
    if said:
        assert (report.details["verdict"], report.status) == ("unknown", "error")
        assert said in report.diagnostics[0].message and said in report.summary
    else:
        assert report.details["verdict"] == "equal"  # the memory is not used


def test_wrong_use_is_an_error_in_words() -> None:
    with pytest.raises(ToolError, match="needs a Verilog file"):
        equivalent(design(DELAY), Design({"m.cpp": "int m();"}, "m"))
    with pytest.raises(ToolError, match="'nothing' is not an input of one bit"):
        equivalent(design(DELAY), design(DELAY), reset="nothing")
    with pytest.raises(ToolError, match="give a name and a Verilog number"):
        equivalent(design(DELAY), design(DELAY), parameters={"W": "8; shell"})


def test_the_reset_can_be_named() -> None:
    gold = DELAY.replace("rst", "clear")
    gate = gold.replace("? 0", "? 8'd1")
    report = equivalent(design(gold), design(gate), reset="clear")
    assert report.details["reset"] == "clear" and report.details["verdict"] == "different"
    assert report.details["inputs"][0]["clear"] == 1


def test_parameters_choose_the_setting() -> None:
    wide = (
        "module m #(parameter W = 4)(input [W-1:0] a, output [W-1:0] y); assign y = {}; endmodule"
    )
    flat = "module m(input [5:0] a, output [5:0] y); assign y = a << 1; endmodule"
    report = equivalent(
        design(wide.format("a + a")), design(flat), parameters={"W": "6"}, gate_parameters={}
    )
    assert report.details["verdict"] == "equal", report.text()


def test_a_gold_that_is_never_defined_does_not_equal_everything() -> None:
    free = "module m(input clk, output reg [3:0] c); always @(posedge clk) c <= c + {}; endmodule"
    other = equivalent(design(free.format(1)), design(free.format(2)))
    same = equivalent(design(free.format(1)), design(free.format("3'd1")))
    assert other.details["verdict"] == "different" and other.details["powered_up_at_zero"]
    assert same.details["verdict"] == "equal"  # from any value that the register powers up with


def test_no_answer_in_time_is_unknown_and_leaves_no_process() -> None:
    text = "module m(input [15:0] a, b, c, output [31:0] y); assign y = {}; endmodule"
    gold, gate = text.format("(a + b) * c"), text.format("a * c + c * b")
    children = Path(f"/proc/self/task/{threading.get_native_id()}/children")
    before = set(children.read_text().split())
    report = equivalent(design(gold), design(gate.replace("a * c", "{16'd0, a} * c")), time_s=3)
    assert (report.details["verdict"], report.status) == ("unknown", "error")
    assert "time" in report.details["reason"]
    assert set(children.read_text().split()) <= before
