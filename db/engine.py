"""Open the database: find it, bring its tables up to date, and give short transactions on it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.orm import Session

from db.errors import RecordError, explained, explained_file
from db.upgrade import upgrade
from tools.home import home


def connect(url: str | None = None, patience_s: float = 30.0) -> Engine:
    """The database at `url`, with its tables up to date.

    Without `url` it is the one that `SILIWRIGHT_DATABASE` names, or `home()/siliwright.db`.
    A locked SQLite database is waited for at most `patience_s` seconds. Raises `RecordError`.
    """
    given = url or os.environ.get("SILIWRIGHT_DATABASE") or f"sqlite:///{home() / 'siliwright.db'}"
    address = _address(given)
    with explained(address):
        engine = _open_sqlite(address, patience_s) if _is_sqlite(address) else _open(address)
        upgrade(engine)
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session that sees one state of the database and takes no lock."""
    with explained(engine.url), Session(engine) as session:
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """A session that holds the right to write, and commits when its block ends without error."""
    writer = engine.execution_options(write=True)
    with (
        explained(engine.url),
        Session(writer, expire_on_commit=False) as session,
        session.begin(),
    ):
        yield session


def _address(given: str) -> URL:
    try:
        address = make_url(given)
        address.get_dialect()
    except (ArgumentError, NoSuchModuleError) as error:
        raise RecordError(
            f"{given.split(':')[0]!r} does not begin the URL of a database; write for example "
            "sqlite:////folder/siliwright.db or postgresql://user@host/name"
        ) from error
    if _is_sqlite(address) and address.database in (None, "", ":memory:"):
        raise RecordError("a database in memory keeps nothing; name a file: sqlite:////folder/name")
    return address


def _is_sqlite(address: URL) -> bool:
    return address.get_backend_name() == "sqlite"


def _open(address: URL) -> Engine:
    try:
        return create_engine(address, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise RecordError(
            f"{address.drivername} databases need the package {error.name!r}; "
            f"to mend it: pip install {error.name}"
        ) from error


def _open_sqlite(address: URL, patience_s: float) -> Engine:
    assert address.database
    if not address.database.startswith("file:"):
        folder = Path(address.database).parent
        with explained_file(folder):
            folder.mkdir(parents=True, exist_ok=True)
    # A connection that outlives a fork damages the database; opening one is cheap, so none is kept.
    engine = create_engine(address, poolclass=NullPool, connect_args={"timeout": patience_s})
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # `_begin` begins transactions, not the driver
    # Readers and a writer work side by side in this mode; the file remembers it.
    if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")


def _begin(connection: Connection) -> None:
    """A writer asks for the lock at once: one that asks later can be refused without a wait."""
    write = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
