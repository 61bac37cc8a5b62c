"""One turn of a conversation: what was asked, and the run that answers it."""

from datetime import UTC, datetime

import streamlit as st
from sqlalchemy import Engine

import db
from app.views.format import LIVE, ago, price, status_badge, took
from app.views.places import place
from app.views.settings import DESIGNERS
from app.views.sources import show_sources
from app.views.steps import show_steps
from app.views.timeline import steps, task_of
from app.views.understood import edit_form
from app.views.verdict import show_figures, show_second_way, show_verdict
from app.views.words import errors_as_sentences, plain
from prompts.kernels import known_kernel

POLL_S = 1.0
PATIENCE_S = 10
"""A run that waits longer than this for a worker says how to start one."""


def show_request(engine: Engine, run: db.Run) -> None:
    """Draw what the person asked, with what was edited."""
    request = db.requested(engine, run.id)
    with st.chat_message("user", avatar=":material/person:"):
        st.text(run.text)
        edits = [f"{name} {value}" for name, value in request.parameters.items()]
        if request.kernel:
            st.caption(plain(f"Edited: {', '.join([request.kernel, *edits])}"))
        if request.testbench:
            st.caption("With a testbench of your own")


def show_folded(engine: Engine, run: db.Run) -> None:
    """Draw an earlier run: its verdict and figures; the rest when it is opened."""
    with _answer():
        _headline(run)
        show_verdict(run)
        show_figures(run)
        box = st.expander("Steps and files", key=f"fold-{run.id}", on_change="rerun")
        if box.open:
            with box:
                _show_work(engine, run)


def show_whole(engine: Engine, run: db.Run) -> db.RunRequest | None:
    """Draw the last run, when it has ended; returns the request of its edit form when sent."""
    with _answer():
        _headline(run)
        _show_work(engine, run, result=True)
        task = task_of(db.events_after(engine, run.id, logs=False))
        if task is None:
            return None
        with st.expander("Edit and run again", icon=":material/tune:"), errors_as_sentences():
            return edit_form(engine, run, task)
    return None


def show_live(engine: Engine, run_id: str) -> None:
    """Draw a run while it goes on, anew each second; then have the whole page drawn."""

    @st.fragment(run_every=POLL_S)
    def live() -> None:
        with errors_as_sentences():
            run = db.run(engine, run_id)
            if run.status not in LIVE:
                st.rerun()
            with _answer():
                if _headline(run):
                    db.cancel(engine, run_id)
                    st.rerun(scope="fragment")
                _show_work(engine, run)
                _waiting(run)

    live()


def _answer() -> st.delta_generator.DeltaGenerator:
    return st.chat_message("assistant", avatar=":material/memory:")


def _headline(run: db.Run) -> bool:
    """Draw who designs, since when, and the way to the run's own page; whether to stop it."""
    words = [DESIGNERS[run.designer] + (f" {run.model}" if run.model else ""), _when(run)]
    if run.input_tokens + run.output_tokens:
        words.append(price(run))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(status_badge(run.status), width="content")
        st.caption(plain(" · ".join(words)), width="content")
        if run.status in LIVE:
            # At the head, so that it does not fade while the steps below are drawn anew.
            return st.button(
                "Stopping…" if run.cancelled else "Stop",
                icon=":material/stop_circle:",
                disabled=run.cancelled,
                key=f"stop-{run.id}",
            )
        st.page_link(
            place("run"),
            label="Open the run",
            icon=":material/open_in_full:",
            query_params={"run": run.id},
        )
    return False


def _when(run: db.Run) -> str:
    if run.started is None:
        return f"asked {ago(run.created)}"
    return f"{took(run)} so far" if run.ended is None else f"took {took(run)}, {ago(run.ended)}"


def _show_work(engine: Engine, run: db.Run, result: bool = False) -> None:
    """Draw the steps, and with `result` the verdict, the figures and the last design's files."""
    recorded = db.events_after(engine, run.id, logs=False)
    found = steps(recorded)
    show_steps(engine, run.id, found, live=run.status in LIVE)
    if not result:
        return
    show_verdict(run)
    show_figures(run)
    for last in db.candidates(engine, run.id)[-1:]:
        show_second_way(last)
        if last.as_built.verilog and known_kernel(run.kernel):
            _parts(run)
        show_sources(last.as_built, f"result-{run.id}", generated=last.generated)


def _parts(run: db.Run) -> None:
    """Draw the ways to what the run's own page draws of the design."""
    with st.container(horizontal=True, gap="medium"):
        for part, icon in (("Waves", "airwave"), ("Schematic", "schema")):
            st.page_link(
                place("run"),
                label=part,
                icon=f":material/{icon}:",
                query_params={"run": run.id, "part": part},
            )


def _waiting(run: db.Run) -> None:
    waited = (datetime.now(UTC) - run.created).total_seconds()
    if run.status != "queued":
        return
    if waited > PATIENCE_S:
        st.info(
            "The run waits for a free worker. When none is running, start the workbench with "
            "`./siliwright serve`, which starts one.",
            icon=":material/hourglass_empty:",
        )
    else:
        st.caption("Waiting for a worker")
