"""The part of a co-simulation's waveform that people look at first, as a figure."""

from collections.abc import Sequence
from pathlib import Path

import plotly.graph_objects as go

from app.charts import step_plot
from prompts.interface import Interface
from tools.waves import Radix, Signal, window

STEPS = 2
"""Units of time in a clock cycle."""


def usual(there: Sequence[Signal], interface: Interface) -> list[str]:
    """Control, each port, and what is expected of an output, as far as they are there."""
    names = {signal.path for signal in there}
    top = ["TOP.cosim.clk", "TOP.cosim.in_call", "TOP.cosim.mismatches"]
    for port in interface.ports():
        top.append(f"TOP.cosim.dut.{port.name}")
        for ending in ("_TDATA", "_d0", ""):
            stem = port.name.removesuffix(ending)
            if port.direction == "output" and port.name.endswith(ending) and stem:
                top.append(f"TOP.cosim.{stem}_expects")
    quiet = {"TOP.cosim.dut.ap_clk", "TOP.cosim.dut.ap_rst"}
    return [name for name in dict.fromkeys(top) if name in names and name not in quiet]


def short(path: str) -> str:
    """A signal's name without the testbench that it is in."""
    return path.removeprefix("TOP.cosim.").removeprefix("TOP.")


def drawn(path: Path, chosen: Sequence[str], start: int, cycles: int, radix: Radix) -> go.Figure:
    """The signals over some clock cycles of a waveform file."""
    begin, end = start * STEPS, (start + cycles) * STEPS
    found = window(path, chosen, begin, end)
    rows = [(short(name), found.bits(name), found.traces[name]) for name in chosen]
    return step_plot(rows, (begin / STEPS, end / STEPS), STEPS, radix)
