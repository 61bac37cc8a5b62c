"""The filters and the order of the table of runs; they stand in the address of the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

import streamlit as st
from sqlalchemy import Engine

import db
from app.views.format import METRICS
from app.views.settings import DESIGNERS
from app.views.words import plain
from db import RunFilter, RunStatus
from db.queries import Order
from prompts.demos import demos

STATUSES: tuple[RunStatus, ...] = get_args(RunStatus)
ORDERS: Mapping[str, tuple[Order, bool]] = {
    "newest first": ("created", True),
    "oldest first": ("created", False),
    "fewest cycles": ("cycles", False),
    "lowest II": ("ii", False),
    "fewest LUTs": ("luts", False),
    "fewest FFs": ("ffs", False),
    "fewest DSPs": ("dsps", False),
    "fewest BRAMs": ("brams", False),
    "highest Fmax": ("fmax_mhz", True),
    "smallest area (µm²)": ("area_um2", False),
    "shortest path (ps)": ("delay_ps", False),
    "highest cost": ("usd", True),
}
FIGURES = {metric.name for metric in METRICS}
BATCHES_SHOWN = 200


@dataclass(frozen=True)
class Listing:
    """Which runs, and in which order."""

    where: RunFilter
    order: Order
    descending: bool


def listing(records: Engine) -> Listing:
    """Draw the filters; returns what they say."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = st.text_input(
            "Request",
            placeholder="part of the text",
            icon=":material/search:",
            key="by_text",
            bind="query-params",
            width=230,
        )
        status = _choice("Status", STATUSES, "by_status")
        kernel = _choice("Kernel", list(demos()), "by_kernel")
        designer = _choice("Designer", list(DESIGNERS), "by_designer")
        batch = _batch(records)
        order = st.selectbox(
            "Order", list(ORDERS), key="order", bind="query-params", on_change=_first, width=150
        )
    by, descending = ORDERS[order]
    if by in FIGURES:
        st.caption("Only runs in which this figure was measured.")
    where = RunFilter(
        status=next((known for known in STATUSES if known == status), None),
        kernel=kernel,
        designer=designer,
        text=(text or "").strip(),
        batch=batch,
    )
    return Listing(where, by, descending)


def _choice(label: str, options: tuple[str, ...] | list[str], key: str) -> str:
    chosen = st.selectbox(
        label,
        options,
        index=None,
        placeholder="any",
        key=key,
        bind="query-params",
        on_change=_first,
        width=150,
    )
    return chosen or ""


def _batch(records: Engine) -> str:
    """The batch that is chosen; nothing is drawn before there is one."""
    names = {found.id: found.name for found in db.batches(records, limit=BATCHES_SHOWN)}
    if not names:
        return ""
    named = st.query_params.get("by_batch")
    chosen = st.selectbox(
        "Batch",
        list(names),
        index=list(names).index(named) if named in names else None,
        format_func=lambda key: f"{plain(names[key])} {key}",
        placeholder="any",
        key="by_batch",
        on_change=_other_batch,
        width=180,
    )
    return chosen or ""


def _first() -> None:
    """Another list begins with its first page."""
    st.session_state["page"] = 1


def _other_batch() -> None:
    """Write the batch into the address: by its id, which `bind` cannot, as it takes the label."""
    if chosen := st.session_state["by_batch"]:
        st.query_params["by_batch"] = chosen
    else:
        st.query_params.pop("by_batch", None)
    _first()
