"""The tools one by one: each is chosen, given its arguments, run, and its report is shown."""

import re
import shlex
from collections.abc import Mapping

import streamlit as st

from app.engine import engine
from app.views.tool_fields import Given, field
from app.views.tool_job import Job, started
from app.views.tool_report import show_report
from app.views.words import errors_as_sentences
from prompts.design import Design
from tools.arguments import VectorsInput
from tools.catalogue import TOOLS, Tool

POLL_S = 1.0
QUICK_S = 0.5
"""A tool that answers as soon as this is shown at once, without a sign of waiting."""
COLUMNS = (0.32, 0.68)


def page() -> None:
    """Draw the tools at the left, and the chosen one at the right."""
    st.title("Tools", anchor=False)
    st.caption("Every tool by itself, on files of your own or on the design of a run.")
    left, right = st.columns(COLUMNS, gap="large")
    with left:
        name = st.radio(
            "Tool",
            list(TOOLS),
            captions=[first_sentence(tool.description) for tool in TOOLS.values()],
            key="tool",
            bind="query-params",
            label_visibility="collapsed",
        )
    with right, errors_as_sentences():
        _show_tool(TOOLS[name])


def first_sentence(text: str) -> str:
    """The first sentence of a docstring, in one line."""
    return re.split(r"(?<=\.)\s", text, maxsplit=1)[0].replace("\n", " ")


def _show_tool(tool: Tool) -> None:
    st.header(tool.name, anchor=False)
    with st.expander("What it does, and what its report tells", type="compact"):
        st.markdown(tool.description)
    given = _form(tool)
    values = {name: one.value for name, one in given.items()}
    key = f"job-{tool.name}"
    job: Job | None = st.session_state.get(key)
    running = job is not None and job.running
    if st.button("Run", type="primary", icon=":material/play_arrow:", disabled=running):
        words = [word for one in given.values() for word in one.words]
        name = tool.name.replace("_", "-")
        job = started(tool, values, shlex.join(["./siliwright", "tool", name, *words]))
        job.thread.join(QUICK_S)
        st.session_state[key] = job
        st.rerun()
    if job is None:
        return
    if job.running:
        _wait(job)
    else:
        with st.container():
            if values != job.arguments:
                st.caption("What is entered above has changed since this answer.")
            report = job.answer()
            files = job.arguments.get("design", {}).get("files", {})
            show_report(report, job.command, Design(files, "").cxx)


def _form(tool: Tool) -> Mapping[str, Given]:
    """The arguments as they are given: those that must be and vectors, then the others."""
    needed = [
        name
        for name, (kind, default) in tool.arguments.items()
        if default is ... or kind == VectorsInput | None
    ]
    given = {name: field(engine(), tool, name) for name in needed}
    others = [name for name in tool.arguments if name not in needed]
    if others:
        with st.expander("Options"), st.grid(3, min_column_width=180):
            given |= {name: field(engine(), tool, name) for name in others}
    return {name: given[name] for name in tool.arguments}


def _wait(job: Job) -> None:
    """Look at the tool again and again until it ends, with a way to stop it."""

    @st.fragment(run_every=POLL_S)
    def live() -> None:
        if not job.running:
            st.rerun()
        with st.container(horizontal=True, vertical_alignment="center"):
            stopping = job.stop.is_set()
            st.button(
                "Stopping…" if stopping else "Stop",
                icon=":material/stop_circle:",
                disabled=stopping,
                on_click=job.stop.set,
            )
            st.caption(f"Running for {job.seconds():.0f} s.")

    live()
