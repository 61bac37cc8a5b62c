"""The table of runs, with what was clicked or ticked in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from app.views.format import STATUS, Figure, ago, figures_of, took
from db import Run

_LARGE = ("cycles", "luts", "ffs")
"""Counts that need wide columns."""


@dataclass(frozen=True)
class Picked:
    """The run that was clicked, if any, and those that are ticked, in the order of the table."""

    opened: Run | None
    ticked: list[Run]


def runs_table(runs: Sequence[Run], key: str) -> Picked:
    """Draw the runs as rows."""
    metrics = figures_of(runs)
    state: Any = st.dataframe(
        [_row(run, metrics) for run in runs],
        key=key,
        hide_index=True,
        column_config=_columns(metrics),
        on_select="rerun",
        selection_mode=("multi-row", "single-cell"),
        placeholder="–",
        height="content",
        alt="Runs with their status, request and measured figures",
    )
    cells, rows = state.selection.cells, state.selection.rows
    opened = runs[cells[0][0]] if cells and cells[0][0] < len(runs) else None
    return Picked(opened, [runs[row] for row in sorted(rows) if row < len(runs)])


def _row(run: Run, metrics: Sequence[Figure]) -> dict[str, Any]:
    return {
        "status": [run.status],
        "request": " ".join(run.text.split()),
        "kernel": run.kernel or None,
        "designer": f"{run.designer} {run.model}".strip(),
        "asked": ago(run.created),
        **{metric.name: getattr(run, metric.name) for metric in metrics},
        "took": took(run) if run.started else None,
        "usd": run.usd or None,
        "id": run.id,
    }


def _columns(metrics: Sequence[Figure]) -> dict[str, Any]:
    column = st.column_config
    figures = {
        metric.name: column.NumberColumn(
            f"{metric.label} ({metric.unit})" if metric.unit else metric.label,
            help=metric.help,
            format="%.1f" if metric.unit else "localized",
            width=95 if metric.unit else 68 if metric.name in _LARGE else 56,
        )
        for metric in metrics
    }
    return {
        "status": column.MultiselectColumn(
            "Status",
            options=list(STATUS),
            color=[colour for colour, _ in STATUS.values()],
            width=85,
        ),
        "request": column.TextColumn("Request", width=290),
        "kernel": column.TextColumn("Kernel", width=100),
        "designer": column.TextColumn("Designer", width=90),
        **figures,
        "usd": column.NumberColumn("Cost (USD)", format="%.4f", width=85),
        "took": column.TextColumn("Took", width=75),
        "asked": column.TextColumn("Asked", width=90),
        "id": column.TextColumn("Run", width=105),
    }
