"""The head of a run's page: what was asked, by whom it is designed, and what can be done next."""

from dataclasses import replace

import streamlit as st
from sqlalchemy import Engine

import db
from app.bundle import bundle
from app.views.format import LIVE, ago, price, status_badge, took
from app.views.places import place
from app.views.settings import DESIGNERS
from app.views.words import plain
from db import Run, RunFilter
from tools.targets import TARGETS

TITLE = 140
FOLLOWERS_SHOWN = 5


def show_head(run: Run) -> None:
    """Draw the request as the title, and the settings in one line."""
    line = " ".join(run.text.split())
    st.header(plain(cut(line, TITLE)) or "A run without a text", anchor=False)
    if len(line) > TITLE:
        with st.expander("The whole request", type="compact"):
            st.text(run.text)
    device = TARGETS[run.target].title if run.target in TARGETS else run.target
    facts = [
        run.kernel,
        " ".join(
            (*(title for name, title in DESIGNERS.items() if name == run.designer), run.model)
        ),
        device,
        f"{run.clock_mhz:g} MHz wanted" if run.clock_mhz else "",
        f"asked {ago(run.created)}",
        f"{'working for' if run.status in LIVE else 'took'} {took(run)}" if run.started else "",
        price(run) if run.input_tokens else "",
    ]
    known = " · ".join(plain(fact.strip()) for fact in facts if fact.strip())
    st.markdown(f"{status_badge(run.status)} :gray[{known}]")


def show_actions(records: Engine, run: Run) -> None:
    """Draw what can be done with a run that has ended."""
    with st.container(horizontal=True):
        if st.button(
            "Design again", icon=":material/replay:", help="A new run of the same request."
        ):
            again = replace(db.requested(records, run.id), session=None, batch=None, sample=0)
            fresh = db.enqueue(records, replace(again, batch_index=None))
            st.switch_page(place("run"), query_params={"run": fresh})
        if st.button("Compare with…", icon=":material/compare_arrows:"):
            st.switch_page(place("compare"), query_params={"runs": run.id})
        st.download_button(
            "Export",
            lambda: bundle(records, run.id),
            f"{run.id}.zip",
            "application/zip",
            icon=":material/folder_zip:",
            help="Sources, tests, prompts, reports and logs as one zip.",
            on_click="ignore",
        )


def show_family(records: Engine, run: Run) -> None:
    """Draw the ways to the runs that this one follows or that follow it."""
    followers = db.runs(records, RunFilter(parent_run=run.id), limit=FOLLOWERS_SHOWN)
    if not (followers or run.parent_run_id or run.session_id or run.batch_id):
        return
    with st.container(horizontal=True, gap="medium"):
        if run.parent_run_id:
            _link("run", {"run": run.parent_run_id}, "The run before", "arrow_back")
        for follower in reversed(followers):
            text = cut(" ".join(follower.text.split()), 40)
            _link("run", {"run": follower.id}, f"Then: {text}", "arrow_forward")
        if run.session_id:
            _link("design", {"session": run.session_id}, "Its conversation", "forum")
        if run.batch_id:
            _link("runs", {"by_batch": run.batch_id}, "Its batch", "stacks")


def _link(name: str, query: dict[str, str], label: str, icon: str) -> None:
    st.page_link(place(name), label=plain(label), icon=f":material/{icon}:", query_params=query)


def cut(text: str, length: int) -> str:
    """A text of at most so many characters."""
    return text if len(text) <= length else f"{text[: length - 1]}…"
