"""Operators that serve several operations: how many there are, and never two turns."""

import re
from dataclasses import replace

from kernel_runs import Kernel, played

from prompts.design import Design
from tools.hls import frontend
from tools.hls.capture import capture
from tools.hls.compile import Hardware, to_hardware
from tools.hls.schedule.delays import shipped
from tools.hls.signature import read
from tools.hls.timing import Clock
from tools.hls.verify import overlaps
from tools.ports import by_ports


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
    kernel = Kernel.load("bank_sum")  # eight products, in an interval of 3 cycles
    found = _hardware(kernel)
    assert sorted(len(unit.uses) for unit in found.units) == [2, 3, 3]
    assert overlaps(found.schedules, found.units) == []
    signature = read(kernel.sources, kernel.top)
    calls = capture(signature, kernel.sources, kernel.testbench)
    verilog = {"kernel.v": _watched(found.verilog)}
    vectors = calls.vectors(by_ports(signature.interface, verilog))
    played(Design(verilog, kernel.top), vectors)


def test_products_of_one_cycle_are_found() -> None:
    found = _hardware(Kernel.load("bank_sum"))
    use = found.units[0].uses[0]
    schedule = found.schedules[use.block]
    assert schedule.interval
    moved = {**schedule.cycles, use.op.id: use.cycle + schedule.interval}
    later = {**found.schedules, use.block: replace(schedule, cycles=moved)}
    assert overlaps(later, found.units) == []
    moved[use.op.id] = found.units[0].uses[1].cycle
    (said,) = overlaps({**found.schedules, use.block: replace(schedule, cycles=moved)}, found.units)
    assert "share an operator" in said
