"""The runs of a comparison as cards, and their parameters and figures in one table."""

from collections.abc import Sequence

import streamlit as st
from sqlalchemy import Engine

import db
from agents.events import Understood
from app.views.format import (
    NOT_RUN,
    Figure,
    figure,
    figures_of,
    latency_us,
    number,
    status_badge,
)
from app.views.places import place
from app.views.run_head import cut
from app.views.words import plain
from db import Run

MARKS = "ABCDEFGH"
"""What the runs are called in the table and the chart."""


def show_cards(runs: Sequence[Run]) -> None:
    """Draw each run as a card with its request and the way to its page."""
    grid = st.grid(min_column_width=240, key="cards")
    for mark, run in zip(MARKS, runs, strict=False):
        with grid.container(border=True, height="stretch"):
            role = " :gray[baseline]" if run is runs[0] else ""
            st.markdown(f"**{mark}**{role} {status_badge(run.status)}")
            st.caption(plain(cut(" ".join(run.text.split()), 110)))
            st.page_link(
                place("run"), label="Open", icon=":material/open_in_full:",
                query_params={"run": run.id},
            )  # fmt: skip


def show_table(records: Engine, runs: Sequence[Run]) -> None:
    """Draw what differs in the tasks, then every figure with its difference to the first run."""
    columns = {mark: list[str]() for mark in MARKS[: len(runs)]}
    names: list[str] = []

    def row(name: str, cells: Sequence[str]) -> None:
        names.append(name)
        for mark, cell in zip(columns, cells, strict=True):
            columns[mark].append(cell)

    for name, values in _settings(records, runs).items():
        row(plain(name), [plain(value) for value in values])
    row("**Verified**", [_verified(run) for run in runs])
    for metric in figures_of(runs):
        row(f"**{metric.label}**", [_cell(run, runs[0], metric) for run in runs])
    row("**Latency at Fmax**", [_latency(run, runs[0]) for run in runs])
    st.table({" ": names, **columns}, hide_index=True)
    st.caption(
        "Percentages are differences to A; they are left out where a design is not verified."
    )


def _settings(records: Engine, runs: Sequence[Run]) -> dict[str, list[str]]:
    """What was asked: the kernel, device and clock, and the parameters that are not all equal."""
    tasks = []
    for run in runs:
        found = db.events_after(records, run.id, kinds=(Understood,))
        events = [kept.event for kept in found if isinstance(kept.event, Understood)]
        tasks.append(dict(events[-1].task.parameters) if events else {})
    names = dict.fromkeys(name for task in tasks for name in task)
    parameters = {name: [str(task.get(name, "–")) for task in tasks] for name in names}
    return {
        "kernel": [run.kernel or "none of the library" for run in runs],
        "designer": [f"{run.designer} {run.model}".strip() for run in runs],
        "device": [run.target or "–" for run in runs],
        "clock wanted": [f"{run.clock_mhz:g} MHz" if run.clock_mhz else "–" for run in runs],
        **{name: values for name, values in parameters.items() if len(set(values)) > 1},
    }


def _verified(run: Run) -> str:
    if run.verified:
        return plain(f"yes, by {run.oracle}")
    return ":red[no]" if run.verified is False else f":gray[{NOT_RUN}]"


def _cell(run: Run, base: Run, metric: Figure) -> str:
    text = figure(run, metric)
    if text == NOT_RUN:
        return f":gray[{text}]"
    if run is base or not (run.verified and base.verified):
        return text
    return text + _difference(getattr(run, metric.name), getattr(base, metric.name), metric.better)


def _latency(run: Run, base: Run) -> str:
    text = number(latency_us(run), "µs")
    if run is base or not (run.verified and base.verified):
        return text
    return text + _difference(latency_us(run), latency_us(base), "low")


def _difference(value: float | None, base: float | None, better: str) -> str:
    """The difference in percent as coloured Markdown: green and red are better and worse."""
    if value is None or not base or value == base:
        return ""
    percent = 100 * (value - base) / base
    good = (percent < 0) == (better == "low")
    colour, word = ("green", "better") if good else ("red", "worse")
    sign = "+" if percent > 0 else "−"
    size = f"{abs(percent):.0f}" if abs(percent) >= 10 else f"{abs(percent):.1f}"
    return f" :{colour}[{sign}{size} %, {word}]"
