"""The designs that a run proposed: each with its files and what changed since the one before."""

from dataclasses import replace

import streamlit as st
from sqlalchemy import Engine

import db
from app.views.diffs import show_differences
from app.views.sources import show_sources
from app.views.words import plain
from db import Candidate, Run


def show_attempts(records: Engine, run: Run) -> None:
    """Draw the last design; earlier ones can be chosen."""
    found = db.candidates(records, run.id)
    if not found:
        st.caption("No design was proposed.")
        return
    chosen = len(found) - 1
    if len(found) > 1:
        chosen = st.segmented_control(
            "Attempt",
            range(len(found)),
            format_func=lambda index: f"{index + 1}: {_verdict(found[index])}",
            default=chosen,
            required=True,
            key=f"attempt-{run.id}",
            label_visibility="collapsed",
        )
    candidate = found[chosen]
    st.caption(plain(f"Top {candidate.design.top}, design {candidate.design_id[:12]}"))
    if chosen and st.toggle("Show what changed since the attempt before"):
        show_differences(found[chosen - 1].design, candidate.design)
    else:
        made = candidate.generated
        whole = replace(candidate.design, files={**candidate.design.files, **made})
        show_sources(whole, f"attempt-{run.id}-{chosen}", generated=made)


def _verdict(candidate: Candidate) -> str:
    """The check that failed; or that all passed."""
    failure = next((report for report in candidate.reports if not report.passed), None)
    if failure is not None:
        return plain(f"{failure.tool} {failure.status}")
    return "all checks passed" if candidate.reports else "not checked"
