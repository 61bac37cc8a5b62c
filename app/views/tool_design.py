"""The design that a tool is given: pasted, uploaded, or the last one of a run."""

import streamlit as st
from sqlalchemy import Engine

import db
from app.views.tool_files import pasted, uploaded_texts
from app.views.words import plain
from prompts.design import Design
from tools.errors import RequestError

WAYS = ("Pasted text", "Files", "A run's design")
RUNS_SHOWN = 50
TEXT_SHOWN = 70


def design_files(records: Engine, name: str) -> tuple[dict[str, str], str]:
    """Draw the fields of the design `name`; its files, and the top, empty when none is named.

    What was entered is the same for every tool with an argument of that name.
    """
    key, label = f"tool-{name}", plain(name.capitalize())
    way = st.segmented_control(
        label, WAYS, default=WAYS[0], required=True, key=f"{key}-way", persist_state="session"
    )
    run = None
    if way == WAYS[2]:
        run = _of_run(records, key)
        files = dict(run.files) if run else {}
    elif way == WAYS[1]:
        files = uploaded_texts("Source files", f"{key}-files")
    else:
        files = pasted("Source text", key, f"{name}.v")
    top = st.text_input(
        "Top",
        placeholder=run.top if run else "found when only one module can be it",
        help="The top module, or the function of the C++ that is the accelerator.",
        key=f"{key}-top",
        persist_state="session",
    )
    return files, (top or "").strip() or (run.top if run else "")


def _of_run(records: Engine, key: str) -> Design | None:
    """Draw the newest runs; the last design of the chosen one."""
    found = {run.id: run.text for run in db.runs(records, limit=RUNS_SHOWN)}
    if not found:
        raise RequestError("there are no runs yet; ask for a design first, or paste one")
    chosen = st.selectbox(
        "Run",
        list(found),
        index=None,
        format_func=lambda run_id: plain(f"{run_id}  {found[run_id][:TEXT_SHOWN]}"),
        placeholder="Choose a run",
        key=f"{key}-run",
        persist_state="session",
    )
    if chosen is None:
        return None
    candidates = db.candidates(records, chosen)
    if not candidates:
        raise RequestError(f"run {chosen!r} proposed no design; choose another")
    return candidates[-1].as_built
