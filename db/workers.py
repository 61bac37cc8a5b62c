"""Who works on a run: a process, named so that any other can tell whether it is still alive."""

import os
import re
import socket
from pathlib import Path

_NAME = re.compile(r"(?P<host>.+):(?P<pid>\d+):(?P<start>\d+)")


def this_worker() -> str:
    """This process as `host:pid:start`; the host includes the PID namespace, as containers do."""
    return f"{_host()}:{os.getpid()}:{_start(os.getpid()) or ''}"


def is_dead(worker: str) -> bool:
    """Whether a worker's process is known to have ended; False when it cannot be known here."""
    named = _NAME.fullmatch(worker)
    if named is None or named["host"] != _host():
        return False
    return _start(int(named["pid"])) != named["start"]


def _host() -> str:
    namespace = Path("/proc/self/ns/pid")
    number = namespace.stat().st_ino if namespace.exists() else 0
    return f"{socket.gethostname()}/{number}"


def _start(pid: int) -> str | None:
    """When a process started, in clock ticks since boot; None when it has ended, even unreaped."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return None
    # The name, in parentheses, may hold spaces; the state is field 3 and the start field 22.
    fields = stat.rpartition(")")[2].split()
    return None if fields[0] in "ZX" else fields[19]
