"""A prompt exactly as a model got it, with the demos in it, and what the answer cost."""

import streamlit as st

from agents.events import Spent
from app.views.timeline import Asking
from app.views.words import plain


def show_prompt(step: Asking) -> None:
    """Draw the prompt of one question to a model."""
    prompt = step.prompt
    if step.spent is not None:
        st.caption(plain(cost(step.spent)))
    if prompt.demos:
        scores = [f"{name} (similarity {score:.2f})" for name, score in prompt.demos.items()]
        st.caption(plain(f"Demos in the prompt: {', '.join(scores)}"))
    with st.expander("Prompt as it was sent", type="compact"):
        for message in prompt.messages:
            st.caption(plain(message.get("role", "message")))
            st.code(message.get("content", ""), language="markdown", wrap_lines=True, height=240)
        st.caption(plain(f"SHA-256 {prompt.digest}"))


def cost(spent: Spent) -> str:
    """What one call of a model cost."""
    price = "price unknown" if spent.usd is None else f"{spent.usd:.4f} USD"
    return (
        f"{spent.input_tokens:,} tokens read, {spent.output_tokens:,} written, {price}, "
        f"{spent.wall_s:.1f} s"
    )
