"""The settings of the next run: who designs it, with which model, for which device."""

from collections.abc import Mapping
from typing import get_args

import streamlit as st

from agents.designers import DesignerName
from db import RunRequest
from prompts.design import LANGUAGES
from tools.errors import RequestError
from tools.targets import TARGETS

DESIGNERS: Mapping[str, str] = {
    "library": "Library",
    "llm": "Language model",
    "scripted": "Guided tour",
}
TOUR = "scripted:tour"
_ABOUT = {
    "library": "Builds the kernels of the library from their parameters. Needs no model.",
    "llm": "The model writes the code; the tools check it, and what fails goes back to it. The "
    "key is taken from the server's environment, such as OPENAI_API_KEY.",
    "scripted": "A recorded model that errs twice and mends it; the tools are the real ones.",
}


def recall(session: str, last: RunRequest) -> None:
    """Set the designer as in the session's last request, when the session has just been opened."""
    if st.session_state.get("recalled") == session:
        return
    st.session_state.recalled = session
    st.session_state.designer = last.designer
    if last.designer == "llm":
        st.session_state.update(model=last.model, base_url=last.base_url or "")
    st.session_state.repairs = last.repairs
    st.session_state.language = last.language


def settings() -> RunRequest:
    """Draw the settings; returns a request that still lacks its text."""
    names: tuple[DesignerName, ...] = get_args(DesignerName)
    designer = st.selectbox(
        "Designer",
        names,
        format_func=lambda name: DESIGNERS[name],
        key="designer",
        persist_state="session",
    )
    st.caption(_ABOUT[designer])
    model, base_url = _model() if designer == "llm" else ("", None)
    target = st.selectbox(
        "Target device",
        ["", *TARGETS],
        format_func=lambda name: TARGETS[name].title if name else "As the request says",
        key="target",
        persist_state="session",
    )
    language = st.selectbox(
        "Language",
        [None, *LANGUAGES],
        format_func=lambda name: LANGUAGES[name] if name else "As the request says",
        help="Without a word of it in the request, C++ and Verilog are written, both by hand.",
        key="language",
        persist_state="session",
    )
    clock, repairs = st.columns(2)
    clock_mhz = clock.number_input(
        "Clock (MHz)",
        min_value=1.0,
        max_value=1000.0,
        value=None,
        step=5.0,
        format="%g",
        placeholder="auto",
        help="Empty: what the request says, or 50 MHz.",
        key="clock_mhz",
        persist_state="session",
    )
    allowed = repairs.number_input(
        "Repairs",
        min_value=0,
        max_value=20,
        value=3,
        help="How often a model may try again after a failed check. The library needs none.",
        disabled=designer == "library",
        key="repairs",
        persist_state="session",
    )
    return RunRequest(
        text="",
        designer=designer,
        model=TOUR if designer == "scripted" else model,
        base_url=base_url,
        target=target,
        clock_mhz=clock_mhz,
        language=language,
        repairs=allowed,
    )


def _model() -> tuple[str, str | None]:
    model = st.text_input(
        "Model",
        placeholder="openai:gpt-5 or ollama:qwen3",
        key="model",
        persist_state="session",
    )
    base_url = st.text_input(
        "Address",
        placeholder="the provider's own",
        help="Any OpenAI-compatible endpoint, such as http://localhost:8000/v1.",
        key="base_url",
        persist_state="session",
    )
    return (model or "").strip(), (base_url or "").strip() or None


def check_model(request: RunRequest) -> None:
    """Raise `RequestError` when the request needs a model and names none."""
    if request.designer == "llm" and not request.model:
        raise RequestError(
            "no model is named; enter one under Model at the left, such as openai:gpt-5, "
            "or choose the designer Library, which needs none"
        )
