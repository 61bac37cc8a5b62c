"""The one place where a program is started: argv, never a shell; in its own group; limited."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

from tools.errors import ToolError

Limit = Literal["time", "output", "stopped"]
_CHUNK = 1 << 16


@dataclass(frozen=True)
class Limits:
    """What a program may use."""

    time_s: float = 60.0
    output_bytes: int = 8 << 20
    file_bytes: int = 1 << 30
    memory_bytes: int | None = None
    """Address space; None for programs that reserve it in advance (WebAssembly runtimes)."""
    processes: int = 512


@dataclass(frozen=True)
class Finished:
    """How a program ended: `limit` says which limit ended it, if one did."""

    returncode: int
    stdout: str
    stderr: str
    wall_s: float
    limit: Limit | None = None


def run(
    argv: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    limits: Limits,
    stop: threading.Event | None = None,
) -> Finished:
    """Run a program in `folder` until it ends, a limit is met, or `stop` is set.

    `argv` is expected to come from `tools.sandbox.contain`. The whole process group dies with it.
    """
    start = time.monotonic()
    try:
        process = subprocess.Popen(
            list(argv),
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except OSError as error:
        raise ToolError(f"{argv[0]!r} cannot be started: {error.strerror}") from error
    assert process.stdout and process.stderr
    readers = [_Reader(pipe, limits.output_bytes) for pipe in (process.stdout, process.stderr)]
    try:
        limit = _wait(process, readers, start + limits.time_s, stop)
    finally:
        _kill_group(process)
    stdout, stderr = (reader.text() for reader in readers)
    return Finished(process.returncode, stdout, stderr, time.monotonic() - start, limit)


class _Reader(threading.Thread):
    """Drains a pipe and keeps at most `limit` bytes of it."""

    def __init__(self, pipe: IO[bytes], limit: int) -> None:
        super().__init__(daemon=True)
        self._pipe, self._limit = pipe, limit
        self._kept = bytearray()
        self.overflow = threading.Event()
        self.start()

    def run(self) -> None:
        with self._pipe:
            while chunk := os.read(self._pipe.fileno(), _CHUNK):
                self._kept += chunk[: self._limit - len(self._kept)]
                if len(self._kept) >= self._limit:
                    self.overflow.set()

    def text(self) -> str:
        self.join(timeout=5)
        return bytes(self._kept).decode("utf-8", errors="replace")


def _wait(
    process: subprocess.Popen[bytes],
    readers: list[_Reader],
    deadline: float,
    stop: threading.Event | None,
) -> Limit | None:
    pause = 0.002
    while process.poll() is None:
        if time.monotonic() > deadline:
            return "time"
        if any(reader.overflow.is_set() for reader in readers):
            return "output"
        if stop is not None and stop.is_set():
            return "stopped"
        try:
            process.wait(timeout=pause)
        except subprocess.TimeoutExpired:
            pause = min(pause * 2, 0.1)
    return "output" if any(reader.overflow.is_set() for reader in readers) else None


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):  # every process of the group has ended
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
