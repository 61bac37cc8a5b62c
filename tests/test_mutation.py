"""The strength of tests: mutants, empty designs, and the scores of strong and weak vectors."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from prompts.demos import demos
from prompts.design import Design
from prompts.sheet import Setting
from prompts.vectors import Vectors
from tools.cosim import cosim
from tools.csim import csim
from tools.empty import empty, empty_cxx
from tools.errors import ToolError
from tools.mutate import cxx_mutants, mutants
from tools.parse import parse
from tools.strength import strength
from tools.strength import testbench_strength as score_of_testbench

SMALL: Mapping[str, dict[str, Setting]] = {
    "conv2d": {"height": 6, "width": 6, "lanes": 3},
    "dot_product": {"length": 16, "lanes": 4},
    "fir": {"taps": 4, "samples": 16, "lanes": 4},
    "gemm_systolic": {"rows": 2, "cols": 2, "m": 4, "k": 4, "n": 4},
    "relu_requant": {"length": 16, "lanes": 2},
    "snapkv": {
        "heads": 1, "window": 2, "positions": 16, "dim": 4, "keep": 4, "pool_size": 3, "lanes": 4,
    },
    "softmax": {"rows": 2, "length": 8},
}  # fmt: skip
ADDER = """\
module adder (input [7:0] a, input [7:0] b, output [7:0] y);
    assign y = a + b;
endmodule
"""
TESTBENCH = """\
module tb;
    reg [7:0] a = {a}, b = {b};
    wire [7:0] y;
    adder dut (a, b, y);
    initial begin
        #1 if (y == a + b) $display("PASS"); else $display("FAIL: y is %0d", y);
        $finish;
    end
endmodule
"""


def small(name: str, count: int = 16) -> tuple[Design, Vectors]:
    demo = demos()[name]
    settings = demo.settle(SMALL[name])
    return demo.design(settings), demo.vectors(settings, seed=3, count=count)


def waiting(design: Design, vectors: Vectors) -> str:
    """A weak testbench: it calls once with zeros, waits for the end and compares nothing."""
    tied = "".join(
        f", .{port.name}({'1' if port.name.endswith(('_TVALID', '_TREADY')) else '0'})"
        for argument in vectors.interface.arguments
        for port in argument.ports()
        if port.direction == "input"
    )
    return f"""\
module tb;
    reg clk = 0, rst = 1, start = 0;
    wire done;
    integer n;
    {design.top} dut (.ap_clk(clk), .ap_rst(rst), .ap_start(start), .ap_done(done){tied});
    always #5 clk = !clk;
    initial begin
        repeat (4) @(negedge clk);
        rst = 0;
        start = 1;
        for (n = 0; n < 100000 && !done; n = n + 1) @(negedge clk);
        if (done) $display("PASS"); else $display("FAIL: no end");
        $finish;
    end
endmodule
"""


def adder(text: str = ADDER) -> Design:
    return Design({"adder.v": text}, "adder")


def bench(a: int, b: int) -> str:
    return TESTBENCH.replace("{a}", str(a)).replace("{b}", str(b))


@pytest.mark.parametrize("name", sorted(SMALL))
def test_mutants_are_the_same_each_time_and_elaborate(name: str) -> None:
    design, _ = small(name)
    found = mutants(design, 12)
    again = mutants(design, 12, cache=False)
    assert [m.design for m in found] == [m.design for m in again]
    assert [m.design for m in found] != [m.design for m in mutants(design, 12, seed=1)]
    assert len({m.design.files[m.file] for m in found} | {design.files[f"{name}.v"]}) == 13
    assert len({m.kind for m in found}) >= 8
    for mutant in found[:2]:
        assert parse(mutant.design).passed, mutant.text()
        line = design.files[mutant.file].splitlines()[mutant.line - 1]
        assert mutant.original.splitlines()[0] in line


def test_every_kind_of_fault_is_made() -> None:
    text = """\
module leaf (input a, input b, output y);
    assign y = a & ~b;
endmodule
module top (input clk, input rst, input signed [3:0] a, b, output reg [3:0] q, output y);
    wire signed [3:0] c = a >>> 1;
    leaf leaf (.a(a[0]), .b(b[1:1]), .y(y));
    always @(posedge clk)
        if (rst) q <= 4'd0;
        else if (a < b) q <= c + 4'd1;
endmodule
"""
    found = mutants(Design({"top.v": text}, "top"), 1000)
    assert {m.kind for m in found} == {
        "assignment", "compare", "condition", "constant", "dropped", "operator", "ports", "range",
        "reset", "signed", "width",
    }  # fmt: skip
    changes = {(m.line, m.original, m.mutated) for m in found}
    assert (2, "~", "") in changes
    assert (8, "rst", "1'b0") in changes
    assert (8, "4'd0", "4'd15") in changes
    assert (9, "<", "<=") in changes
    assert (9, "q <= c + 4'd1;", ";") in changes


@pytest.mark.parametrize("name", sorted(SMALL))
def test_an_empty_design_fails_a_demo_s_own_vectors(name: str) -> None:
    design, vectors = small(name, count=1)
    for answers in (True, False):
        nothing = empty(design, answers)
        assert parse(nothing).passed
        assert not cosim(nothing, vectors, max_cycles=300).passed


@pytest.mark.parametrize("name", ["dot_product"])
def test_strong_vectors_notice_more_than_weak_ones(name: str) -> None:
    compare(name, limit=8, time_s=40)


@pytest.mark.full
@pytest.mark.parametrize("name", sorted(SMALL))
def test_strong_vectors_notice_more_of_many_mutants(name: str) -> None:
    compare(name, limit=40, time_s=400)


def compare(name: str, limit: int, time_s: float) -> None:
    """Strong vectors notice nearly all faults that are known to be faults, weak ones do not.

    What the prover cannot decide in the time counts against the score, so that has a lower bound.
    """
    design, vectors = small(name)
    strong = strength(design, vectors, limit=limit, time_s=time_s)
    weak = score_of_testbench(design, waiting(design, vectors), limit=limit, time_s=time_s)
    assert strong.metrics["empty_rejected"] == 1
    told = ("equivalent", "equivalent_in_use", "undecided")
    decided = strong.metrics["mutants"] - sum(strong.metrics[fate] for fate in told)
    assert strong.metrics["killed"] >= 0.9 * decided, strong.text()
    assert strong.metrics["score"] >= 0.5, strong.text()
    assert weak.metrics["score"] <= strong.metrics["score"] - 0.2, weak.text()


def test_a_testbench_is_scored_and_its_survivors_are_named() -> None:
    strong = score_of_testbench(adder(), bench(200, 57), limit=10, time_s=60)
    assert strong.passed
    assert strong.metrics["score"] == 1
    weak = score_of_testbench(adder(), bench(0, 0), limit=10, time_s=60)
    assert not weak.passed
    assert weak.metrics["empty_rejected"] == 0
    survivor = next(s for s in weak.details["survivors"] if s["kind"] == "operator")
    assert (survivor["file"], survivor["line"], survivor["fate"]) == ("adder.v", 2, "survived")
    assert (survivor["original"], survivor["mutated"]) == ("+", "-")


def test_an_equivalent_mutant_does_not_count() -> None:
    text = ADDER.replace("a + b", "a + b + (a & 8'd0)")
    report = score_of_testbench(adder(text), bench(200, 57), limit=40, time_s=120)
    assert report.metrics["equivalent"] >= 1
    tried = report.metrics["mutants"] - report.metrics["equivalent"]
    assert report.metrics["score"] == report.metrics["killed"] / tried


@pytest.mark.parametrize("name", ["dot_product", "relu_requant"])
def test_cxx_mutants_compile_and_are_noticed(name: str) -> None:
    design, vectors = small(name)
    found = cxx_mutants(design, 4)
    assert [m.design for m in found] == [m.design for m in cxx_mutants(design, 4, cache=False)]
    for mutant in found:
        assert mutant.design.files != design.files
        assert "not compile" not in csim(mutant.design, vectors).summary
    report = strength(design, vectors, language="c++", limit=6, time_s=120)
    assert report.metrics["empty_rejected"] == 1
    assert report.metrics["killed"] >= 1


def test_an_empty_function_has_the_signature_alone() -> None:
    design, vectors = small("dot_product", count=1)
    assert not csim(empty_cxx(design), vectors).passed
    with pytest.raises(ToolError, match="no function 'other' with a body"):
        empty_cxx(replace(design, top="other"))


def test_what_cannot_be_scored_is_said() -> None:
    design, vectors = small("dot_product", count=1)
    with pytest.raises(ToolError, match="does not pass on the design itself"):
        score_of_testbench(adder(ADDER.replace("+", "-")), bench(3, 4))
    with pytest.raises(ToolError, match="the design has none"):
        mutants(Design({"a.cpp": "void a() {}"}, "a"))
    with pytest.raises(ToolError, match="the design has none"):
        strength(Design(design.verilog, design.top), vectors, language="c++")
    with pytest.raises(ToolError, match="does not elaborate"):
        mutants(adder(ADDER.replace("endmodule", "")))
    with pytest.raises(ToolError, match="the ports of 'adder' are not known"):
        empty(adder(ADDER.replace("adder", "other")))
    careless = 'module tb; adder dut (); initial $display("PASS"); endmodule'
    for limit, time_s in ((0, 10.0), (10, 0.0)):
        with pytest.raises(ToolError, match="limit must be at least 1, and time_s above 0"):
            strength(design, vectors, limit=limit, time_s=time_s)
    with pytest.raises(ToolError, match="no mutant was tried"):
        score_of_testbench(adder("module adder (input a, output y);\nendmodule"), careless)
