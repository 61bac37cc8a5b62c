"""The workbench as a person has it: the page's server and a worker, with their own records."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

ROOT = Path(__file__).parents[1]
PATIENCE_S = 120
QUIET = ("--server.headless", "true", "--server.address", "127.0.0.1")


@dataclass(frozen=True)
class Workbench:
    """A running workbench: the address of its page, and its data folder."""

    url: str
    home: Path

    @property
    def database(self) -> str:
        return f"sqlite:///{self.home / 'siliwright.db'}"


@contextmanager
def serving(home: Path) -> Iterator[Workbench]:
    """A workbench on a free port; both of its processes end with the block."""
    port = _free_port()
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "SILIWRIGHT_HOME": str(home),
        "SILIWRIGHT_JOBS": "1",
    }
    page = ("-m", "streamlit", "run", "app/main.py", "--server.port", str(port), *QUIET)
    started: list[subprocess.Popen[bytes]] = []
    with (home / "serving.log").open("wb") as log:
        try:
            for arguments in (page, ("-m", "app.worker")):
                command = [sys.executable, *arguments]
                started.append(
                    subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
                )
            _await(f"http://127.0.0.1:{port}/_stcore/health", started[0], home / "serving.log")
            yield Workbench(f"http://127.0.0.1:{port}", home)
        finally:
            for process in started:
                process.terminate()
            for process in started:
                process.wait(timeout=60)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _await(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the page answers; when it does not, say what its server printed."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (URLError, TimeoutError):
            time.sleep(0.2)
    raise AssertionError(f"the workbench did not start:\n{log.read_text()}")
