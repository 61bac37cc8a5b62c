"""The pages of the workbench by name: a new page is one new file and one line here."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module

import streamlit as st


@dataclass(frozen=True)
class Place:
    """A page as the navigation shows it; a hidden one is reached by links only."""

    title: str
    icon: str
    hidden: bool = False


PLACES: Mapping[str, Place] = {
    "design": Place("Design", ":material/memory:"),
    "library": Place("Library", ":material/local_library:"),
    "runs": Place("Runs", ":material/list:"),
    "run": Place("Run", ":material/description:", hidden=True),
    "compare": Place("Compare", ":material/compare_arrows:"),
    "tools": Place("Tools", ":material/handyman:"),
}
"""`app/views/<name>.py` draws a page with its function `page`; the first is the default one."""


def place(name: str) -> st.Page:
    """A page, for `st.navigation`, `st.page_link` and `st.switch_page`."""
    shown = PLACES[name]
    return st.Page(
        import_module(f"app.views.{name}").page,
        title=shown.title,
        icon=shown.icon,
        url_path=name,
        default=name == next(iter(PLACES)),
        visibility="hidden" if shown.hidden else "visible",
    )
