"""Operators that serve several operations: how many there are, and never two turns."""

import re
from dataclasses import replace

import pytest
from kernel_runs import Kernel, played

from prompts.design import Design
from tools.hls import frontend
from tools.hls.capture import capture
from tools.hls.compile import Hardware, to_hardware
from tools.hls.engine import hls
from tools.hls.schedule.delays import shipped
from tools.hls.signature import read
from tools.hls.timing import Clock
from tools.hls.verify import overlaps
from tools.ports import by_ports
from tools.report import Report

LIMITED = """int top(const KIND a[64], const KIND b[64], const KIND c[64]) {
PRAGMA
    int t = 0;
    for (int i = 0; i < 64; i++) t += a[i] * b[i] + b[i] * c[i] + a[i] * c[i] + (a[i] + 1) * c[i];
    return t;
}
"""


def _hardware(kernel: Kernel) -> Hardware:
    made = frontend.read(kernel.sources, read(kernel.sources, kernel.top))
    return to_hardware(made, Clock(10.0, shipped("ecp5")))


def _watched(verilog: str) -> str:
    """The Verilog, which stops the simulation when a unit has two turns at once."""
    lines = []
    for name, text in re.findall(r"assign (unit\d+)_a = (.*);", verilog):
        turns = re.findall(r"run\d+\[\d+\]|in_S\w+", text)
        total = " + ".join(f"{{3'd0, {turn}}}" for turn in dict.fromkeys(turns))
        lines.append(f'    always @(posedge ap_clk) if ({total} > 1) $fatal(1, "{name}");')
    assert lines
    return verilog.replace("endmodule", "\n".join([*lines, "endmodule"]), 1)


def test_multipliers_serve_the_slots_of_a_loop_s_interval() -> None:
    kernel = Kernel.load("mul_limit")  # four products in an interval of 2 cycles, two before
    found = _hardware(kernel)
    assert [len(unit.uses) for unit in found.units] == [2, 2, 2]
    assert overlaps(found.schedules, found.units) == []
    signature = read(kernel.sources, kernel.top)
    calls = capture(signature, kernel.sources, kernel.testbench)
    verilog = {"kernel.v": _watched(found.verilog)}
    vectors = calls.vectors(by_ports(signature.interface, verilog))
    played(Design(verilog, kernel.top), vectors)


def test_products_of_one_cycle_are_found() -> None:
    found = _hardware(Kernel.load("mul_limit"))
    unit = next(u for u in found.units if found.schedules[u.uses[0].block].interval)
    use = unit.uses[0]
    schedule = found.schedules[use.block]
    assert schedule.interval
    moved = {**schedule.cycles, use.op.id: use.cycle + schedule.interval}
    later = {**found.schedules, use.block: replace(schedule, cycles=moved)}
    assert overlaps(later, found.units) == []
    moved[use.op.id] = unit.uses[1].cycle
    (said,) = overlaps({**found.schedules, use.block: replace(schedule, cycles=moved)}, found.units)
    assert "share an operator" in said


def _limited(pragma: str, kind: str = "short") -> Report:
    text = LIMITED.replace("KIND", kind).replace("PRAGMA", pragma)
    report = hls(Design({"k.cpp": text}, "top"))
    assert report.passed, report.text()
    return report


@pytest.mark.parametrize("kind", ["short", "int"])
@pytest.mark.parametrize("limit", [1, 2, 3])
def test_allocation_limits_multipliers_and_so_the_interval(kind: str, limit: int) -> None:
    report = _limited(f"#pragma HLS ALLOCATION operation instances=mul limit={limit}", kind)
    (loop,) = report.details["loops"]
    assert loop["ii"] == -(-4 // limit) and "ALLOCATION" in loop["why"]
    pieces = 3 if kind == "int" else 1  # the clock cuts a product of 32 bits into three
    products = sum(o["count"] for o in report.details["operators"] if o["kind"] == "mul")
    spared = sum(unit["serves"] - 1 for unit in report.details["shared"])
    assert products - spared <= limit * pieces


@pytest.mark.parametrize(
    ("pragma", "why"),
    [
        ("operation instances=add limit=1", "multiplexer"),
        ("function instances=f limit=1", "there is no function 'f'"),
        ("operation instances=mul", "limit=N"),
        ("operation instances=frobnicate limit=2", "'frobnicate'"),
    ],
)
def test_what_allocation_cannot_do_is_said(pragma: str, why: str) -> None:
    report = _limited(f"#pragma HLS ALLOCATION {pragma}")
    (said,) = [d for d in report.diagnostics if d.code == "PRAGMA"]
    assert said.severity == "warning" and why in said.message and said.line == 2
