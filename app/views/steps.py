"""Draw the steps of a run: each a line of a timeline with its verdict, and its evidence inside."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Literal

import streamlit as st
from sqlalchemy import Engine

import db
from app.views.format import measured
from app.views.prompts import show_prompt
from app.views.schedule import show_schedule
from app.views.sources import show_sources
from app.views.timeline import Asking, Attempt, Check, Note, Reading, Step
from app.views.understood import show_task
from app.views.words import plain
from prompts.kernels import known_kernel
from tools.report import Report

TOOLS = {
    "parse": "Parse",
    "lint": "Lint",
    "csim": "C simulation",
    "hls": "High-level synthesis",
    "cosim": "RTL co-simulation",
    "simulate": "Simulation with testbench",
    "synthesize": "Logic synthesis",
    "place_route": "Place and route",
}
State = Literal["running", "complete", "error"]
LOG_SHOWN = 20_000
"""Characters of a log on the page, its end; the whole of it can be downloaded."""
DIAGNOSTICS_SHOWN = 12


def show_steps(engine: Engine, run_id: str, steps: Sequence[Step], live: bool) -> None:
    """Draw them in order; the last check of a `live` run may still be going on."""
    cxx: Mapping[str, str] = {}
    for step in steps:
        match step:
            case Reading(task=task):
                known = known_kernel(task.kernel)
                title = known.title if known else "no kernel of the library"
                with st.status(
                    f"**Understood** {plain(title)}", state="complete", type="step", expanded=True
                ):
                    show_task(task)
            case Note(text=text):
                with st.status(plain(_cut(text)), state="complete", type="step"):
                    st.text(text)
            case Asking():
                _show_asking(step, live and step is steps[-1])
            case Attempt(number=number, proposed=proposed):
                names = ", ".join(proposed.design.files)
                label = f"**Attempt {proposed.attempt}** {plain(names)}"
                cxx = proposed.design.cxx
                with st.status(label, state="complete", type="step"):
                    show_sources(proposed.design, f"{run_id}-{number}")
            case Check():
                _show_check(engine, run_id, step, live and step is steps[-1], cxx)


def _show_asking(step: Asking, live: bool) -> None:
    done = step.spent is not None
    state: State = "complete" if done else "running" if live else "error"
    label = "The model's answer" if done else "The model is writing" if live else "No answer"
    label = f"**{label}**"
    if step.spent is not None:
        label += f" :gray[{plain(f'{step.spent.model}, {step.spent.wall_s:.1f} s')}]"
    with st.status(label, state=state, type="step", expanded=live):
        if step.answer:
            st.code(step.answer, language="markdown", wrap_lines=True, height=280)
        show_prompt(step)


def _show_check(
    engine: Engine, run_id: str, step: Check, live: bool, cxx: Mapping[str, str]
) -> None:
    report = step.report
    name = f"**{tool_name(step)}**"
    if report is None:
        seconds = (datetime.now(UTC) - step.at).total_seconds()
        label = f"{name} :gray[running for {seconds:.0f} s]" if live else f"{name} :gray[cut short]"
        with st.status(label, state="running" if live else "error", type="step"):
            st.caption("The tool has not answered yet." if live else "The tool never answered.")
        return
    with st.status(
        f"{name} {_verdict(report)}",
        state="complete" if report.passed else "error",
        type="step",
        expanded=not report.passed,
    ):
        _show_report(engine, run_id, step.number, report, cxx)


def tool_name(step: Check) -> str:
    """A check's name, with which vectors it ran."""
    name = TOOLS.get(step.called.tool, step.called.tool)
    vectors = step.called.options.get("vectors")
    about = [f"{vectors} vectors"] if vectors else []
    if step.called.beside and step.called.tool != "hls":
        about.insert(0, "Verilog made of the C++")
    return ", ".join([name, *about])


def _verdict(report: Report) -> str:
    colour = {"passed": "green", "failed": "red", "error": "red"}.get(report.status, "gray")
    seconds = "cached" if report.cached else f"{report.wall_s:.1f} s"
    summary = plain(_cut(report.summary))
    return f":{colour}[{report.status}] {summary} :gray[{seconds}]"


def _show_report(
    engine: Engine, run_id: str, number: int, report: Report, cxx: Mapping[str, str]
) -> None:
    if _cut(report.summary) != report.summary:
        st.text(report.summary)
    shown = report.diagnostics[:DIAGNOSTICS_SHOWN]
    if shown:
        findings = "\n".join(diagnostic.text() for diagnostic in shown)
        st.code(findings, language=None, wrap_lines=True)
    if left := len(report.diagnostics) - len(shown):
        st.caption(f"{left} more findings are in the log.")
    if report.metrics:
        figures = (measured(name, value) for name, value in report.metrics.items())
        st.table({plain(label): [text] for label, text in figures}, hide_index=True)
    if "loops" in report.details:
        _show_scheduled(report.details, cxx, f"schedule-{run_id}-{number}")
    key = f"evidence-{run_id}-{number}"
    box = st.expander("Command, versions and log", key=key, type="compact", on_change="rerun")
    if box.open:
        with box:
            _show_evidence(report, db.log(engine, run_id, number), f"{run_id}-{number}")


def _show_scheduled(details: Mapping[str, Any], cxx: Mapping[str, str], key: str) -> None:
    """Draw loops, operators and schedule of high-level synthesis, when they are asked for."""
    box = st.expander(
        "Loops, operators and schedule", key=f"{key}-box", type="compact", on_change="rerun"
    )
    if box.open:
        with box:
            show_schedule(details, cxx, key)


def _show_evidence(report: Report, log: str, key: str) -> None:
    """Draw how to get the same again, and what the tool printed."""
    versions = ", ".join(f"{name} {version}" for name, version in report.versions.items())
    if versions:
        st.caption(plain(versions))
    if report.command:
        st.code(report.command, language="bash", wrap_lines=True)
    if not log:
        st.caption("The tool printed nothing.")
        return
    st.code(log[-LOG_SHOWN:], language=None, height=280)
    st.download_button(
        "Download the log",
        log,
        f"{key}.log",
        "text/plain",
        key=f"log-{key}",
        icon=":material/download:",
        on_click="ignore",
    )


def _cut(text: str, length: int = 110) -> str:
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1]}…"
