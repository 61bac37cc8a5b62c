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
    argv: Sequence[str], folder: Path, readable: Sequence[Path], limits: Limits
) -> list[str]:
    """The command that runs `argv` contained: `folder` is its only writable place."""
    limited = [*_prlimit(limits), *argv]
    kind = way()
    if kind == "bwrap":
        return [*_bwrap(folder, readable), *limited]
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


def _bwrap(folder: Path, readable: Sequence[Path]) -> list[str]:
    argv = ["bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--proc", "/proc"]
    argv += ["--dev", "/dev", "--tmpfs", "/tmp"]
    for path in (*map(Path, _SYSTEM), *readable):
        argv += ["--ro-bind-try", str(path), str(path)]
    return [*argv, "--bind", str(folder), str(folder), "--chdir", str(folder), "--"]


def _unshare() -> list[str]:
    return ["unshare", "--user", "--map-root-user", "--net", "--ipc", "--pid", "--fork",
            "--kill-child", "--mount-proc", "--"]  # fmt: skip


def _works(candidate: Way) -> bool:
    if shutil.which(candidate) is None:
        return False
    folder = Path(__file__).parent
    argv = _bwrap(folder, ()) if candidate == "bwrap" else _unshare()
    try:
        done = subprocess.run([*argv, "true"], capture_output=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
