"""All reports of a run in one table, and the files that the tools left."""

from collections.abc import Sequence
from typing import Any

import streamlit as st
from sqlalchemy import Engine

import db
from agents.events import Called, Proposed, Returned
from app.views.format import STATUS, number
from app.views.words import plain
from db import Recorded

_COLOURS = {"passed": STATUS["passed"][0], "failed": "red", "error": "orange", "not run": "gray"}


def show_reports(records: Engine, run_id: str, recorded: Sequence[Recorded]) -> None:
    """Draw the table and the files."""
    rows = report_rows(recorded)
    if not rows:
        st.caption("No tool was run.")
        return
    column = st.column_config
    st.dataframe(
        rows,
        hide_index=True,
        height="content",
        placeholder="–",
        column_config={
            "status": column.MultiselectColumn(
                "Status", options=list(_COLOURS), color=list(_COLOURS.values()), width=85
            ),
            "attempt": column.NumberColumn("Attempt", width=70),
            "tool": column.TextColumn("Tool", width=100),
            "vectors": column.TextColumn("Vectors", width=80),
            "of": column.TextColumn(
                "Of", help="The design, or the Verilog that is made of its C++", width=60
            ),
            "summary": column.TextColumn("Summary", width=290),
            "figures": column.TextColumn("Figures", width=320),
            "findings": column.NumberColumn("Findings", width=75),
            "seconds": column.NumberColumn("Seconds", format="%.1f", width=75),
            "cached": column.CheckboxColumn("Cached", help="Answered from the cache", width=70),
            "versions": column.TextColumn("Versions", width="medium"),
        },
    )
    st.caption("Findings, commands and logs stand with each step under “What happened”.")
    _show_artifacts(records, run_id)


def report_rows(recorded: Sequence[Recorded]) -> list[dict[str, Any]]:
    """A row for each report, in order."""
    rows: list[dict[str, Any]] = []
    attempt, vectors, beside = None, None, False
    for kept in recorded:
        match kept.event:
            case Proposed():
                attempt = kept.event.attempt
            case Called(options=options, beside=beside):
                vectors = options.get("vectors")
            case Returned(report=report):
                figures = (f"{name} {number(value)}" for name, value in report.metrics.items())
                rows.append(
                    {
                        "status": [report.status],
                        "attempt": attempt,
                        "tool": report.tool,
                        "vectors": vectors,
                        "of": "C++" if beside else "design",
                        "summary": report.summary,
                        "figures": ", ".join(figures) or None,
                        "findings": len(report.diagnostics),
                        "seconds": report.wall_s,
                        "cached": report.cached,
                        "versions": ", ".join(" ".join(pair) for pair in report.versions.items()),
                    }
                )
    return rows


def _show_artifacts(records: Engine, run_id: str) -> None:
    found = db.artifacts(records, run_id)
    if not found:
        return
    st.subheader("Files the tools left", anchor=False)
    for artifact in found:
        with st.container(horizontal=True, vertical_alignment="center"):
            if artifact.path.is_file():
                st.download_button(
                    plain(artifact.file_name),
                    artifact.path.read_bytes,
                    artifact.file_name,
                    artifact.media_type,
                    key=f"artifact-{artifact.number}-{artifact.name}",
                    icon=":material/download:",
                    type="tertiary",
                    on_click="ignore",
                )
                st.caption(f"{artifact.bytes / 1024:,.1f} kB", width="content")
            else:
                st.caption(plain(f"{artifact.file_name} is no longer in the file store"))
