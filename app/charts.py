"""Plotly figures of measured designs: area against latency, and the best of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

ACCENT, BASE, CONTEXT = "#1f9aa5", "#d9822b", "#8a98a0"
"""Colours that read on light and dark pages: compared designs, the baseline, all others."""
LOG_FROM = 30.0
"""An axis whose largest value is this many times its smallest is logarithmic."""


@dataclass(frozen=True)
class Point:
    """A design in the chart; `mark` is the letter of a compared one, empty for the others."""

    run_id: str
    mark: str
    area: float
    latency: float
    about: str


def pareto(points: Sequence[Point]) -> list[Point]:
    """The points that no other one beats in area and latency at once, by growing area."""
    front: list[Point] = []
    for point in sorted(points, key=lambda p: (p.area, p.latency)):
        if not front or point.latency < front[-1].latency:
            front.append(point)
    return front


def area_latency(points: Sequence[Point], latency: str) -> go.Figure:
    """Area against latency with the Pareto front; `latency` is the axis's title with its unit."""
    chart = go.Figure()
    front = pareto(points)
    chart.add_scatter(
        x=[p.area for p in front],
        y=[p.latency for p in front],
        mode="lines",
        line={"shape": "hv", "dash": "dot", "width": 1.5, "color": ACCENT},
        name="Pareto front",
        hoverinfo="skip",
    )
    compared = [p for p in points if p.mark]
    _dots(chart, [p for p in points if not p.mark], "Other runs", CONTEXT, 9)
    _dots(chart, compared[1:], "Compared", ACCENT, 22)
    _dots(chart, compared[:1], "Baseline", BASE, 22)
    chart.update_layout(
        height=440,
        margin={"l": 10, "r": 10, "t": 20, "b": 10},
        legend={"orientation": "h", "y": 1.08, "x": 0},
        xaxis={"title": "Area (LUT)", "type": _scale([p.area for p in points])},
        yaxis={"title": latency, "type": _scale([p.latency for p in points])},
    )
    return chart


def _dots(chart: go.Figure, points: Sequence[Point], name: str, colour: str, size: int) -> None:
    if not points:
        return
    chart.add_scatter(
        x=[p.area for p in points],
        y=[p.latency for p in points],
        mode="markers+text",
        marker={"size": size, "color": colour, "line": {"width": 1, "color": "white"}},
        text=[p.mark for p in points],
        textposition="middle center",
        textfont={"color": "white", "size": 12, "weight": "bold"},
        customdata=[[p.run_id, p.about] for p in points],
        hovertemplate="%{customdata[1]}<br>%{x:,.0f} LUT, %{y:.4~g}<extra>%{customdata[0]}</extra>",
        name=name,
    )


def _scale(values: Sequence[float]) -> str:
    """Logarithmic when the values span orders of magnitude, and all are above zero."""
    if values and min(values) > 0 and max(values) / min(values) > LOG_FROM:
        return "log"
    return "linear"
