"""The errors of the records, and the one boundary where foreign errors become sentences.

SiliwrightError
└── RecordError             the records cannot be read or written: says which file, what to do
    ├── DatabaseLocked      another process has held the database for too long
    ├── DatabaseReadOnly    the file or its folder cannot be written
    ├── DiskFull            there is no room left
    ├── NotADatabase        the file is damaged, or is something else
    ├── DatabaseTooNew      a newer Siliwright has written the database
    ├── NoSuchRecord        there is no run, session, batch or file with that name
    └── RunTaken            another worker has taken the run over: this one must let go
"""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError, OperationalError

from tools.errors import SiliwrightError


class RecordError(SiliwrightError):
    """The records cannot be read or written."""


class DatabaseLocked(RecordError):
    """Another process has held the database for longer than the patience."""


class DatabaseReadOnly(RecordError):
    """The file or its folder cannot be written."""


class DiskFull(RecordError):
    """There is no room left for the database or a file."""


class NotADatabase(RecordError):
    """The file is damaged, or it is not a database of Siliwright."""


class DatabaseTooNew(RecordError):
    """A newer Siliwright has written the database."""


class NoSuchRecord(RecordError):
    """There is no record with that name."""


class RunTaken(RecordError):
    """The run belongs to another worker now."""


_SQLITE: dict[int, tuple[type[RecordError], str]] = {
    sqlite3.SQLITE_BUSY: (
        DatabaseLocked,
        "the database {place} is locked by another process; end that process or try again later",
    ),
    sqlite3.SQLITE_READONLY: (
        DatabaseReadOnly,
        "the database {place} cannot be written; give yourself the right to write to the file "
        "and its folder, or set SILIWRIGHT_HOME to another folder",
    ),
    sqlite3.SQLITE_FULL: (
        DiskFull,
        "the disk is full: the database {place} cannot grow; free some space and try again",
    ),
    sqlite3.SQLITE_NOTADB: (
        NotADatabase,
        "the file {place} is not a database; move it away, and a new one is made",
    ),
    sqlite3.SQLITE_CORRUPT: (
        NotADatabase,
        "the database {place} is damaged; bring it back from a backup, or move it away, "
        "and a new one is made",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        DatabaseReadOnly,
        "the database {place} cannot be opened; check that its folder is there and that you may "
        "write to it, or set SILIWRIGHT_HOME to another folder",
    ),
    sqlite3.SQLITE_IOERR: (
        RecordError,
        "the disk gave an error while the database {place} was used; check the disk and its space",
    ),
}
_SQLITE[sqlite3.SQLITE_LOCKED] = _SQLITE[sqlite3.SQLITE_BUSY]
_SQLITE[sqlite3.SQLITE_PERM] = _SQLITE[sqlite3.SQLITE_CANTOPEN]


@contextmanager
def explained(url: URL) -> Iterator[None]:
    """Within it, the database's own errors become one sentence each; bugs stay what they are."""
    try:
        yield
    except DBAPIError as error:
        code = getattr(error.orig, "sqlite_errorcode", None)
        if code is not None:
            # The low byte is the primary result code; the rest only refines it.
            if (known := _SQLITE.get(code & 0xFF)) is None:
                raise
            kind, sentence = known
            raise kind(sentence.format(place=repr(_place(url)))) from error
        # Without a statement the server was not even reached.
        if isinstance(error, OperationalError) and (
            error.connection_invalidated or error.statement is None
        ):
            raise RecordError(
                f"the database {_place(url)!r} does not answer: {error.orig}; check that its "
                "server runs and that SILIWRIGHT_DATABASE names it rightly"
            ) from error
        raise


def _place(url: URL) -> str:
    """The database's file, or its address without the password."""
    if url.get_backend_name() == "sqlite" and url.database:
        return url.database.removeprefix("file:")
    return url.render_as_string(hide_password=True)


@contextmanager
def explained_file(path: Path) -> Iterator[None]:
    """Within it, the operating system's refusals to use `path` become one sentence each."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(
                f"the disk is full: {str(path)!r} cannot be written; free some space and try again"
            ) from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise DatabaseReadOnly(
                f"{str(path)!r} may not be used: {error.strerror}; give yourself the right to it, "
                "or set SILIWRIGHT_HOME to another folder"
            ) from error
        raise RecordError(
            f"{str(path)!r} cannot be used: {error.strerror}; check the path and the disk"
        ) from error
