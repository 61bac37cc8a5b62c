"""The sandbox: generated code sees read-only tools, one writable folder, and nothing else.

The strongest way that works on this machine is taken: `bwrap` (bubblewrap), `namespaces` (the same
by `tools.contained`), `landlock` (with a seccomp filter). With none of them generated code runs
only when `SILIWRIGHT_SANDBOX=none` allows it.
"""

import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal

from tools.errors import ToolError
from tools.process import Limits

Way = Literal["bwrap", "namespaces", "landlock", "none"]
WAYS: tuple[Way, ...] = ("bwrap", "namespaces", "landlock")
_USERS = range(61184, 65520)
"""Users without a name, as service managers take them for one service each."""
GAPS: dict[Way, str] = {
    "bwrap": "",
    "namespaces": "",
    "landlock": "generated code can tell which files exist and how large they are, not read them",
    "none": "generated code can read and change whatever you can, and use the network",
}
"""What each way leaves open of what the sandbox is for."""
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
_SCRATCH_BYTES = 64 << 20
"""Room in /tmp; programs are told to use the work folder, which is watched."""
_START = (
    f"import os, sys; sys.path.insert(0, {str(Path(__file__).parents[1])!r}); "
    "from tools.contained.start import main; os._exit(main(sys.argv[1:]))"
)


@lru_cache(maxsize=1)
def way() -> Way:
    """Which sandbox is in force on this machine; raises `ToolError` when there is none."""
    chosen = os.environ.get("SILIWRIGHT_SANDBOX", "")
    if chosen == "none":
        return "none"
    if chosen and chosen not in WAYS:
        known = ", ".join((*WAYS, "none"))
        raise ToolError(f"SILIWRIGHT_SANDBOX is {chosen!r}; it can be one of {known}")
    for candidate in WAYS:
        if chosen in ("", candidate) and works(candidate):
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

    A `generated` program runs as a user of its own where this one runs as root: the kernel sets
    root no limit of processes, and counts all processes of a user together. The command must be
    started by this very process.
    """
    kind = way()
    user = _some_user() if generated and os.geteuid() == 0 else None
    if os.geteuid() == 0:
        _give(writable[0], user or 0)
    readable = list(dict.fromkeys((*tool_folders(), *readable)))
    readable += _installation(argv[0], [*map(Path, _SYSTEM), *readable, *writable])
    if kind == "bwrap":
        prefix = [*_bwrap(writable, readable, user), *_limited(limits, user, generated)]
    else:
        prefix = _contained(kind, writable, readable, limits, user, trusted=not generated)
    return [*prefix, *argv]


def _some_user() -> int:
    """A user that hardly another program has at this time; nobody, in a container without such."""
    maps = [line.split() for line in Path("/proc/self/uid_map").read_text().splitlines()]
    known = [range(int(first), int(first) + int(count)) for first, _, count in maps]
    users = [user for user in (_USERS[0], _USERS[-1]) if any(user in ids for ids in known)]
    return random.choice(_USERS) if len(users) == 2 else 65534  # noqa: S311 (no secret)


def tool_folders() -> list[Path]:
    """What every contained program may read besides the system: Python, its packages, our tools."""
    ours = Path(__file__).parent
    return [Path(sys.prefix), Path(sys.base_prefix), ours, ours.parent / "prompts"]


def description() -> str:
    """Which way is in force, and what it leaves open; raises `ToolError` when there is none."""
    gap = GAPS[kind := way()]
    return f"{kind} (not covered: {gap})" if gap else kind


@lru_cache(maxsize=8)
def works(candidate: Way) -> bool:
    """Whether a program can be started in this way here, and does not see this program's home."""
    if candidate == "bwrap" and shutil.which("bwrap") is None:
        return False
    # In the temporary folder, as real work is; and with a file beside it that must stay hidden.
    with tempfile.TemporaryDirectory(prefix="siliwright-") as name:
        hidden, folder = Path(name, "hidden"), Path(name, "work")
        hidden.write_text("hidden")
        folder.mkdir()
        limits = Limits(time_s=5)
        if candidate == "bwrap":
            prefix = [*_bwrap([folder], tool_folders(), None), *_limited(limits, None, True)]
        else:
            prefix = _contained(candidate, [folder], [], limits, None, trusted=True)
        return _status([*prefix, "true"]) == 0 and _status([*prefix, "cat", str(hidden)]) == 1


def _status(argv: Sequence[str]) -> int:
    try:
        return subprocess.run(argv, capture_output=True, timeout=10, check=False).returncode
    except (OSError, subprocess.TimeoutExpired):
        return -1


def _limited(limits: Limits, user: int | None, generated: bool) -> list[str]:
    """The start of a command within bubblewrap: limits; for generated code a filter of calls."""
    prlimit = shutil.which("prlimit")
    if prlimit is not None and not generated:
        return [prlimit, *(f"--{name}={value}" for name, value in _values(limits).items()), "--"]
    users = () if user is None else (f"user={user}",)
    return [*_python(), "limits", *_limit_options(limits), *users, "filter=on", "--"]


def _values(limits: Limits) -> dict[str, int]:
    values = {"cpu": int(limits.time_s) + 5, "fsize": limits.file_bytes, "core": 0}
    values["nproc"] = limits.processes
    if limits.memory_bytes is not None:
        values["as"] = limits.memory_bytes
    return values


def _limit_options(limits: Limits) -> list[str]:
    return [f"limit={name}:{value}" for name, value in _values(limits).items()]


def _contained(
    kind: Way,
    writable: Sequence[Path],
    readable: Sequence[Path],
    limits: Limits,
    user: int | None,
    trusted: bool,
) -> list[str]:
    options = [f"parent={os.getpid()}", f"scratch={_SCRATCH_BYTES}", f"trusted={int(trusted)}"]
    options += [f"readable={path}" for path in (*_SYSTEM, *readable)]
    options += [f"writable={path}" for path in writable]
    options += () if user is None else (f"user={user}",)
    if kind != "namespaces":  # where processes of this user are counted together
        options.append("count=all")
    start = "limits" if kind == "none" else kind
    return [*_python(), start, *_limit_options(limits), *options, "--"]


def _python() -> list[str]:
    # The interpreter itself, not the environment's: it has less to look up.
    return [str(getattr(sys, "_base_executable", sys.executable)), "-ISE", "-c", _START]


def _bwrap(writable: Sequence[Path], readable: Sequence[Path], user: int | None) -> list[str]:
    argv = ["bwrap", "--unshare-net", "--unshare-ipc", "--unshare-pid", "--unshare-uts"]
    argv += ["--die-with-parent", "--new-session", *_nested()]
    # To become another user is a capability, which that user then does not have.
    argv += ["--cap-drop", "ALL"] if user is None else []
    argv += ["--proc", "/proc", "--dev", "/dev"]
    for folder in ("/tmp", "/dev/shm"):
        argv += ["--size", str(_SCRATCH_BYTES), "--perms", "1777", "--tmpfs", folder]
    for path in (*map(Path, _SYSTEM), *readable):
        argv += ["--ro-bind-try", str(path), str(path)]
    for path in writable:
        argv += ["--bind", str(path), str(path)]
    argv += ["--remount-ro", "/dev", "--remount-ro", "/"]
    return [*argv, "--chdir", str(writable[0]), "--"]


@lru_cache(maxsize=1)
def _nested() -> list[str]:
    """Options against user namespaces within bubblewrap's, as far as this one has them."""
    options = ["--unshare-user", "--disable-userns"]
    if os.geteuid() == 0:  # root has no need of one; and within one it could not become nobody
        return []
    done = _status(["bwrap", *options, "--ro-bind", "/", "/", "--proc", "/proc", "true"])
    return [] if done else options


def _installation(program: str, there: Sequence[Path]) -> list[Path]:
    """What a program needs of its installation, besides what is `there` already."""
    path = Path(program)
    if not path.is_absolute() or not path.exists():
        return []
    # A folder such as ~/oss-cad-suite is a tool's own; one such as ~/.local has more in it.
    private = (Path("/"), Path.home(), Path.home() / ".local")
    needed: list[Path] = []
    for file in (path, path.resolve()):
        prefix = file.parent.parent
        whole = prefix not in private and (prefix / "lib").is_dir()
        if not any(file.is_relative_to(folder) for folder in (*there, *needed)):
            needed.append(prefix if whole else file)
    return needed


def _give(folder: Path, user: int) -> None:
    """Have a user own the work folder and all that is in it."""
    for path in (folder, *folder.rglob("*")):
        os.chown(path, user, user, follow_symlinks=False)
