"""The one place where a program is started: argv, never a shell; in its own group; limited."""

import os
import select
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

from tools.errors import RequestError, ToolError

Limit = Literal["time", "output", "stopped", "memory", "disk", "files"]
_CHUNK = 1 << 16
_PAUSE_S = 0.05
_WATCH_S = 0.2
"""How often a program's memory and files are looked at."""
_PAGE = os.sysconf("SC_PAGE_SIZE")
NOT_CONTAINED = 125
"""The exit status of `tools.contained` when it could not contain a program, so did not start it."""
_DEEPEST = 64
"""Folders within folders; more count as too many files."""


@dataclass(frozen=True)
class Limits:
    """What a program may use."""

    time_s: float = 60.0
    output_bytes: int = 8 << 20
    file_bytes: int = 1 << 30
    memory_bytes: int | None = None
    """Address space; None for programs that reserve it in advance (WebAssembly runtimes)."""
    processes: int = 512
    resident_bytes: int = 8 << 30
    """Memory in use by the program and all that it started."""
    folder_bytes: int = 4 << 30
    folder_files: int = 20_000

    def __post_init__(self) -> None:
        if not self.time_s > 0:
            raise RequestError(f"a time limit of {self.time_s:g} s is not above 0; give more time")

    def text(self, limit: Limit) -> str:
        """What a program did that met a limit."""
        return {
            "time": f"was stopped after {self.time_s:g} s, its time limit",
            "output": f"was stopped after printing {self.output_bytes >> 20} MB, its output limit",
            "memory": f"was stopped using {self.resident_bytes >> 20} MB, its memory limit",
            "disk": f"was stopped after writing {self.folder_bytes >> 20} MB, its disk limit",
            "files": f"was stopped after making {self.folder_files} files, its limit of files",
            "stopped": "was stopped from outside",
        }[limit]


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
    Raises `ToolError` when the program cannot be started or contained.
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
        _end_first_when_memory_is_short(process.pid)
        limit = _wait(process, readers, _Watch(process.pid, folder, limits), stop)
    finally:
        _kill_group(process)
    stdout, stderr = (reader.text() for reader in readers)
    if process.returncode == NOT_CONTAINED and stderr.startswith("siliwright: "):
        raise ToolError(stderr.strip().removeprefix("siliwright: "))
    if process.returncode == 1 and argv[0] == "bwrap" and stderr.startswith("bwrap: "):
        raise ToolError(f"the sandbox does not start: {stderr.strip()}")
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


class _Watch:
    """Looks now and then at what a program uses: time, memory, and room in its folder."""

    def __init__(self, pid: int, folder: Path, limits: Limits) -> None:
        self._pid, self._folder, self._limits = pid, folder, limits
        self._deadline = time.monotonic() + limits.time_s
        self._next = time.monotonic() + _WATCH_S

    def exceeded(self) -> Limit | None:
        now = time.monotonic()
        if now > self._deadline:
            return "time"
        if now < self._next:
            return None
        found = self.measured()
        self._next = time.monotonic() + _WATCH_S
        return found

    def measured(self) -> Limit | None:
        """The limit of memory or files that is exceeded now."""
        if sum(map(_resident_bytes, _descendants(self._pid))) > self._limits.resident_bytes:
            return "memory"
        return self.room()

    def room(self) -> Limit | None:
        """The limit of files that is exceeded now."""
        used = 0
        for files, (depth, entry) in enumerate(_entries(self._folder), 1):
            with suppress(OSError):  # it has gone meanwhile
                used += entry.stat(follow_symlinks=False).st_blocks * 512
            if files > self._limits.folder_files or depth > _DEEPEST:
                return "files"
        return "disk" if used > self._limits.folder_bytes else None


def _entries(folder: Path) -> Iterator[tuple[int, "os.DirEntry[str]"]]:
    """All that is in a folder, and how deep; what cannot be looked into is passed over."""
    left = [(1, str(folder))]
    while left:
        depth, path = left.pop()
        with suppress(OSError), os.scandir(path) as entries:
            for entry in entries:
                yield depth, entry
                if entry.is_dir(follow_symlinks=False):
                    left.append((depth + 1, entry.path))


def _descendants(pid: int) -> Iterator[int]:
    """A process and all that it started, as far as they have not left it for another parent."""
    left = [pid]
    while left:
        yield (parent := left.pop())
        # Any of it can end while it is looked at: a thread's entry, or the whole folder.
        with suppress(OSError), os.scandir(f"/proc/{parent}/task") as threads:
            for thread in threads:
                with suppress(OSError):
                    left += map(int, Path(thread.path, "children").read_text().split())


def _resident_bytes(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError):  # it has ended
        return 0


def _end_first_when_memory_is_short(pid: int) -> None:
    with suppress(OSError):  # it has ended, or this is not Linux
        Path(f"/proc/{pid}/oom_score_adj").write_text("500")


def _wait(
    process: subprocess.Popen[bytes],
    readers: list[_Reader],
    watch: _Watch,
    stop: threading.Event | None,
) -> Limit | None:
    with _end_of(process) as ended:
        while process.poll() is None:
            if limit := watch.exceeded():
                return limit
            if any(reader.overflow.is_set() for reader in readers):
                return "output"
            if stop is not None and stop.is_set():
                return "stopped"
            ended.poll(_PAUSE_S * 1000)
    if any(reader.overflow.is_set() for reader in readers):
        return "output"
    return watch.room()


@contextmanager
def _end_of(process: subprocess.Popen[bytes]) -> Iterator[select.poll]:
    """What can be waited on for a process to end, at once where the kernel tells of it."""
    waiting = select.poll()
    try:
        ending = os.pidfd_open(process.pid)
    except OSError:  # before Linux 5.3
        yield waiting
        return
    waiting.register(ending, select.POLLIN)
    try:
        yield waiting
    finally:
        os.close(ending)


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):  # every process of the group has ended
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
