"""A root of its own for a program: the system and tools read-only, its folders, nothing else."""

# pathlib would take longer to import than all of this to run.
# ruff: noqa: PTH102, PTH103, PTH110, PTH112, PTH114, PTH115, PTH120, PTH211

import os

from tools.contained import kernel, seccomp

_DEVICES = ("null", "zero", "full", "random", "urandom")
_SPACES = (
    kernel.CLONE_NEWNS
    | kernel.CLONE_NEWPID
    | kernel.CLONE_NEWNET
    | kernel.CLONE_NEWIPC
    | kernel.CLONE_NEWUTS
)
_LOCKED = kernel.MS_NOSUID | kernel.MS_NODEV
_STAGE = "/tmp"
"""Where the new root is put together; any folder that every machine has would do."""


def enter() -> None:
    """Leave the machine's namespaces; the next child is the first process of the new ones.

    The child must call `build`. Root keeps its user namespace, within which it can become nobody.
    """
    user, group = os.geteuid(), os.getegid()
    if user == 0:
        kernel.unshare(_SPACES)
    else:
        kernel.unshare(_SPACES | kernel.CLONE_NEWUSER)
        _write("/proc/self/setgroups", "deny")
        _write("/proc/self/uid_map", f"{user} {user} 1")
        _write("/proc/self/gid_map", f"{group} {group} 1")


def build(readable: list[str], writable: list[str], scratch_bytes: int) -> None:
    """Put the new root together and move into it; it ends in the first writable folder."""
    links = {path: os.readlink(path) for path in readable if os.path.islink(path)}
    sources = {path: os.path.realpath(path) for path in (*readable, *writable)}
    kernel.mount("", "/", flags=kernel.MS_REC | kernel.MS_PRIVATE)
    kernel.mount("tmpfs", _STAGE, "tmpfs", _LOCKED, "mode=755,size=4m")
    os.mkdir(f"{_STAGE}/old")
    os.mkdir(f"{_STAGE}/new")
    kernel.mount("tmpfs", f"{_STAGE}/new", "tmpfs", _LOCKED, "mode=755,size=4m")
    pivot = seccomp.number("pivot_root")
    kernel.pivot_root(pivot, _STAGE, f"{_STAGE}/old")
    _furnish(scratch_bytes)
    for path in readable:
        if path in links and path.count("/") == 1:  # such as /bin, a link to usr/bin
            os.symlink(links[path], f"/new{path}")
        elif os.path.exists(f"/old{sources[path]}"):
            _bind(f"/old{sources[path]}", f"/new{path}")
            kernel.make_read_only(f"/new{path}")
    for path in writable:
        _bind(f"/old{sources[path]}", f"/new{path}")
    bind_again = kernel.MS_BIND | kernel.MS_REMOUNT | kernel.MS_RDONLY
    kernel.mount("", "/new", flags=bind_again | _LOCKED)
    os.chdir("/new")
    kernel.pivot_root(pivot, ".", ".")
    kernel.let_go(".")
    os.chdir(writable[0])


def _furnish(scratch_bytes: int) -> None:
    """What every root has besides folders of the machine: /proc, /dev and an empty /tmp."""
    for name in ("proc", "dev", "dev/shm", "tmp"):
        os.mkdir(f"/new/{name}")
    kernel.mount("proc", "/new/proc", "proc", _LOCKED | kernel.MS_NOEXEC)
    for name in _DEVICES:
        _bind(f"/old/dev/{name}", f"/new/dev/{name}")
    os.symlink("/proc/self/fd", "/new/dev/fd")
    for name in ("dev/shm", "tmp"):
        kernel.mount("tmpfs", f"/new/{name}", "tmpfs", _LOCKED, f"mode=1777,size={scratch_bytes}")


def _bind(source: str, target: str) -> None:
    if os.path.isdir(source):
        os.makedirs(target, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.close(os.open(target, os.O_CREAT | os.O_WRONLY, 0o644))
    kernel.mount(source, target, flags=kernel.MS_BIND | kernel.MS_REC)


def _write(path: str, text: str) -> None:
    file = os.open(path, os.O_WRONLY)
    try:
        os.write(file, text.encode())
    finally:
        os.close(file)
