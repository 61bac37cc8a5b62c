"""The page of one run: what was asked, how it ended, and everything that happened on the way."""

from collections.abc import Callable, Sequence

import streamlit as st
from sqlalchemy import Engine

import db
from app.engine import engine
from app.views.attempts import show_attempts
from app.views.format import LIVE
from app.views.model_calls import show_model_calls
from app.views.places import place
from app.views.record import show_record
from app.views.reports import show_reports
from app.views.run_head import show_actions, show_family, show_head
from app.views.schematic import show_schematic
from app.views.steps import show_steps
from app.views.timeline import Asking, Step, steps
from app.views.verdict import show_figures, show_second_way, show_verdict
from app.views.waves import show_waves
from app.views.words import errors_as_sentences, plain
from db import NoSuchRecord, Run

POLL_S = 1.0


def page() -> None:
    """Draw the page of the run that `?run=` names, with the part open that `&part=` names."""
    with errors_as_sentences():
        records = engine()
        run_id = st.query_params.get("run", "")
        if not run_id:
            st.info("No run is named. Choose one from the table of runs.", icon=":material/list:")
            st.page_link(place("runs"), label="All runs", icon=":material/list:")
            return
        try:
            run = db.run(records, run_id)
        except NoSuchRecord as error:
            st.error(plain(str(error)), icon=":material/error:")
            st.page_link(place("runs"), label="All runs", icon=":material/list:")
            return
        if run.status in LIVE:
            _live(records, run_id)
        else:
            _ended(records, run)


def _live(records: Engine, run_id: str) -> None:
    """Draw a run that goes on, anew each second; then have the whole page drawn."""

    @st.fragment(run_every=POLL_S)
    def live() -> None:
        with errors_as_sentences():
            run = db.run(records, run_id)
            if run.status not in LIVE:
                st.rerun()
            show_head(run)
            if st.button(
                "Stopping…" if run.cancelled else "Stop",
                icon=":material/stop_circle:",
                disabled=run.cancelled,
            ):
                db.cancel(records, run_id)
                st.rerun(scope="fragment")
            if run.status == "queued":
                st.caption("Waiting for a worker; `./siliwright serve` starts one.")
            found = steps(db.events_after(records, run_id, logs=False))
            show_steps(records, run_id, found, live=True)

    live()


def _ended(records: Engine, run: Run) -> None:
    show_head(run)
    show_verdict(run)
    show_figures(run)
    for last in db.candidates(records, run.id)[-1:]:
        show_second_way(last)
    show_actions(records, run)
    show_family(records, run)
    recorded = db.events_after(records, run.id, logs=False)
    found = steps(recorded)
    asked = [step for step in found if isinstance(step, Asking)]
    parts: dict[str, Callable[[], None]] = {
        "What happened": lambda: _happened(records, run, found),
        "Designs": lambda: show_attempts(records, run),
        "Waves": lambda: show_waves(records, run, recorded),
        "Schematic": lambda: show_schematic(records, run),
        "Reports": lambda: show_reports(records, run.id, recorded),
        **({"Prompts and cost": lambda: show_model_calls(run, asked)} if asked else {}),
        "Record": lambda: show_record(records, run),
    }
    named = st.query_params.get("part")
    opened = named if named in parts else None
    tabs = st.tabs(list(parts), default=opened, key="part", on_change="rerun")
    for tab, show in zip(tabs, parts.values(), strict=True):
        if tab.open:
            with tab, errors_as_sentences():
                show()


def _happened(records: Engine, run: Run, found: Sequence[Step]) -> None:
    show_steps(records, run.id, found, live=False)
    if not found:
        st.caption("Nothing happened before the run ended.")
