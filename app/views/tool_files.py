"""Files that a person gives a tool: uploaded, or pasted as text."""

from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from db.files import keep, path_of
from tools.errors import RequestError


def uploaded_texts(label: str, key: str) -> dict[str, str]:
    """Draw a field for several files; their texts by name."""
    return texts_of(st.file_uploader(label, accept_multiple_files=True, key=key))


def texts_of(files: Sequence[UploadedFile]) -> dict[str, str]:
    """The texts by file name. Raises `RequestError` for a file that is none."""
    if len({file.name for file in files}) < len(files):
        raise RequestError("two files have the same name; rename one")
    return {file.name: _text(file) for file in files}


def pasted(label: str, key: str, name: str) -> dict[str, str]:
    """Draw a field for one file's text, and one for its name; nothing while there is no text."""
    file = st.text_input(
        "File name",
        name,
        help="Its ending says what it is: `.v` or `.sv`, `.cpp` or `.h`.",
        key=f"{key}-name",
        persist_state="session",
    )
    text = st.text_area(label, height=220, key=f"{key}-text", persist_state="session")
    return {(file or "").strip(): text} if text and text.strip() else {}


def text_file(label: str, key: str, name: str) -> tuple[str, str]:
    """Draw a field for one text, uploaded or pasted; its file's name and the text."""
    given = st.file_uploader(f"{label}: a file, or its text below", key=f"{key}-file")
    if given is not None:
        return given.name, _text(given)
    return name, st.text_area(label, height=180, key=f"{key}-text") or ""


def one_file(label: str, key: str) -> tuple[str, str]:
    """Draw a field for one file of any kind; its name, and where it is kept; nothing without one.

    It is kept by its content, so that the same file has the same place.
    """
    given = st.file_uploader(label, key=key)
    if given is None:
        return "", ""
    return given.name, str(path_of(keep(given.getvalue())))


def _text(file: UploadedFile) -> str:
    try:
        return file.getvalue().decode()
    except UnicodeDecodeError as error:
        raise RequestError(f"'{file.name}' is not text in UTF-8; give a source file") from error
