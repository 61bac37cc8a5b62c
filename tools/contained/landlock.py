"""Landlock: a program keeps the machine's files in view of the kernel, but may open few of them."""

# pathlib would take longer to import than all of this to run.
# ruff: noqa: PTH112

import ctypes
import os

from tools.contained import kernel

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same on every architecture
_VERSION, _PATH_BENEATH = 1, 1
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 2, 4, 8
_TRUNCATE = 1 << 14
_FILE_RIGHTS = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE
_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
"""All rights over files that an ABI level knows, by the level that brought the last of them."""
_ALL_TCP = 3
_ALL_SCOPES = 3  # abstract sockets and signals
_PROCESS = ("/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/sys/vm/overcommit_memory")
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def level() -> int:
    """The ABI level of this kernel's Landlock; 0 when it has none or it is switched off."""
    try:
        return kernel.syscall("landlock_create_ruleset", _CREATE_RULESET, None, 0, _VERSION)
    except OSError:
        return 0


def restrict(readable: list[str], writable: list[str], trusted: bool) -> None:
    """Deny this process, and all that it starts, every file but these, and TCP where possible.

    A `trusted` program may list folders: the runtime of WebAssembly tools looks at all of them.
    """
    abi = level()
    if not abi:
        raise OSError("this kernel has no Landlock")
    rights = _RIGHTS[max(known for known in _RIGHTS if known <= abi)]
    fields = (rights,) if abi < 4 else (rights, _ALL_TCP) if abi < 6 else (rights, 3, _ALL_SCOPES)
    handled = (ctypes.c_uint64 * len(fields))(*fields)
    ruleset = kernel.syscall(
        "landlock_create_ruleset", _CREATE_RULESET, handled, ctypes.sizeof(handled), 0
    )
    reading = _EXECUTE | _READ_FILE | _READ_DIR
    for path in (*readable, *_PROCESS, "/proc/self"):
        _allow(ruleset, path, reading)
    if trusted:
        _allow(ruleset, "/", _READ_DIR)
    for path in _DEVICES:
        _allow(ruleset, path, _READ_FILE | _WRITE_FILE)
    for path in writable:
        _allow(ruleset, path, rights)
    kernel.no_new_privileges()
    kernel.syscall("landlock_restrict_self", _RESTRICT_SELF, ruleset, 0)
    os.close(ruleset)


def _allow(ruleset: int, path: str, rights: int) -> None:
    """Allow what lies at `path`, and beneath it; nothing when it is not there."""
    try:
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    if not os.path.isdir(path):
        rights &= _FILE_RIGHTS
    rule = _PathBeneath(rights, opened)
    kernel.syscall(
        f"landlock_add_rule {path}", _ADD_RULE, ruleset, _PATH_BENEATH, ctypes.byref(rule), 0
    )
    os.close(opened)
