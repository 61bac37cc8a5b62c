"""The files of a design: a tab each, highlighted, with its download."""

from collections.abc import Collection
from pathlib import PurePosixPath

import streamlit as st

from prompts.design import CXX_SUFFIXES, VERILOG_SUFFIXES, Design

CODE_HEIGHT = 460
LINE_HEIGHT = 19


GENERATED = "made of the C++ by high-level synthesis"


def show_sources(
    design: Design, key: str, height: int = CODE_HEIGHT, generated: Collection[str] = ()
) -> None:
    """Draw the files; `key` tells several designs on one page apart.

    Those that are `generated` by high-level synthesis say so.
    """
    if not design.files:
        st.caption("The design has no files.")
        return
    for tab, (name, text) in zip(st.tabs(list(design.files)), design.files.items(), strict=True):
        with tab:
            lines = text.count("\n")
            with st.container(horizontal=True, vertical_alignment="center"):
                made = f", {GENERATED}" if name in generated else ""
                st.caption(f"{lines:,} lines{made}")
                st.download_button(
                    f"Download {name}",
                    text,
                    name,
                    "text/plain",
                    key=f"download-{key}-{name}",
                    icon=":material/download:",
                    type="tertiary",
                    on_click="ignore",
                )
            tall = lines * LINE_HEIGHT > height
            st.code(
                text,
                language=language_of(name),
                line_numbers=True,
                height=height if tall else "content",
            )


def language_of(name: str) -> str | None:
    """The highlighter's name for a file."""
    suffix = PurePosixPath(name).suffix
    if suffix in VERILOG_SUFFIXES:
        return "verilog"
    return "cpp" if suffix in CXX_SUFFIXES else None
