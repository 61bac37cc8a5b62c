"""Plotly figures of a kernel's schedule: a Gantt chart of its blocks, and registers by ISDC."""

from collections.abc import Mapping, Sequence
from html import escape

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from app.charts import ACCENT, BASE, CONTEXT
from app.schedule_rows import GROUPS, Block, By, Details, Row, rows

ROWS_SHOWN = 300
"""Rows of one chart; a larger one is slow, and too high to be read."""
COLOURS = dict(
    zip(GROUPS, ("#8b6fc4", ACCENT, BASE, "#4f9e5b", "#5b8fd6", CONTEXT, "#b9788a"), strict=True)
)
_LANE, _GAP, _TOP, _BOTTOM = 20, 64, 84, 50
"""Heights in pixels: of a lane, between blocks, above and below all of them."""
_TICKS = 30
"""The most cycles that have a tick each."""
_APART = 0.003
"""Between a bar and one right after it, as a share of the chart's width."""


def gantt(
    blocks: Sequence[Block], sources: Mapping[str, str], by: By
) -> tuple[go.Figure | None, int]:
    """The blocks one above another over their cycles, and how many rows there is no room for.

    None when there is nothing to draw.
    """
    shown: list[tuple[Block, list[Row]]] = []
    room, left = ROWS_SHOWN, 0
    for block in blocks:
        found = rows(block, sources, by)
        if found[:room]:
            shown.append((block, found[:room]))
        left += len(found[room:])
        room -= len(found[:room])
    return (_drawn(shown), left) if shown else (None, left)


def _drawn(shown: Sequence[tuple[Block, Sequence[Row]]]) -> go.Figure:
    heights = [_LANE * _tops(found)[-1] for _, found in shown]
    inside = sum(heights) + _GAP * (len(shown) - 1)
    chart = make_subplots(
        rows=len(shown),
        cols=1,
        row_heights=heights,
        vertical_spacing=_GAP / inside if len(shown) > 1 else 0,
        subplot_titles=[_title(block) for block, _ in shown],
    )
    chart.update_annotations(x=0, xanchor="left", font={"size": 14})
    named: set[str] = set()
    for number, (block, found) in enumerate(shown, 1):
        _block(chart, number, block, found, named)
    chart.update_layout(
        height=inside + _TOP + _BOTTOM,
        margin={"l": 10, "r": 10, "t": _TOP, "b": _BOTTOM},
        barmode="overlay",
        legend={"orientation": "h", "x": 0, "y": 1 + 34 / inside, "yanchor": "bottom"},
    )
    chart.update_xaxes(title="Clock cycle", row=len(shown), col=1)
    return chart


def _tops(found: Sequence[Row]) -> list[float]:
    """Where each row begins, in lanes from the top, and where the last one ends."""
    apart = 0.4 if any(row.lanes > 1 for row in found) else 0.0
    tops = [0.0]
    for row in found:
        tops.append(tops[-1] + row.lanes + apart)
    return tops


def _title(block: Block) -> str:
    cycles = f"{block.cycles} cycle{'s' if block.cycles > 1 else ''}"
    interval = f", a new iteration every {block.interval} (II)" if block.interval else ""
    return _shown(f"{block.name}: {cycles}{interval}")


def _block(
    chart: go.Figure, number: int, block: Block, found: Sequence[Row], named: set[str]
) -> None:
    """Draw one block; `named` are the groups that the legend has, and gets the others."""
    at = {"row": number, "col": 1}
    tops = _tops(found)
    placed = [
        (bar, top + bar.lane) for top, row in zip(tops, found, strict=False) for bar in row.bars
    ]
    cycles = max(block.cycles, block.interval or 0)
    for group in GROUPS:
        bars = [(bar, y) for bar, y in placed if bar.group == group]
        if not bars:
            continue
        chart.add_bar(
            orientation="h",
            base=[bar.begin for bar, _ in bars],
            x=[bar.cycles - cycles * _APART for bar, _ in bars],
            y=[y for _, y in bars],
            width=0.76,
            marker={"color": COLOURS[group], "line": {"width": 0}},
            customdata=["<br>".join(map(_shown, bar.about)) for bar, _ in bars],
            hovertemplate="%{customdata}<extra></extra>",
            name=group,
            legendgroup=group,
            showlegend=group not in named,
            **at,
        )
        named.add(group)
    if block.interval:  # after the bars: Plotly adds no shape to an empty subplot
        band = {"fillcolor": ACCENT, "opacity": 0.12, "line_width": 0, "layer": "below"}
        chart.add_vrect(x0=0, x1=block.interval, **band, **at)
    ticks = {"dtick": 1} if cycles <= _TICKS else {}
    chart.update_xaxes(range=[0, cycles], showgrid=True, zeroline=False, **ticks, **at)
    chart.update_yaxes(
        tickvals=[top + (row.lanes - 1) / 2 for top, row in zip(tops, found, strict=False)],
        ticktext=[_shown(row.label) for row in found],
        tickfont={"size": 11},
        range=[tops[-1] - 0.5, -0.5],
        automargin=True,
        showgrid=False,
        zeroline=False,
        **at,
    )


def _shown(text: str) -> str:
    """A text as it stands; Plotly knows the entities of <, > and &, and not that of quotes."""
    return escape(text, quote=False)


def registers(searches: Sequence[Details], blocks: Sequence[Block]) -> go.Figure | None:
    """The bits of registers at each iteration of ISDC, a line for each block that it searched.

    An iteration whose schedule missed the clock has an open mark.
    """
    drawn = [search for search in searches if search["iterations"]]
    if not drawn:
        return None
    chart = go.Figure()
    colours = list(COLOURS.values())
    for index, search in enumerate(drawn):
        chart.add_scatter(
            x=list(range(len(search["iterations"]))),
            y=search["iterations"],
            mode="lines+markers",
            line={"width": 1.5, "color": colours[(index + 1) % len(colours)]},
            marker={
                "size": 8,
                "symbol": ["circle" if met else "circle-open" for met in search["met"]],
            },
            text=["meets the clock" if met else "misses the clock" for met in search["met"]],
            hovertemplate="iteration %{x}: %{y:,} bits, %{text}<extra></extra>",
            name=_shown(_searched(search, blocks)),
        )
    chart.update_layout(
        height=260,
        margin={"l": 10, "r": 10, "t": 30, "b": 10},
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1.05, "yanchor": "bottom"},
        xaxis={"title": "Iteration", "dtick": 1 if _few(drawn) else None},
        yaxis={"title": "Register bits", "rangemode": "tozero"},
    )
    return chart


def _few(searches: Sequence[Details]) -> bool:
    return max(len(search["iterations"]) for search in searches) <= _TICKS


def _searched(search: Details, blocks: Sequence[Block]) -> str:
    """The plain name of the block of a search; its function's when several can be it."""
    function: str = search["function"]
    found = [
        block
        for block in blocks
        if block.header == search["block"]
        and (not block.part or function.endswith(f"_{block.part}"))
    ]
    if len(found) != 1:
        return function
    return f"{found[0].part}: {found[0].name}" if found[0].part else found[0].name
