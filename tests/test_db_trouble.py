"""Trouble with the database or a file is told in one clear sentence, and nothing is damaged."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text

import db
from agents.events import Said
from db import files
from db.engine import writing
from db.errors import explained_file


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SILIWRIGHT_HOME", str(tmp_path))
    monkeypatch.delenv("SILIWRIGHT_DATABASE", raising=False)
    return tmp_path


@pytest.fixture
def engine(place: Path) -> Iterator[Engine]:
    engine = db.connect()
    yield engine
    engine.dispose()


def test_a_locked_database_is_told(place: Path) -> None:
    engine = db.connect(patience_s=0.05)
    run_id = db.enqueue(engine, db.RunRequest("x"))
    holder = sqlite3.connect(place / "siliwright.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(db.DatabaseLocked, match=r"siliwright\.db' is locked by another process"):
        db.Recorder(engine, run_id).record(Said("designer", "hello"))
    assert db.run(engine, run_id).status == "queued", "reading goes on"
    holder.close()
    assert db.Recorder(engine, run_id).record(Said("designer", "hello")) == 1


def test_a_read_only_database_can_be_read_and_says_so(engine: Engine, place: Path) -> None:
    run_id = db.enqueue(engine, db.RunRequest("x"))
    reader = db.connect(f"sqlite:///file:{place / 'siliwright.db'}?mode=ro&uri=true")
    assert db.run(reader, run_id).text == "x"
    with pytest.raises(db.DatabaseReadOnly, match="cannot be written; give yourself the right"):
        db.enqueue(reader, db.RunRequest("y"))


@contextmanager
def somebody_else() -> Iterator[None]:
    """Within it, this process has no rights but those of everybody."""
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_a_folder_of_somebody_else_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        monkeypatch.setenv("SILIWRIGHT_HOME", name)
        with somebody_else(), pytest.raises(db.DatabaseReadOnly, match="cannot be opened; check"):
            db.connect()
        with somebody_else(), pytest.raises(db.DatabaseReadOnly, match="may not be used: Perm"):
            files.keep("text")
        db.connect()
        with somebody_else(), pytest.raises(db.DatabaseReadOnly, match=r"siliwright\.db'"):
            db.enqueue(db.connect(), db.RunRequest("x"))


def test_a_full_disk_is_told(engine: Engine) -> None:
    """SQLite's own limit of pages, and the device that is always full, give the real errors."""
    with (
        pytest.raises(db.DiskFull, match=r"siliwright\.db' cannot grow; free some space"),
        writing(engine) as session,
    ):
        session.execute(text("PRAGMA max_page_count = 1"))
        title = "x" * 100_000
        session.execute(text("INSERT INTO sessions VALUES ('id', :title, '')"), {"title": title})
    assert db.sessions(engine) == [], "nothing is kept by halves"
    full = Path("/dev/full")
    with pytest.raises(db.DiskFull, match="'/dev/full' cannot be written"), explained_file(full):
        full.write_text("x")


def test_a_file_that_is_no_database_is_told_and_left_alone(place: Path) -> None:
    (place / "siliwright.db").write_text("Dear diary, " * 100)
    with pytest.raises(db.NotADatabase, match="is not a database; move it away"):
        db.connect()
    assert (place / "siliwright.db").read_text().startswith("Dear diary")


def test_a_damaged_database_is_told(engine: Engine, place: Path) -> None:
    run_id = db.enqueue(engine, db.RunRequest("x"))
    with (place / "siliwright.db").open("r+b") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))
    with pytest.raises(db.NotADatabase, match="is damaged; bring it back from a backup"):
        db.run(engine, run_id)


def test_a_database_of_another_program_or_a_newer_one_is_left_alone(place: Path) -> None:
    with sqlite3.connect(place / "other.db") as other:
        other.execute("CREATE TABLE recipes (name)")
    with pytest.raises(db.NotADatabase, match="another program; it has the table 'recipes'"):
        db.connect(f"sqlite:///{place / 'other.db'}")
    with db.connect().execution_options(write=True).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(db.DatabaseTooNew, match=r"newer Siliwright \(format 9999"):
        db.connect()


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("nonsense", "'nonsense' does not begin the URL"),
        ("cobol://x/y", "'cobol' does not begin the URL"),
        ("sqlite://", "a database in memory keeps nothing"),
    ],
)
def test_an_address_that_cannot_be_is_told(place: Path, url: str, sentence: str) -> None:
    with pytest.raises(db.RecordError, match=sentence):
        db.connect(url)


def test_the_environment_names_the_database(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SILIWRIGHT_DATABASE", f"sqlite:///{place}/deep/er.db")
    assert "runs" in inspect(db.connect()).get_table_names()
    assert (place / "deep" / "er.db").is_file()


def test_a_kept_file_is_whole_again_after_damage_and_missed_when_gone(place: Path) -> None:
    key = files.keep("abc")
    files.path_of(key).write_bytes(b"")
    assert files.text_of(files.keep("abc")) == "abc"
    files.path_of(key).unlink()
    with pytest.raises(db.NoSuchRecord, match="is no longer there"):
        files.text_of(key)
