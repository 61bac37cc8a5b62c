"""The empty page: what the workbench is for, and requests to begin with."""

from dataclasses import dataclass, replace
from textwrap import shorten

import streamlit as st

from agents.scripted import Script
from app.views.words import plain
from db import RunRequest
from prompts.demo import Demo
from prompts.demos import demos

COLUMNS = 4
CARD = 215
"""Pixels of a card, at the least."""
LENGTH = 140
"""Characters of a request on its card; the whole of it is the button's tooltip."""
TOURS = {
    "tour": (
        "Guided tour",
        "A recorded model designs a dot product: its first answer fails lint, its second "
        "simulation, and its third passes.",
    ),
    "hls": (
        "Guided tour of HLS",
        "A recorded model writes C++: high-level synthesis refuses its first answer, its second "
        "is wrong, and its third passes.",
    ),
}
"""A card for each script: its title, and what happens."""


@dataclass(frozen=True)
class Card:
    """Something to begin with: its title and text, its button, and the request behind it."""

    title: str
    about: str
    button: str
    request: RunRequest


def examples(settings: RunRequest) -> RunRequest | None:
    """Draw them; returns the request that was chosen, if any."""
    st.title("What shall be designed?")
    st.write(
        "Describe an accelerator in plain words. Siliwright writes its C++ and Verilog, verifies "
        "them against a golden model, and measures area and speed on a real device."
    )
    chosen: RunRequest | None = None
    grid = st.grid(COLUMNS, min_column_width=CARD, border=True)
    tours = (_tour(name, settings) for name in TOURS)
    for card in (*(_example(demo, settings) for demo in demos().values()), *tours):
        with grid.cell():
            chosen = card.request if _drawn(card) else chosen
    return chosen


def _example(demo: Demo, settings: RunRequest) -> Card:
    text = demo.instruction(demo.settle())
    return Card(demo.sheet.title, text, "Design this", replace(settings, text=text))


def _tour(name: str, settings: RunRequest) -> Card:
    script = Script.load(name)
    title, about = TOURS[name]
    tour = RunRequest(
        script.request,
        designer="scripted",
        model=f"scripted:{name}",
        target=settings.target,
        language=script.language,
    )
    return Card(title, f"{about} No key is needed.", "Take the tour", tour)


def _drawn(card: Card) -> bool:
    """Draw a card; whether it was chosen."""
    st.markdown(f"**{plain(card.title)}**")
    st.caption(plain(shorten(card.about, LENGTH, placeholder="…")))
    return st.button(
        card.button,
        key=f"example-{card.title}",
        help=plain(card.about),
        icon=":material/play_arrow:",
        type="tertiary",
    )
