"""The empty page: what the workbench is for, and requests to begin with."""

from dataclasses import replace

import streamlit as st

from app.views.settings import TOUR
from app.views.words import plain
from db import RunRequest
from prompts.demo import Demo
from prompts.demos import demos

COLUMNS = 3
TOUR_KERNEL = "dot_product"


def examples(settings: RunRequest) -> RunRequest | None:
    """Draw them; returns the request that was chosen, if any."""
    st.title("What shall be designed?")
    st.write(
        "Describe an accelerator in plain words. Siliwright writes its C++ and Verilog, verifies "
        "them against a golden model, and measures area and speed on a real device."
    )
    chosen: RunRequest | None = None
    kernels = list(demos().values())
    for begin in range(0, len(kernels), COLUMNS):
        columns = st.columns(COLUMNS)
        for column, demo in zip(columns, kernels[begin : begin + COLUMNS], strict=False):
            with column.container(border=True, height="stretch"):
                if _card(demo):
                    chosen = replace(settings, text=_request_for(demo))
    st.space("small")
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Take the tour", icon=":material/tour:", key="tour"):
            text = _request_for(demos()[TOUR_KERNEL])
            chosen = RunRequest(text, designer="scripted", model=TOUR)
        st.caption(
            "A recorded model designs a dot product: its first answer fails lint, its second "
            "simulation, and its third passes. No key is needed."
        )
    return chosen


def _card(demo: Demo) -> bool:
    st.markdown(f"**{plain(demo.sheet.title)}**")
    st.caption(plain(_request_for(demo)))
    return st.button(
        "Design this", key=f"example-{demo.name}", icon=":material/play_arrow:", type="tertiary"
    )


def _request_for(demo: Demo) -> str:
    return demo.instruction(demo.settle())
