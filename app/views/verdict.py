"""How a run ended: verified by what, or where it failed, and the figures that were measured."""

import streamlit as st

import db
from app.views.format import figure, figures_of, share
from app.views.words import plain

WIDTH = 115
"""Pixels of one figure, at the least: they stand in one row on a wide page."""

ORACLES = {
    "golden": "the library's golden model, on calls the designer saw and on calls it never saw",
    "testbench": "your testbench",
    "self-written, unreviewed": "a test that the designer wrote itself, which nobody has reviewed",
}
STAGES = {
    "understand": "reading the request",
    "generate": "writing the design",
    "lint": "lint",
    "csim": "C simulation",
    "hls": "high-level synthesis",
    "simulate": "RTL simulation",
    "synthesize": "logic synthesis",
    "place": "place and route",
    "constraints": "the constraints",
    "done": "the end",
}


def show_verdict(run: db.Run) -> None:
    """Draw the banner: the status as colour and word, and one sentence."""
    oracle = ORACLES.get(run.oracle, run.oracle)
    summary = plain(run.summary)
    match run.status:
        case "passed":
            st.success(f"**Verified** by {plain(oracle)}.", icon=":material/verified:")
        case "failed" if run.verified:
            st.warning(f"{summary[:1].upper()}{summary[1:]}", icon=":material/rule:")
        case "failed":
            stage = STAGES.get(run.stage, run.stage)
            st.error(f"**Failed** at {plain(stage)}. {summary}", icon=":material/error:")
        case "refused":
            st.warning(f"**Not designed.** {summary}", icon=":material/help:")
        case "stopped":
            st.info(f"**Stopped.** {summary}", icon=":material/stop_circle:")
        case "crashed":
            st.error(f"**Crashed.** {summary}", icon=":material/bug_report:")


def show_figures(run: db.Run) -> None:
    """Draw the figures; what was not measured says so, and nothing is drawn before any was."""
    metrics = figures_of([run])
    if all(getattr(run, metric.name) is None for metric in metrics):
        return
    with st.grid(len(metrics), min_column_width=WIDTH, key=f"figures-{run.id}"):
        for metric in metrics:
            st.metric(
                metric.label,
                figure(run, metric),
                delta=_beside(run, metric.name),
                delta_color="off",
                delta_arrow="off",
                help=metric.help,
                border=True,
                height="stretch",
            )


def show_second_way(candidate: db.Candidate) -> None:
    """Draw what high-level synthesis makes of the C++ of a design with Verilog of its own."""
    if not candidate.beside:
        return
    report = candidate.beside[-1]
    made = "From its C++, high-level synthesis makes Verilog"
    match report.tool, report.status:
        case "cosim", "passed":
            text = f"{made} that does the same: {report.summary}."
        case "cosim", _:
            text = f"{made} that does not do the same: {report.summary}."
        case "hls", "passed":
            text = f"{made}, which was not simulated: {report.summary}."
        case _:
            text = f"High-level synthesis does not take its C++: {report.summary}."
    st.caption(plain(text))


def _beside(run: db.Run, name: str) -> str | None:
    """What a figure is measured against: the device's capacity, or the clock that was wanted."""
    if name == "fmax_mhz" and run.fmax_mhz is not None and run.clock_mhz is not None:
        verdict = "meets" if run.fmax_mhz >= run.clock_mhz else "misses"
        return f"{verdict} {run.clock_mhz:g} MHz"
    taken = share(run, name)
    return None if taken is None else f"{taken:.1f} % used"
