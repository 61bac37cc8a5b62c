"""What all tests share: one data folder for the caches of tools, and options for long proofs."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

import db
from app import engine as cached


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="also run the proofs that take long")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--full"):
        return
    skip = pytest.mark.skip(reason="takes long; run it with --full")
    for item in items:
        if "full" in item.keywords:
            item.add_marker(skip)


@pytest.fixture(scope="session", autouse=True)
def shared_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One data folder for the whole suite: its processes share the cache of tools."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "siliwright"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SILIWRIGHT_HOME", str(folder))
        patch.delenv("SILIWRIGHT_DATABASE", raising=False)
        yield folder


@pytest.fixture
def own_home(tmp_path: Path, shared_cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder of the test's own, with the suite's tool cache linked into it."""
    folder = tmp_path / "home"
    folder.mkdir()
    (shared_cache / "cache").mkdir(parents=True, exist_ok=True)
    (folder / "cache").symlink_to(shared_cache / "cache")
    monkeypatch.setenv("SILIWRIGHT_HOME", str(folder))
    return folder


@pytest.fixture
def engine(own_home: Path) -> Iterator[Engine]:
    """An empty database, which the pages use too."""
    cached.engine.clear()
    engine = db.connect()
    yield engine
    engine.dispose()
    cached.engine.clear()
