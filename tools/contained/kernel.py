"""Calls of the Linux kernel that Python 3.11 has no function for."""

import ctypes
import os

_C = ctypes.CDLL(None, use_errno=True)
_C.syscall.restype = ctypes.c_long

CLONE_NEWNS = 0x00020000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 1, 2, 4, 8
MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE = 0x20, 0x1000, 0x4000, 0x40000
_MNT_DETACH = 2
_AT_FDCWD, _AT_RECURSIVE = -100, 0x8000
_MOUNT_SETATTR = 442  # the same number on every architecture

_PR_SET_PDEATHSIG, _PR_CAPBSET_DROP, _PR_SET_NO_NEW_PRIVS = 1, 24, 38
_LAST_CAPABILITY = 63
_SIGPIPE, _SIGXFSZ = 13, 25


def checked(result: int, call: str) -> int:
    """The result of a call; an `OSError` that names the call when it failed."""
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{call}: {os.strerror(number)}")
    return result


def syscall(call: str, number: int, *arguments: object) -> int:
    """A system call by its number; `call` names it in errors."""
    sized = (ctypes.c_long(a) if isinstance(a, int) else a for a in arguments)
    return checked(_C.syscall(ctypes.c_long(number), *sized), call)


def prctl(call: str, option: int, *arguments: object) -> int:
    """One `prctl` operation."""
    sized = [ctypes.c_ulong(a) if isinstance(a, int) else a for a in arguments]
    sized += [ctypes.c_ulong(0)] * (4 - len(sized))
    return checked(_C.prctl(option, *sized), call)


def unshare(flags: int) -> None:
    checked(_C.unshare(flags), "unshare")


def mount(source: str, target: str, kind: str = "", flags: int = 0, data: str = "") -> None:
    encoded = (text.encode() or None for text in (source, target, kind, data))
    source_, target_, kind_, data_ = encoded
    result = _C.mount(source_, target_, kind_, ctypes.c_ulong(flags), data_)
    checked(result, f"mount {target}")


def make_read_only(target: str) -> None:
    """Make a bind mount and all mounts below it read-only; before Linux 5.12 only itself."""
    attributes = (ctypes.c_uint64 * 4)(MS_RDONLY | MS_NOSUID, 0, 0, 0)
    size = ctypes.sizeof(attributes)
    try:
        path = ctypes.c_char_p(target.encode())
        arguments = (_AT_FDCWD, path, _AT_RECURSIVE, attributes, size)
        syscall(f"mount_setattr {target}", _MOUNT_SETATTR, *arguments)
    except OSError:
        # Flags that the mount has may not be taken from it; their bits are those of statvfs.
        kept = os.statvfs(target).f_flag & (MS_NODEV | MS_NOEXEC)
        mount("", target, flags=MS_BIND | MS_REMOUNT | MS_RDONLY | MS_NOSUID | kept)


def pivot_root(number: int, new: str, old: str) -> None:
    """Make the mount `new` the root, and have the old one at `old`; `number` is the call's."""
    paths = (ctypes.c_char_p(path.encode()) for path in (new, old))
    syscall("pivot_root", number, *paths)


def let_go(target: str) -> None:
    """Unmount a tree, at once for those who look and later for those who use it."""
    checked(_C.umount2(target.encode(), _MNT_DETACH), f"umount2 {target}")


def die_with_parent(signal: int) -> None:
    """Have the kernel send this process a signal when its parent ends, however it ends."""
    prctl("PR_SET_PDEATHSIG", _PR_SET_PDEATHSIG, signal)


def default_signals() -> None:
    """Undo what Python does at its start, which programs would inherit: it ignores these two."""
    for signal in (_SIGPIPE, _SIGXFSZ):
        _C.signal(signal, ctypes.c_void_p(0))


def no_new_privileges() -> None:
    prctl("PR_SET_NO_NEW_PRIVS", _PR_SET_NO_NEW_PRIVS, 1)


def drop_capabilities() -> None:
    """Leave the programs started from here none, not even as root."""
    for capability in range(_LAST_CAPABILITY + 1):
        try:
            prctl("PR_CAPBSET_DROP", _PR_CAPBSET_DROP, capability)
        except OSError:  # the kernel has no more of them, or it was never root's to drop
            return
