"""The earlier conversations, to be opened again."""

import streamlit as st
from sqlalchemy import Engine

import db
from app.views.format import ago
from app.views.words import plain
from db import RunFilter

PAGE = 8
TITLE = 60


def current_session(engine: Engine) -> str | None:
    """The conversation on the page: the URL names it, or the tab remembers it."""
    wanted: str | None = st.query_params.get("session") or st.session_state.get("session")
    if wanted and not db.count_runs(engine, RunFilter(session=wanted)):
        missing = f"There is no session {wanted!r} in the records; this is a new one."
        st.warning(plain(missing), icon=":material/search_off:")
        wanted = None
    open_session(wanted)
    return wanted


def open_session(session: str | None) -> None:
    """Have the page show a conversation, or a new one, also after a reload."""
    st.session_state["session"] = session
    if session is None:
        st.query_params.clear()
    else:
        st.query_params.from_dict({"session": session})


def begin_session(engine: Engine, text: str) -> str:
    """A new conversation, called by the beginning of its first request."""
    title = " ".join(text.split())
    return db.new_session(engine, title if len(title) <= TITLE else f"{title[: TITLE - 1]}…")


def session_list(engine: Engine, current: str | None) -> None:
    """Draw the list, newest first."""
    st.button(
        "New session",
        icon=":material/add:",
        width="stretch",
        disabled=current is None,
        on_click=open_session,
        args=(None,),
    )
    shown = st.session_state.setdefault("sessions_shown", PAGE)
    found = db.sessions(engine, limit=shown + 1)
    for summary in found[:shown]:
        runs = f"{summary.runs} run{'' if summary.runs == 1 else 's'}"
        st.button(
            plain(summary.title),
            key=f"session-{summary.id}",
            help=f"{runs}, {ago(summary.last or summary.created)}",
            type="secondary" if summary.id == current else "tertiary",
            width="stretch",
            wrap=False,
            on_click=open_session,
            args=(summary.id,),
        )
    if len(found) > shown:
        st.button(
            "Show earlier ones", type="tertiary", icon=":material/more_horiz:", on_click=_more
        )


def _more() -> None:
    st.session_state["sessions_shown"] += PAGE
