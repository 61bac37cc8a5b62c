"""The design page: say what you want, and watch it being designed, verified and measured."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NoReturn

import streamlit as st
from sqlalchemy import Engine

import db
from app.engine import engine
from app.views.examples import examples
from app.views.format import LIVE
from app.views.sessions import begin_session, current_session, open_session, session_list
from app.views.settings import check_model, recall, settings
from app.views.turn import show_folded, show_live, show_request, show_whole
from app.views.words import errors_as_sentences
from db import Run, RunFilter, RunRequest
from prompts.reading import MAX_REQUEST
from tools.errors import RequestError

RUNS_SHOWN = 50


def page() -> None:
    """Draw the page."""
    records = engine()
    session = current_session(records)
    runs = db.runs(records, RunFilter(session=session), limit=RUNS_SHOWN) if session else []
    runs.reverse()
    if session and runs:
        recall(session, db.requested(records, runs[-1].id))
    with st.sidebar:
        wanted = settings()
        st.divider()
        session_list(records, session)
    with errors_as_sentences():
        again = _conversation(records, runs) if runs else examples(wanted)
        if again is not None:
            _ask(records, again, session)
    _input(records, wanted, session, runs)


def _conversation(records: Engine, runs: Sequence[Run]) -> RunRequest | None:
    """Draw the turns; returns the request of the last one's edit form when it is sent."""
    for run in runs:
        show_request(records, run)
        if run.status in LIVE:
            show_live(records, run.id)
        elif run is runs[-1]:
            return show_whole(records, run)
        else:
            show_folded(records, run)
    return None


def _input(records: Engine, wanted: RunRequest, session: str | None, runs: Sequence[Run]) -> None:
    """Draw the field at the foot of the page; a message becomes a run that follows the last one."""
    live = any(run.status in LIVE for run in runs)
    following = "Change it in words, such as: make it 8x8" if runs else "Describe an accelerator"
    message = st.chat_input(
        "Wait for this run to end, or stop it" if live else following,
        max_chars=MAX_REQUEST,
        accept_file=True,
        file_type=["v", "sv"],
        disabled=live,
    )
    if message is None:
        return
    with errors_as_sentences():
        understood = [run.id for run in runs if run.kernel]
        request = replace(
            wanted,
            text=message.text,
            testbench=_testbench(message.files[0]) if message.files else "",
            parent_run=understood[-1] if understood else None,
        )
        _ask(records, request, session)


def _testbench(file: st.runtime.uploaded_file_manager.UploadedFile) -> str:
    try:
        return file.getvalue().decode()
    except UnicodeDecodeError as error:
        raise RequestError(
            f"the testbench {file.name!r} is not UTF-8 text; save it as such and attach it again"
        ) from error


def _ask(records: Engine, request: RunRequest, session: str | None) -> NoReturn:
    """Queue the request in its conversation, and draw the page anew."""
    if not request.text.strip():
        raise RequestError("the message is empty; say in words which accelerator is wanted")
    check_model(request)
    session = session or begin_session(records, request.text)
    db.enqueue(records, replace(request, session=session))
    open_session(session)
    st.rerun()
