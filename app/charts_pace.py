"""A Plotly figure: how near the kernels of the library come to the least number of cycles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from app.charts import ACCENT, BASE, CONTEXT


@dataclass(frozen=True)
class Pace:
    """The cycles of one configuration of a kernel, and the least that its multipliers allow."""

    kernel: str
    way: str
    """How it came about, a key of `COLOURS`."""
    size: str
    """Which configuration, a key of `SYMBOLS`."""
    cycles: float
    bound: float


COLOURS: Mapping[str, str] = {"Verilog": ACCENT, "HLS": BASE}
SYMBOLS: Mapping[str, str] = {"small": "circle", "scaled": "diamond"}


def cycles_against_bound(paces: Sequence[Pace]) -> go.Figure:
    """A row for each kernel, a mark for each way and size: cycles as a multiple of the bound."""
    chart = go.Figure()
    for way, colour in COLOURS.items():
        for size, symbol in SYMBOLS.items():
            shown = [p for p in paces if (p.way, p.size) == (way, size)]
            chart.add_scatter(
                x=[p.cycles / p.bound for p in shown],
                y=[p.kernel for p in shown],
                mode="markers",
                marker={"color": colour, "symbol": symbol, "size": 11, "opacity": 0.85},
                customdata=[[p.cycles, p.bound] for p in shown],
                hovertemplate="%{y}: %{customdata[0]:,.0f} cycles, at least %{customdata[1]:,.0f}"
                f"<extra>{way}, {size}</extra>",
                name=f"{way}, {size}",
            )
    names = sorted({p.kernel for p in paces}, reverse=True)
    chart.add_vline(x=1, line={"color": CONTEXT, "dash": "dot", "width": 1.5})
    chart.update_layout(
        height=120 + 26 * len(names),
        margin={"l": 10, "r": 10, "t": 20, "b": 10},
        legend={"orientation": "h", "y": 1.08, "x": 0},
        xaxis={"title": "Cycles of a call, as a multiple of the bound", "type": "log"},
        yaxis={"categoryorder": "array", "categoryarray": names},
    )
    return chart
