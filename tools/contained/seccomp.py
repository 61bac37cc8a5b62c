"""A seccomp filter: which system calls a contained program may not make, as classic BPF."""

import ctypes
import os
import sys

from tools.contained import kernel

_NUMBERS = {
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51),
    "unshare": (272, 97), "setns": (308, 268), "bpf": (321, 280), "perf_event_open": (298, 241),
    "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219),
    "userfaultfd": (323, 282), "kexec_load": (246, 104), "kexec_file_load": (320, 294),
    "init_module": (175, 105), "finit_module": (313, 273), "delete_module": (176, 106),
    "swapon": (167, 224), "swapoff": (168, 225), "reboot": (169, 142), "acct": (163, 89),
    "quotactl": (179, 60), "syslog": (103, 116), "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265), "socket": (41, 198), "kcmp": (312, 272),
    "settimeofday": (164, 170), "clock_settime": (227, 112), "adjtimex": (159, 171),
    "sethostname": (170, 161), "setdomainname": (171, 162), "clone": (56, 220),
    "kill": (62, 129), "tkill": (200, 130), "tgkill": (234, 131), "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240), "setsid": (112, 157), "setpgid": (109, 154),
    "prlimit64": (302, 261), "setpriority": (141, 140), "sched_setaffinity": (203, 122),
    "ioprio_set": (251, 30), "shmget": (29, 194), "msgget": (68, 186), "semget": (64, 190),
    "mq_open": (240, 180), "mq_unlink": (241, 181), "truncate": (76, 45), "chmod": (90, -1),
    "fchmodat": (268, 53), "chown": (92, -1), "lchown": (94, -1), "fchownat": (260, 54),
    "setxattr": (188, 5), "lsetxattr": (189, 6), "removexattr": (197, 14),
    "lremovexattr": (198, 15), "utime": (132, -1), "utimes": (235, -1), "futimesat": (261, -1),
    "utimensat": (280, 88),
}  # fmt: skip
"""By name: the number on x86-64, and on AArch64; -1 where an architecture lacks the call."""
_NEW = {
    "pidfd_send_signal": 424, "io_uring_setup": 425, "io_uring_enter": 426,
    "io_uring_register": 427, "open_tree": 428, "move_mount": 429, "fsopen": 430, "fsconfig": 431,
    "fsmount": 432, "fspick": 433, "pidfd_open": 434, "clone3": 435, "pidfd_getfd": 438,
    "process_madvise": 440, "mount_setattr": 442, "fchmodat2": 452, "setxattrat": 463,
    "removexattrat": 466,
}  # fmt: skip
"""Calls that have one number on every architecture."""
_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

_SIGNALS = ("kill", "tkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo", "pidfd_send_signal")
_ELSEWHERE = ("shmget", "msgget", "semget", "mq_open", "mq_unlink", "setsid", "setpgid")
_OTHERS = ("setpriority", "sched_setaffinity", "ioprio_set")
_METADATA = (
    *("chmod", "fchmodat", "fchmodat2", "chown", "lchown", "fchownat", "truncate"),
    *("setxattr", "lsetxattr", "setxattrat", "removexattr", "lremovexattr", "removexattrat"),
    *("utime", "utimes", "futimesat", "utimensat"),
)
"""What Landlock lets a program do to a file that it may not open."""
_SPECIAL = ("clone", "clone3", "tgkill", "prlimit64")

_EPERM, _ENOSYS = 1, 38
_ALLOW, _ERRNO, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_LOAD, _JUMP_EQUAL, _JUMP_AT_LEAST, _JUMP_SET, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER_AT, _ARCHITECTURE_AT, _ARGUMENT_AT = 0, 4, 16
_X32 = 0x40000000
_NEW_SPACES = 0x7E020000  # every CLONE_NEW... flag of clone
_PR_SET_SECCOMP, _MODE_FILTER = 22, 2

Instruction = tuple[int, int, int, int]


def number(call: str) -> int:
    """A system call's number on this machine."""
    if call in _NEW:
        return _NEW[call]
    return _NUMBERS[call][os.uname().machine == "aarch64"]


def restrict(shared: bool, trusted: bool) -> None:
    """Filter the system calls of this process, and of all that it starts.

    `shared`: it is among processes of its own user that it must leave alone, so it may also not
    signal others or leave its process group; and, unless it is `trusted`, not change the metadata
    of files.
    """
    code = _filter(shared, trusted, os.getpid())
    block = (ctypes.c_uint64 * len(code))(*map(_packed, code))
    program = (ctypes.c_uint64 * 2)(len(code), ctypes.addressof(block))
    kernel.no_new_privileges()
    kernel.prctl("PR_SET_SECCOMP", _PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(program))


def _filter(shared: bool, trusted: bool, own: int) -> list[Instruction]:
    special = (*_SIGNALS, *_ELSEWHERE, *_OTHERS, *_METADATA, *_SPECIAL)
    denied = [call for call in (*_NUMBERS, *_NEW) if call not in special]
    if shared:
        denied += [*_SIGNALS, *_ELSEWHERE, *_OTHERS]
        denied += () if trusted else _METADATA
    code: list[Instruction] = [
        (_LOAD, 0, 0, _ARCHITECTURE_AT),
        (_JUMP_EQUAL, 1, 0, _ARCHITECTURES[os.uname().machine]),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER_AT),
        (_JUMP_AT_LEAST, 0, 1, _X32),
        (_RETURN, 0, 0, _ERRNO | _EPERM),
    ]
    for call in denied:
        if (at := number(call)) >= 0:
            code += [(_JUMP_EQUAL, 0, 1, at), (_RETURN, 0, 0, _ERRNO | _EPERM)]
    # The flags of clone3 lie in memory, where a filter cannot see them; libraries then use clone.
    code += [(_JUMP_EQUAL, 0, 1, number("clone3")), (_RETURN, 0, 0, _ERRNO | _ENOSYS)]
    code += _by_argument("clone", (_JUMP_SET, 1, 0, _NEW_SPACES))
    if shared:
        code += _by_argument("tgkill", (_JUMP_EQUAL, 0, 1, own))
        code += _by_argument("prlimit64", (_JUMP_EQUAL, 0, 1, 0))
    return [*code, (_RETURN, 0, 0, _ALLOW)]


def _by_argument(call: str, test: Instruction) -> list[Instruction]:
    """Judge a call by its first argument: allowed when `test` jumps no further, else denied."""
    return [
        (_JUMP_EQUAL, 0, 4, number(call)),
        (_LOAD, 0, 0, _ARGUMENT_AT),
        test,
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _ERRNO | _EPERM),
    ]


def _packed(instruction: Instruction) -> int:
    code, jump_true, jump_false, value = instruction
    parts = (code.to_bytes(2, sys.byteorder), bytes((jump_true, jump_false)))
    return int.from_bytes(b"".join(parts) + value.to_bytes(4, sys.byteorder), sys.byteorder)
