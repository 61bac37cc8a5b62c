"""The sandbox: generated code sees read-only tools, one writable folder, and nothing else.

The strongest way that works on this machine is taken: `bwrap` (bubblewrap), else `unshare` (user
namespaces). With neither, generated code runs only when `SILIWRIGHT_SANDBOX=none` allows it.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal

from tools.errors import ToolError
from tools.process import Limits

Way = Literal["bwrap", "unshare", "none"]
NOBODY = 65534
_SYSTEM = (
    "/usr",
    "/bin",
    "/sbin",
    "/lib",
    "/lib32",
    "/lib64",
    "/etc/ld.so.cache",
    "/etc/alternatives",
)


@lru_cache(maxsize=1)
def way() -> Way:
    """Which sandbox is in force on this machine; raises `ToolError` when there is none."""
    chosen = os.environ.get("SILIWRIGHT_SANDBOX", "")
    if chosen == "none":
        return "none"
    candidates: tuple[Way, ...] = ("bwrap", "unshare")
    for candidate in candidates:
        if chosen in ("", candidate) and _works(candidate):
            return candidate
    raise ToolError(
        "no sandbox works on this machine, so generated code will not be run; install bubblewrap "
        "(apt-get install bubblewrap), or set SILIWRIGHT_SANDBOX=none to run without one"
    )


def contain(
    argv: Sequence[str],
    writable: Sequence[Path],
    readable: Sequence[Path],
    limits: Limits,
    generated: bool = False,
) -> list[str]:
    """The command that runs `argv` contained; it starts in the first of the `writable` folders.

    A `generated` program runs as nobody where this one runs as root: the kernel sets root no limit
    of processes.
    """
    limited = [*_prlimit(limits), *(_as_nobody(writable) if generated else ()), *argv]
    kind = way()
    if kind == "bwrap":
        return [*_bwrap(writable, readable), *limited]
    if kind == "unshare":
        return [*_unshare(), *limited]
    return limited


def tool_folders() -> list[Path]:
    """What every contained program may read besides the system: Python, its packages, our tools."""
    return [Path(sys.prefix), Path(sys.base_prefix), Path(__file__).parent]


def _prlimit(limits: Limits) -> list[str]:
    program = shutil.which("prlimit")
    if program is None:
        return []
    options = [f"--fsize={limits.file_bytes}", f"--nproc={limits.processes}", "--core=0"]
    options.append(f"--cpu={int(limits.time_s) + 5}")
    if limits.memory_bytes is not None:
        options.append(f"--as={limits.memory_bytes}")
    return [program, *options, "--"]


def _as_nobody(writable: Sequence[Path]) -> list[str]:
    program = shutil.which("setpriv")
    if os.geteuid() != 0 or program is None:
        return []
    for folder in writable:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
    ids = (f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
    return [program, *ids, "--no-new-privs", "--bounding-set=-all", "--inh-caps=-all", "--"]


def _bwrap(writable: Sequence[Path], readable: Sequence[Path]) -> list[str]:
    argv = ["bwrap", "--unshare-net", "--unshare-ipc", "--unshare-pid", "--unshare-uts"]
    argv += ["--die-with-parent", "--new-session", "--proc", "/proc"]
    argv += ["--dev", "/dev", "--tmpfs", "/tmp"]
    for path in (*map(Path, _SYSTEM), *readable):
        argv += ["--ro-bind-try", str(path), str(path)]
    for path in writable:
        argv += ["--bind", str(path), str(path)]
    return [*argv, "--chdir", str(writable[0]), "--"]


def _unshare() -> list[str]:
    # Root needs no user namespace; and within one it could not become nobody.
    user = () if os.geteuid() == 0 else ("--user", "--map-root-user")
    rest = ("--net", "--ipc", "--pid", "--fork", "--kill-child", "--mount-proc", "--")
    return ["unshare", *user, *rest]


def _works(candidate: Way) -> bool:
    if shutil.which(candidate) is None:
        return False
    here = (Path(__file__).parent,)
    argv = _bwrap(here, ()) if candidate == "bwrap" else _unshare()
    try:
        done = subprocess.run([*argv, "true"], capture_output=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
