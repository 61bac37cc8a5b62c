"""The page of the demo library: its kernels as cards, and each on a page of its own."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

import streamlit as st

from app.charts_pace import Pace, cycles_against_bound
from app.library.figures import Measured, measured_of
from app.views.entry import show_entry
from app.views.format import number
from app.views.places import place
from app.views.words import errors_as_sentences, plain
from prompts.demo import Demo
from prompts.demos import demos

COLUMNS = 3
CARD = 300
"""Pixels of a card, at the least."""
_HEADLINE = {"cycles": "cycles", "luts": "LUT", "fmax_mhz": "MHz"}


def page() -> None:
    """Draw the kernel that `?kernel=NAME` names, or all of them."""
    with errors_as_sentences():
        name = st.query_params.get("kernel", "")
        if name in demos():
            show_entry(demos()[name])
            return
        st.title("Library")
        if name:
            missing = f"The library has no kernel {name!r}; these are all it has."
            st.warning(plain(missing), icon=":material/search_off:")
        _cards()


def _cards() -> None:
    st.write(
        "Worked examples, each proven: a golden model, C++ and Verilog that agree with it bit for "
        "bit, and figures measured after place and route. Designers build from them; streams of "
        "one feed those of another, as in *conv 3x3, ReLU, 2x2 max pool*."
    )
    wanted = st.text_input(
        "Find", placeholder="a name, such as attention or nn.Linear", key="library-find"
    )
    found = [demo for demo in demos().values() if _fits(demo, wanted or "")]
    if not found:
        st.info(
            plain(f"No kernel of the library is about {wanted!r}; use fewer or other words."),
            icon=":material/search_off:",
        )
        return
    measured = {demo.name: _measured(demo.name) for demo in found}
    grid = st.grid(COLUMNS, min_column_width=CARD, border=True)
    for demo in found:
        with grid.cell():
            _card(demo, measured[demo.name])
    _pace(found, measured)


@cache
def _measured(name: str) -> tuple[Measured, ...]:
    """The figures of a kernel, whose sources stay as they are while the workbench runs."""
    return tuple(measured_of(demos()[name]))


def _fits(demo: Demo, wanted: str) -> bool:
    """Whether each word that is looked for is in what the entry says of itself."""
    text = " ".join((demo.name, demo.title, demo.sheet.summary, *demo.sheet.names)).lower()
    return all(word in text for word in re.split(r"[\s,]+", wanted.lower()))


def _card(demo: Demo, measured: Sequence[Measured]) -> None:
    st.markdown(f"**{plain(demo.title)}**")
    st.caption(plain(re.split(r"(?<=\.)\s", demo.sheet.summary)[0]))
    small = next((m.figures for m in measured if (m.size, m.way) == ("small", "Verilog")), {})
    figures = [f"{number(small[n])} {unit}" for n, unit in _HEADLINE.items() if n in small]
    st.caption(plain(" · ".join(figures) or "not measured as it is now"))
    st.page_link(
        place("library"),
        label="Look and use",
        icon=":material/open_in_full:",
        query_params={"kernel": demo.name},
    )


def _pace(found: list[Demo], measured: Mapping[str, Sequence[Measured]]) -> None:
    paces = [
        Pace(demo.title, m.way, m.size, m.figures["cycles"], m.bound)
        for demo in found
        for m in measured[demo.name]
    ]
    if not paces:
        return
    st.subheader("Cycles against the bound", anchor=False)
    st.plotly_chart(cycles_against_bound(paces), key="library-pace")
    st.caption(
        "The bound is what multipliers and ports allow without a pipeline's fill; so small "
        "configurations lie farther from it."
    )
