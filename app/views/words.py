"""Words on a page: texts from outside as plain text, and errors as sentences."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from prompts.demo import ParameterError
from prompts.folder import DemoError
from tools.errors import SiliwrightError

_MARKS = re.compile(r"([!-/:-@\[-`{-~])")


def plain(text: str) -> str:
    """A text in one line that Markdown shows as it stands, for labels, banners and tables."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


@contextmanager
def errors_as_sentences() -> Iterator[None]:
    """Within it, an error that is meant for a person is shown, and ends the block."""
    try:
        yield
    except (SiliwrightError, ParameterError, DemoError) as error:
        st.error(plain(str(error)), icon=":material/error:")
