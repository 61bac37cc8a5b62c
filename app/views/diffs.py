"""Differences between two designs as unified diffs, one for each file."""

from collections.abc import Mapping
from difflib import unified_diff
from pathlib import PurePosixPath

import streamlit as st

from app.views.sources import CODE_HEIGHT
from prompts.design import Design


def differences(before: Design, after: Design) -> dict[str, str]:
    """File name to unified diff, empty for equal files; a renamed file is found by its suffix."""
    pairs = _pairs(before.files, after.files)
    return {
        new or old: "\n".join(
            unified_diff(
                before.files.get(old, "").splitlines(),
                after.files.get(new, "").splitlines(),
                old or "no file",
                new or "no file",
                lineterm="",
            )
        )
        for old, new in pairs
    }


def _pairs(before: Mapping[str, str], after: Mapping[str, str]) -> list[tuple[str, str]]:
    """Which file became which; empty names stand for a file that is not there."""
    pairs = [(name, name) for name in before if name in after]
    gone = [name for name in before if name not in after]
    come = [name for name in after if name not in before]
    for old in gone:
        same = [new for new in come if PurePosixPath(new).suffix == PurePosixPath(old).suffix]
        new = same[0] if same else ""
        come = [name for name in come if name != new]
        pairs.append((old, new))
    return pairs + [("", new) for new in come]


def show_differences(before: Design, after: Design) -> None:
    """Draw the diffs, a tab for each file."""
    found = differences(before, after)
    if not any(found.values()):
        st.caption("The files are the same.")
        return
    for tab, text in zip(st.tabs(list(found)), found.values(), strict=True):
        with tab:
            if not text:
                st.caption("This file is the same.")
                continue
            lines = text.splitlines()[2:]
            added = sum(line.startswith("+") for line in lines)
            removed = sum(line.startswith("-") for line in lines)
            st.caption(f"{added} lines added, {removed} removed")
            long = len(lines) * 19 > CODE_HEIGHT
            st.code(text, language="diff", height=CODE_HEIGHT if long else "content")
