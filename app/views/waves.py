"""The waveform of a run's last design: recorded on request, signals chosen, and drawn."""

from collections.abc import Sequence
from pathlib import Path

import plotly.graph_objects as go
import streamlit as st
from sqlalchemy import Engine

import db
from agents.events import Understood
from agents.oracle import oracle_for
from app.charts import ACCENT
from app.views.words import plain
from app.waveform import STEPS, drawn, short, usual
from db import Recorded, Run
from prompts.interface import Interface
from prompts.kernels import known_kernel
from prompts.vectors import Vectors
from tools.cosim import cosim
from tools.report import Report
from tools.waves import Radix, signals, table, window

RECORD_S = 120.0
CYCLES_SHOWN = 36
"""So few that four letters of a value fit into a cycle."""
LEAD = 4
"""Cycles that are shown before a call begins."""
FIRST_ROWS, MOST_ROWS = 24, 40


def show_waves(records: Engine, run: Run, recorded: Sequence[Recorded]) -> None:
    """Draw the waves of the last design; before that, a button that records them.

    The recording is a bounded call within the page: a second or two, and cached by its digest.
    """
    vectors = _vectors(recorded)
    built = [c.as_built for c in db.candidates(records, run.id)]
    designs = [design for design in built if design.verilog]
    if vectors is None or not designs:
        st.caption("Waves need a Verilog design, and vectors of a golden model to call it with.")
        return
    asked = f"waves-{run.id}"
    if not st.session_state.get(asked):
        st.caption("The last design is simulated again on the visible vectors, with a waveform.")
        st.button(
            "Record waves",
            icon=":material/airwave:",
            on_click=lambda: st.session_state.update({asked: True}),
        )
        return
    with st.spinner("Simulating with a waveform…"):
        report = cosim(designs[-1], vectors, trace=True, time_s=RECORD_S)
    path = report.artifacts.get("waves.vcd")
    if path is None:
        st.error(plain(report.summary), icon=":material/error:")
        return
    st.caption(plain(f"Co-simulation {report.status}: {report.summary}"))
    _explore(run, path, report, vectors.interface, len(vectors.calls))


def _vectors(recorded: Sequence[Recorded]) -> Vectors | None:
    tasks = [kept.event.task for kept in recorded if isinstance(kept.event, Understood)]
    if not tasks or known_kernel(tasks[-1].kernel) is None:
        return None
    return oracle_for(tasks[-1]).visible


def _explore(run: Run, path: Path, report: Report, interface: Interface, calls: int) -> None:
    """Draw a window of the waveform: around the first mismatch, else of the last of the `calls`.

    The first calls are the corner cases, such as all inputs zero, in which there is little to see.
    """
    mismatch, last_call, latest = _span(path, calls)
    first = max(0, last_call // STEPS - LEAD)
    if mismatch is not None:
        first = max(0, mismatch // STEPS - CYCLES_SHOWN // 2)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        glob = st.text_input("Find signals", "*", key=f"glob-{run.id}", placeholder="dut.*")
        radix: Radix = st.selectbox(
            "Radix", ("hex", "signed", "decimal", "binary"), key=f"radix-{run.id}"
        )
        start = st.number_input(
            "From cycle", 0, max(latest // STEPS, 1), first, 10, key=f"from-{run.id}"
        )
        shown = st.number_input("Cycles", 4, 2000, CYCLES_SHOWN, 20, key=f"cycles-{run.id}")
        if mismatch is not None:
            st.button(
                "First mismatch",
                icon=":material/error:",
                on_click=lambda: st.session_state.update({f"from-{run.id}": first}),
            )
    there = [signal.path for signal in signals(path, glob or "*")]
    wanted = [name for name in usual(signals(path), interface) if name in there]
    chosen = st.multiselect(
        "Signals",
        there,
        (wanted or there)[:FIRST_ROWS],
        format_func=short,
        max_selections=MOST_ROWS,
        key=f"signals-{run.id}-{glob}",
    )
    if not chosen:
        st.caption("Choose signals to draw.")
        return
    begin, end = int(start) * STEPS, int(start + shown) * STEPS
    chart = drawn(path, chosen, int(start), int(shown), radix)
    _mark(chart, mismatch)
    st.plotly_chart(chart, key=f"wave-chart-{run.id}")
    with st.expander("As a table"):
        st.code(table(path, chosen, begin, end, radix), language=None)
    st.download_button(
        "Download waves.vcd",
        path.read_bytes,
        "waves.vcd",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
    )


def _span(path: Path, calls: int) -> tuple[int | None, int, int]:
    """When the harness counts its first mismatch, if it does; when its last call begins that is
    made alone; and the last change of the clock.
    """
    found = window(path, ("cosim.mismatches", "cosim.in_call", "cosim.clk"))
    counted, called = (found.traces[f"TOP.cosim.{name}"] for name in ("mismatches", "in_call"))
    mismatch = next((time for time, value in counted if value), None)
    last = next((time for time, value in called if value == calls - 1), 0)
    return mismatch, last, found.latest


def _mark(chart: go.Figure, mismatch: int | None) -> None:
    if mismatch is not None:
        chart.add_vline(mismatch / STEPS, line={"color": ACCENT, "dash": "dash", "width": 1})
