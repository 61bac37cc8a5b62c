"""What the records hold of a run beside its events: ids, times, and the request as it can be put
again."""

import json
from datetime import datetime

import streamlit as st
from sqlalchemy import Engine

import db
from app.views.format import price, took
from app.views.verdict import ORACLES, STAGES
from app.views.words import plain
from db import Run


def show_record(records: Engine, run: Run) -> None:
    """Draw a table of facts, and the request."""
    facts = {
        "Run": run.id,
        "Status": run.status,
        "Came to": STAGES.get(run.stage, run.stage) or "no stage",
        "Oracle": ORACLES.get(run.oracle, run.oracle) or "none",
        "Function verified": _answer(run.verified, "not decided"),
        "Constraints hold": _answer(run.met, "none were asked for, or not measured"),
        "Asked": _moment(run.created),
        "Started": _moment(run.started),
        "Ended": _moment(run.ended),
        "Took": took(run),
        "Worker": run.worker or "none",
        "Cost": price(run),
        "Session": run.session_id or "none",
        "Batch": f"{run.batch_id}, task {run.batch_index}, sample {run.sample}"
        if run.batch_id
        else "none",
    }
    st.table(
        {
            "Fact": [plain(name) for name in facts],
            "Value": [plain(text) for text in facts.values()],
        },
        hide_index=True,
    )
    st.caption("The request as it can be put again")
    request = json.loads(db.requested(records, run.id).to_json())
    st.code(json.dumps(request, indent=2, ensure_ascii=False), language="json", wrap_lines=True)


def _answer(value: bool | None, unknown: str) -> str:
    return unknown if value is None else "yes" if value else "no"


def _moment(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC" if moment else "not yet"
