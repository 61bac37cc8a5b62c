"""Plotly figures: area against latency of measured designs, and signals over time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

import plotly.graph_objects as go

from tools.waves import Radix, Value, text_of

ACCENT, BASE, CONTEXT = "#1f9aa5", "#d9822b", "#8a98a0"
"""Colours that read on light and dark pages: compared designs, the baseline, all others."""
WAVE_LETTERS = 150
"""Letters of a value that fit into the width of a waveform."""
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


def area_latency(points: Sequence[Point], latency: str, unit: str = "LUT") -> go.Figure:
    """Area against latency with the Pareto front.

    `latency` is the title of its axis with the unit, `unit` what the area is measured in.
    """
    chart = go.Figure()
    _front(chart, points, ACCENT)
    compared = [p for p in points if p.mark]
    _dots(chart, [p for p in points if not p.mark], "Other runs", CONTEXT, 9, unit)
    _dots(chart, compared[1:], "Compared", ACCENT, 22, unit)
    _dots(chart, compared[:1], "Baseline", BASE, 22, unit)
    chart.update_layout(
        height=440,
        margin={"l": 10, "r": 10, "t": 20, "b": 10},
        legend={"orientation": "h", "y": 1.08, "x": 0},
        xaxis={"title": f"Area ({unit})", "type": _scale([p.area for p in points])},
        yaxis={"title": latency, "type": _scale([p.latency for p in points])},
    )
    return chart


def sweep(series: Mapping[str, Sequence[Point]], parameter: str, latency: str) -> go.Figure:
    """Area in LUT against latency of each way to build a design, over values of a parameter.

    The `mark` of a point is the parameter's value. The front is that of all points together.
    """
    chart = go.Figure()
    shown = [point for points in series.values() for point in points]
    _front(chart, shown, CONTEXT)
    for (name, points), colour in zip(series.items(), (ACCENT, BASE), strict=False):
        chart.add_scatter(
            x=[p.area for p in points],
            y=[p.latency for p in points],
            mode="markers+text",
            marker={"size": 10, "color": colour},
            text=[p.mark for p in points],
            textposition="top right",
            name=name,
        )
    chart.update_layout(
        height=440,
        margin={"l": 10, "r": 10, "t": 20, "b": 10},
        legend={"orientation": "h", "y": 1.08, "x": 0},
        xaxis={"title": "Area (LUT)", "type": _scale([p.area for p in shown])},
        yaxis={"title": latency, "type": _scale([p.latency for p in shown])},
        annotations=[{"text": f"numbers: {parameter}", "showarrow": False, "xref": "paper",
                      "yref": "paper", "x": 1, "y": 1.07, "xanchor": "right"}],
    )  # fmt: skip
    return chart


def step_plot(
    rows: Sequence[tuple[str, int, Sequence[tuple[int, Value]]]],
    cycles: tuple[float, float],
    steps: int,
    radix: Radix,
) -> go.Figure:
    """A row for each (name, bits, changes), over the cycles, of which each has `steps` times.

    One bit is drawn as a step; a wider signal as a band with its values as text.
    """
    chart = go.Figure()
    for index, (name, bits, trace) in enumerate(rows):
        base = float(len(rows) - 1 - index)
        times = [time / steps for time, _ in trace] + [cycles[1]]
        texts = [text_of(value, bits, radix) for _, value in trace]
        if bits == 1:
            levels = [base + (0.7 if value == 1 else 0.0) for _, value in trace]
            x, y, labels = times, [*levels, *levels[-1:]], [*texts, *texts[-1:]]
        else:
            x = [t for a, b in zip(times, times[1:], strict=False) for t in (a, a, b, b)]
            y = [base + up for _ in texts for up in (0.7, 0.0, 0.0, 0.7)]
            labels = [text for text in texts for _ in range(4)]
            _values(chart, times, texts, base, cycles)
        chart.add_scatter(
            x=x,
            y=y,
            mode="lines",
            line={"shape": "hv", "width": 1.2, "color": ACCENT if bits == 1 else CONTEXT},
            text=labels,
            hovertemplate="%{text}<extra>cycle %{x}</extra>",
            name=name,
        )
    names = [name for name, _, _ in rows][::-1]
    chart.update_layout(
        height=90 + 34 * len(rows),
        margin={"l": 10, "r": 10, "t": 10, "b": 10},
        showlegend=False,
        xaxis={"title": "Clock cycle", "range": list(cycles)},
        yaxis={
            "tickvals": [index + 0.35 for index in range(len(rows))],
            "ticktext": [escape(name) for name in names],
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
            "range": [-0.3, len(rows)],
        },
    )
    return chart


def _values(
    chart: go.Figure,
    times: Sequence[float],
    texts: Sequence[str],
    base: float,
    cycles: tuple[float, float],
) -> None:
    """A bus's values in the middle of where they hold, where there is room."""
    room = (cycles[1] - cycles[0]) / WAVE_LETTERS
    spans = [
        ((a + b) / 2, text)
        for a, b, text in zip(times, times[1:], texts, strict=False)
        if b - a >= room * len(text)
    ]
    chart.add_scatter(
        x=[x for x, _ in spans],
        y=[base + 0.35 for _ in spans],
        mode="text",
        text=[text for _, text in spans],
        textfont={"size": 10},
        hoverinfo="skip",
    )


def _front(chart: go.Figure, points: Sequence[Point], colour: str) -> None:
    front = pareto(points)
    chart.add_scatter(
        x=[p.area for p in front],
        y=[p.latency for p in front],
        mode="lines",
        line={"shape": "hv", "dash": "dot", "width": 1.5, "color": colour},
        name="Pareto front",
        hoverinfo="skip",
    )


def _dots(
    chart: go.Figure, points: Sequence[Point], name: str, colour: str, size: int, unit: str
) -> None:
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
        hovertemplate=f"%{{customdata[1]}}<br>%{{x:,.0f}} {unit}, %{{y:.4~g}}"
        "<extra>%{customdata[0]}</extra>",
        name=name,
    )


def _scale(values: Sequence[float]) -> str:
    """Logarithmic when the values span orders of magnitude, and all are above zero."""
    if values and min(values) > 0 and max(values) / min(values) > LOG_FROM:
        return "log"
    return "linear"
