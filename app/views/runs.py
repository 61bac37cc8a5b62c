"""The page of all runs: a table to filter and sort; one is opened, or several are compared."""

import streamlit as st
from sqlalchemy import Engine

import db
from app.engine import engine
from app.views.filters import Listing, listing
from app.views.format import LIVE
from app.views.places import place
from app.views.runs_table import runs_table
from app.views.words import errors_as_sentences
from db import Run

PAGE = 25
POLL_S = 2.0
MOST_COMPARED = 8


def page() -> None:
    """Draw the page."""
    st.title("Runs")
    with errors_as_sentences():
        records = engine()
        if not db.count_runs(records):
            st.info(
                "There are no runs yet. Ask for a design, and it is kept here with its prompts, "
                "files, reports and figures.",
                icon=":material/inbox:",
            )
            st.page_link(place("design"), label="Design an accelerator", icon=":material/memory:")
            return
        _show(records, listing(records))


def _show(records: Engine, chosen: Listing) -> None:
    total = db.count_runs(records, chosen.where)
    if not total:
        st.info("No run is like this. Widen the filters above.", icon=":material/filter_alt_off:")
        return
    pages = -(-total // PAGE)
    number = min(st.session_state.get("page", 1), pages)
    shown = _page(records, chosen, number)
    live = any(run.status in LIVE for run in shown)
    _table(records, chosen, number, live)
    if pages > 1:
        st.pagination(pages, key="page")


def _page(records: Engine, chosen: Listing, number: int) -> list[Run]:
    offset = (number - 1) * PAGE
    return db.runs(records, chosen.where, chosen.order, chosen.descending, PAGE, offset)


def _table(records: Engine, chosen: Listing, number: int, live: bool) -> None:
    """Draw one page of the table, anew every few seconds while one of its runs goes on."""

    @st.fragment(run_every=POLL_S if live else None)
    def table() -> None:
        with errors_as_sentences():
            shown = _page(records, chosen, number)
            if live and not any(run.status in LIVE for run in shown):
                st.rerun()
            # A click comes back as row numbers: another list of runs is another table.
            picked = runs_table(shown, key=f"table-{hash(tuple(run.id for run in shown))}")
            if picked.opened is not None:
                st.switch_page(place("run"), query_params={"run": picked.opened.id})
            _actions(picked.ticked)

    table()


def _actions(ticked: list[Run]) -> None:
    ids = [run.id for run in ticked]
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        if st.button(
            "Compare" if len(ids) < 2 else f"Compare {len(ids)} runs",
            icon=":material/compare_arrows:",
            type="primary" if len(ids) > 1 else "secondary",
            disabled=not 2 <= len(ids) <= MOST_COMPARED,
        ):
            st.switch_page(place("compare"), query_params={"runs": ",".join(ids)})
        if len(ids) > MOST_COMPARED:
            st.caption(f"At most {MOST_COMPARED} runs can be compared at once.")
        else:
            st.caption("Click a row to open its run. Tick two or more to compare them.")
