"""The page that compares runs with the first of them: figures, area against latency, and code."""

from collections.abc import Sequence

import streamlit as st
from sqlalchemy import Engine

import db
from app.charts import Point, area_latency
from app.engine import engine
from app.views.compare_table import MARKS, show_cards, show_table
from app.views.diffs import show_differences
from app.views.format import ago, area, latency_us
from app.views.places import place
from app.views.run_head import cut
from app.views.words import errors_as_sentences, plain
from db import NoSuchRecord, Run, RunFilter

OFFERED = 100
AROUND = 500
"""How many other runs of the kernel the chart shows at most."""


def page() -> None:
    """Draw the page of the runs that `?runs=a,b,c` names; the first is the baseline."""
    st.title("Compare")
    with errors_as_sentences():
        records = engine()
        runs = _chosen(records)
        if len(runs) < 2:
            _how(runs)
            return
        show_cards(runs)
        show_table(records, runs)
        _chart(records, runs)
        _code(records, runs)


def _chosen(records: Engine) -> list[Run]:
    """The runs of the address, which the field at the top changes."""
    named = {}
    for run_id in dict.fromkeys(st.query_params.get("runs", "").split(",")):
        if run_id:
            try:
                named[run_id] = db.run(records, run_id)
            except NoSuchRecord as error:
                st.warning(plain(str(error)), icon=":material/link_off:")
    kernel = next((run.kernel for run in named.values()), "")
    offered = db.runs(records, RunFilter(kernel=kernel), limit=OFFERED)
    known = {
        **named,
        **{run.id: run for run in offered if getattr(run, area(run).name) is not None},
    }
    chosen = st.multiselect(
        "Runs; the first is the baseline",
        list(known),
        default=list(named),
        format_func=lambda key: _label(known[key]),
        key=f"compared-{','.join(named)}",
        max_selections=len(MARKS),
        select_all=False,
        placeholder="Choose runs to compare",
    )
    if chosen != list(named):
        st.query_params["runs"] = ",".join(chosen)
        st.rerun()
    return [known[run_id] for run_id in chosen]


def _label(run: Run) -> str:
    text = cut(" ".join(run.text.split()), 48)
    return f"{text} ({ago(run.created)}, {run.id})"


def _how(runs: Sequence[Run]) -> None:
    st.info(
        "Choose one more run to compare it with."
        if runs
        else "Choose two runs or more above, or tick them in the table of runs.",
        icon=":material/compare_arrows:",
    )
    st.page_link(place("runs"), label="All runs", icon=":material/list:")


def _chart(records: Engine, runs: Sequence[Run]) -> None:
    st.subheader("Area and latency", anchor=False)
    unit = st.segmented_control(
        "Latency",
        ("in cycles", "in µs at Fmax"),
        default="in cycles",
        required=True,
        key="latency",
        label_visibility="collapsed",
    )
    cycles = unit == "in cycles"
    kernel = runs[0].kernel
    around = db.runs(records, RunFilter(kernel=kernel), limit=AROUND) if kernel else []
    marks = dict(zip((run.id for run in runs), MARKS, strict=False))
    metric = area(runs[0])
    points = [
        Point(run.id, marks.get(run.id, ""), size, latency, plain_text(run))
        for run in [*runs, *(run for run in around if run.id not in marks)]
        if run.verified
        and (size := getattr(run, metric.name)) is not None
        and (latency := run.cycles if cycles else latency_us(run)) is not None
    ]
    if not points:
        st.caption("None of these runs has both figures.")
        return
    title = "Latency (cycles)" if cycles else "Latency (µs at Fmax)"
    st.plotly_chart(area_latency(points, title, metric.unit or metric.label), key="pareto")
    others = f" and all other verified runs of {kernel}" if kernel else ""
    st.caption(
        plain(
            f"The compared runs{others}, whatever their sizes: a smaller problem is also cheaper. "
            "Lower left is better; the line joins the designs that no other one beats in both."
        )
    )


def plain_text(run: Run) -> str:
    """A run for the chart, in which angle brackets would be taken as marks."""
    text = cut(" ".join(run.text.split()), 80)
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _code(records: Engine, runs: Sequence[Run]) -> None:
    st.subheader("Code", anchor=False)
    other = 1
    if len(runs) > 2:
        other = st.segmented_control(
            "Compared with the baseline",
            range(1, len(runs)),
            format_func=lambda position: f"{MARKS[0]} to {MARKS[position]}",
            default=1,
            required=True,
            key="differing",
            label_visibility="collapsed",
        )
    designs = [db.candidates(records, run.id)[-1:] for run in (runs[0], runs[other])]
    if not all(designs):
        st.caption("One of the two runs has no design.")
        return
    before, after = (found[0].design for found in designs)
    show_differences(before, after)
