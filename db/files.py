"""The file store: logs, sources, prompts and artifacts, each once, named by its SHA-256.

A file is at `home()/files/ab/cdef…`; it never changes once it is there.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

from db.errors import NoSuchRecord, explained_file
from tools.home import home


def path_of(sha256: str) -> Path:
    """Where the file with this content is, or would be."""
    return home() / "files" / sha256[:2] / sha256[2:]


def keep(content: str | bytes) -> str:
    """Put a text or bytes into the store; returns the SHA-256."""
    # Models and tools can produce lone surrogates; they must come back as they were.
    data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    sha256 = hashlib.sha256(data).hexdigest()
    _place(sha256, len(data), lambda file: file.write(data))
    return sha256


def keep_file(source: Path) -> tuple[str, int]:
    """Copy a file into the store; returns its SHA-256 and its size in bytes."""
    with explained_file(source), source.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        size = file.seek(0, os.SEEK_END)
        file.seek(0)
        _place(sha256, size, lambda target: shutil.copyfileobj(file, target))
    return sha256, size


def text_of(sha256: str) -> str:
    """A kept text. Raises `NoSuchRecord` when somebody has deleted it."""
    path = path_of(sha256)
    with explained_file(path):
        try:
            return path.read_bytes().decode("utf-8", "surrogatepass")
        except FileNotFoundError as error:
            raise NoSuchRecord(
                f"the file {str(path)!r} is no longer there; bring it back from a backup"
            ) from error


def _place(sha256: str, size: int, write: Callable[[IO[bytes]], object]) -> None:
    """Write the file under a passing name and rename it, so that nobody sees half of it."""
    path = path_of(sha256)
    with explained_file(path):
        if path.is_file() and path.stat().st_size == size:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix="draft-", dir=path.parent)
        draft = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                write(file)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
