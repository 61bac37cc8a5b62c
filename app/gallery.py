"""Pictures of the library's kernels as SVG files: made by the tools, none of them by hand."""

from collections.abc import Callable, Iterator, Sequence

import plotly.graph_objects as go

from app.block_diagram import block_diagram
from app.charts import Point, sweep
from app.library.steps import by_hand, generated
from app.waveform import STEPS, drawn, usual
from prompts.demo import Demo
from prompts.design import Design
from prompts.sheet import Setting
from tools.cosim import cosim
from tools.errors import ToolError
from tools.place_route import place_route
from tools.report import Report
from tools.schematic import schematic
from tools.waves import signals, window

TARGET, CLOCK_MHZ = "ecp5-85k", 100.0
_CALL = "TOP.cosim.in_call"
CYCLES = 24
"""Of the waveform."""
WIDTH = 1000
"""Of charts, in pixels."""


def blocks(demo: Demo) -> str:
    """A kernel's block diagram."""
    return block_diagram(demo, demo.settle())


def circuit(demo: Demo) -> str:
    """The schematic of a kernel's Verilog, in its default configuration."""
    report = schematic(by_hand(demo.design(demo.settle())), engine="own")
    return str(_passed(report).details["svg"])


def waveform(demo: Demo) -> str:
    """How a call of a kernel begins in co-simulation: the last one that is made alone."""
    settings = demo.settle()
    vectors = demo.vectors(settings)
    report = cosim(by_hand(demo.design(settings)), vectors, trace=True)
    path = _passed(report).artifacts["waves.vcd"]
    calls = window(path, (_CALL,)).traces[_CALL]
    begins = next(time for time, call in calls if call == len(vectors.calls) - 1)
    chosen = usual(signals(path), demo.interface(settings))
    ports = [name for name in chosen if name.split(".")[2] not in ("in_call", "mismatches")]
    return as_svg(drawn(path, ports, begins // STEPS, CYCLES, "hex"))


def explored(
    demo: Demo, parameter: str, values: Sequence[Setting], told: Callable[[str], None]
) -> str:
    """Area against time of a call, for values of a parameter: by hand, and by HLS.

    Every point is verified by co-simulation, placed and routed; `told` hears of each.
    """
    series: dict[str, list[Point]] = {"Verilog by hand": [], "HLS of the C++": []}
    for value in values:
        settings = demo.settle({parameter: value})
        vectors = demo.vectors(settings)
        for points, design in zip(series.values(), _both(demo.design(settings)), strict=True):
            cycles = _passed(cosim(design, vectors)).metrics["cycles"]
            figures = place_route(design, TARGET, CLOCK_MHZ).metrics
            if "fmax_mhz" not in figures:
                continue  # it does not fit
            told(f"{parameter} {value}: {cycles:,.0f} cycles, {figures['luts']:,.0f} LUT, "
                 f"{figures['fmax_mhz']:.0f} MHz")  # fmt: skip
            time_us = cycles / figures["fmax_mhz"]
            points.append(Point("", str(value), figures["luts"], time_us, ""))
    return as_svg(sweep(series, parameter, "Time of a call (µs)"))


def as_svg(chart: go.Figure) -> str:
    """A Plotly figure as SVG. Raises `ToolError` without a Chromium to draw it."""
    chart.update_layout(paper_bgcolor="white", plot_bgcolor="#f7f9fa", font={"size": 13})
    try:
        made: bytes = chart.to_image("svg", width=WIDTH)
    except Exception as error:  # the library has many kinds, for its browser's troubles
        text = f"charts are drawn by a Chromium (`apt-get install chromium`), which failed: {error}"
        raise ToolError(text) from error
    return made.decode()


def _both(design: Design) -> Iterator[Design]:
    yield by_hand(design)
    made, report = generated(design)
    if made is None:
        raise ToolError(f"HLS of {design.top!r}: {report.summary}")
    yield made


def _passed(report: Report) -> Report:
    if not report.passed:
        raise ToolError(f"{report.tool}: {report.summary}")
    return report
