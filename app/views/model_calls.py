"""The questions that were put to a model in a run, their prompts and answers, and the cost."""

from collections.abc import Sequence

import streamlit as st

from app.views.format import price
from app.views.prompts import show_prompt
from app.views.timeline import Asking
from app.views.words import plain
from db import Run


def show_model_calls(run: Run, asked: Sequence[Asking]) -> None:
    """Draw every question, the first one on top."""
    count = f"{len(asked)} question{'' if len(asked) == 1 else 's'}"
    st.caption(plain(f"{count} to {run.model or 'the model'}: {price(run)}"))
    for position, step in enumerate(asked, 1):
        answered = f"answered in {step.spent.wall_s:.1f} s" if step.spent else "not answered"
        with st.expander(f"Question {position} :gray[{answered}]", expanded=position == 1):
            show_prompt(step)
            if step.answer:
                st.caption("Answer")
                st.code(step.answer, language="markdown", wrap_lines=True, height=360)
