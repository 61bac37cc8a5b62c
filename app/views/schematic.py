"""The schematic of a run's last design: a module is chosen, drawn, and its cells are listed."""

from collections.abc import Mapping

import streamlit as st
from sqlalchemy import Engine

import db
from app.views.drawing import FIT, show_drawing
from app.views.words import plain
from db import Run
from tools.schematic import schematic

HEIGHT = 560


def show_schematic(records: Engine, run: Run) -> None:
    """Draw the top of the last Verilog design, or the module that is chosen."""
    built = [c.as_built for c in db.candidates(records, run.id)]
    designs = [design for design in built if design.verilog]
    if not designs:
        st.caption("No Verilog design was proposed.")
        return
    with st.spinner("Elaborating…"):
        names = schematic(designs[-1]).details["modules"]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        at = names.index(designs[-1].top) if designs[-1].top in names else 0
        module = st.selectbox("Module", names, at, key=f"module-{run.id}")
        zoom = st.select_slider(
            "Zoom", (FIT, *range(25, 225, 25)), 100, format_func=_zoom, key=f"zoom-{run.id}"
        )
    report = schematic(designs[-1], module)
    st.caption(plain(report.summary))
    # A pointer's titles are lost in an image, so the table below has the source lines.
    show_drawing(report.details["svg"], f"{designs[-1].top}.svg", "Schematic", zoom, HEIGHT)
    _show_lines(run, report.details["cells"], designs[-1].files)


def _zoom(percent: int) -> str:
    return f"{percent} %" if percent != FIT else "fit"


def _show_lines(run: Run, cells: list[dict[str, str | int]], files: Mapping[str, str]) -> None:
    """The cells with their places; a chosen one's source line is shown."""
    column = st.column_config
    event = st.dataframe(
        [{k: cell[k] for k in ("type", "name", "file", "line")} for cell in cells],
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key=f"cells-{run.id}",
        height=260,
        column_config={
            "type": column.TextColumn("Cell", width=110),
            "name": column.TextColumn("Name", width=380),
            "file": column.TextColumn("File", width=160),
            "line": column.NumberColumn("Line", width=70),
        },
    )
    for row in event.selection.rows if cells else ():
        cell = cells[row]
        text = files.get(str(cell["file"]), "")
        lines = text.splitlines()[max(0, int(cell["line"]) - 2) : int(cell["line"]) + 1]
        if lines:
            st.code("\n".join(lines), language="verilog")
