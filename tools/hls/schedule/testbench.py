"""A Verilog testbench that makes calls of a pipeline, one in nearly every cycle, and compares."""

from collections.abc import Iterable, Mapping, Sequence

from tools.hls.schedule.graph import Graph

Example = tuple[Mapping[str, int], Mapping[str, int]]
"""The inputs of a call and its outputs by name, as unsigned numbers."""
_BUBBLE = 7
"""One cycle of so many brings no call, so that the valid bits are tested too."""
_COURSE = """
    initial begin
        repeat (3) begin #5 clk = 1; #5 clk = 0; end
        rst = 0;
        while (taken < {calls} && cycle < {limit}) begin
            go = sent < {calls} && cycle % {bubble} != 0;
            now = go ? given[sent] : 0;
            #1;
            if (done) begin
                if (got !== wanted[taken]) wrong = wrong + 1;
                taken = taken + 1;
            end
            #4 clk = 1;
            #5 clk = 0;
            if (go) sent = sent + 1;
            cycle = cycle + 1;
        end
        if (wrong == 0 && taken == {calls}) $display("PASS");
        else $display("FAIL: %0d of %0d calls came back, %0d wrong", taken, {calls}, wrong);
        $finish;
    end
endmodule
"""


def bench_for(graph: Graph, examples: Sequence[Example], top: str) -> str:
    """The testbench `tb` of a pipeline of this graph, which prints PASS when all is as expected."""
    inputs = [(node.name, node.bits) for node in graph.inputs]
    outputs = [(name, len(word)) for name, word in graph.outputs]
    taken, given = sum(b for _, b in inputs), sum(b for _, b in outputs)
    calls = len(examples)
    lines = [
        "`timescale 1ns/1ps",
        "module tb;",
        "    reg clk = 0, rst = 1, go = 0;",
        "    wire done;",
        "    integer sent = 0, taken = 0, cycle = 0, wrong = 0;",
        f"    reg [{taken - 1}:0] given [0:{calls - 1}];",
        f"    reg [{given - 1}:0] wanted [0:{calls - 1}];",
        f"    reg [{taken - 1}:0] now = 0;",
        f"    wire [{given - 1}:0] got;",
        f"    {top} dut(.ap_clk(clk), .ap_rst(rst), .ap_vld_in(go), .ap_vld_out(done),",
        "        " + ", ".join([*_ports(inputs, "in", "now"), *_ports(outputs, "out", "got")]),
        "    );",
        "    initial begin",
    ]
    for number, (before, after) in enumerate(examples):
        lines.append(f"        given[{number}] = {taken}'h{_joined(inputs, before):x};")
        lines.append(f"        wanted[{number}] = {given}'h{_joined(outputs, after):x};")
    lines.append("    end")
    limit = 4 * calls + 1000
    return "\n".join(lines) + _COURSE.format(calls=calls, limit=limit, bubble=_BUBBLE)


def _ports(names: Iterable[tuple[str, int]], way: str, vector: str) -> Iterable[str]:
    low = 0
    for name, bits in names:
        yield f".{name}_{way}({vector}[{low + bits - 1}:{low}])"
        low += bits


def _joined(names: Iterable[tuple[str, int]], values: Mapping[str, int]) -> int:
    """The values next to each other in one number, the first lowest."""
    joined = low = 0
    for name, bits in names:
        joined |= (values[name] & ((1 << bits) - 1)) << low
        low += bits
    return joined
