"""Contain this process and start a program in it: `main(WAY, OPTION=VALUE..., --, PROGRAM...)`.

Ways: `namespaces`, `landlock`, or `limits` (limits alone, for a program that is contained already
or is not to be). Options, each as often as needed: `readable`, `writable` (paths; it starts in the
first one), `limit` (a name of `_LIMITS` and a number), `parent` (the id of the process that must
live), `scratch` (bytes of /tmp), `user` (whom root becomes), `trusted` (0 for a design's code),
`count` (add the user's other processes to a limit of them), `filter` (of system calls).
"""

# pathlib would take longer to import than all of this to run.
# ruff: noqa: PTH116, PTH208

import os
import resource
import sys

from tools.contained import kernel

_LIMITS = {
    "cpu": resource.RLIMIT_CPU,
    "fsize": resource.RLIMIT_FSIZE,
    "nproc": resource.RLIMIT_NPROC,
    "as": resource.RLIMIT_AS,
    "core": resource.RLIMIT_CORE,
}
_KILL, _TERMINATE = 9, 15
_CANNOT = 125
"""The exit status when the program could not be contained, and so was not started."""

Options = dict[str, list[str]]


def main(arguments: list[str]) -> int:
    """Run the program contained; its exit status, or 128 and the signal that ended it."""
    way, *rest = arguments
    end = rest.index("--")
    options: Options = {name: [] for name in ("readable", "writable", "limit", "user", "trusted")}
    for argument in rest[:end]:
        name, _, value = argument.partition("=")
        options.setdefault(name, []).append(value)
    program = rest[end + 1 :]
    try:
        if way == "namespaces":
            return _in_namespaces(options, program)
        return _in_group(way, options, program)
    except OSError as error:
        sys.stderr.write(f"siliwright: the program cannot be contained: {error}\n")
        return _CANNOT


def _in_namespaces(options: Options, program: list[str]) -> int:
    """With a first process that reaps: when it ends, the kernel ends all others with it."""
    from tools.contained import namespaces, seccomp

    _live_as_long_as(int(options["parent"][0]), _KILL)
    namespaces.enter()
    first = os.fork()
    if first:
        return _ended(first)
    kernel.die_with_parent(_KILL)
    namespaces.build(options["readable"], options["writable"], int(options["scratch"][0]))
    child = os.fork()
    if child:
        os._exit(_ended(child))
    _limit(options)
    _become(options)
    seccomp.restrict(shared=False, trusted=True)
    return _start(program)


def _in_group(way: str, options: Options, program: list[str]) -> int:
    """In the machine's namespaces: the process group is what ends with its leader's parent."""
    import signal

    from tools.contained import landlock, seccomp

    signal.signal(signal.SIGTERM, lambda *_: os.killpg(0, signal.SIGKILL))
    if "parent" in options:
        _live_as_long_as(int(options["parent"][0]), _TERMINATE)
    leader = os.getpid()
    child = os.fork()
    if child:
        return _ended(child)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _live_as_long_as(leader, _KILL)
    trusted = options["trusted"] == ["1"]
    _limit(options)
    if way == "landlock":  # while this process may still open what it is to allow
        landlock.restrict(options["readable"], options["writable"], trusted)
    _become(options)
    if way == "landlock" or "filter" in options:
        seccomp.restrict(shared=True, trusted=trusted)
    return _start(program)


def _live_as_long_as(parent: int, signal: int) -> None:
    kernel.die_with_parent(signal)
    if os.getppid() != parent:  # it ended before the kernel was told
        os._exit(_CANNOT)


def _ended(child: int) -> int:
    """The exit status of a child, while all others that end are reaped."""
    while True:
        pid, status = os.wait()
        if pid == child:
            code = os.waitstatus_to_exitcode(status)
            return code if code >= 0 else 128 - code


def _limit(options: Options) -> None:
    for text in options["limit"]:
        name, _, value = text.partition(":")
        wanted = int(value)
        if name == "nproc" and "count" in options:
            wanted += _threads_of(int(options["user"][0]) if options["user"] else os.getuid())
        _, most = resource.getrlimit(_LIMITS[name])
        if most != resource.RLIM_INFINITY:
            wanted = min(wanted, most)
        resource.setrlimit(_LIMITS[name], (wanted, wanted))


def _threads_of(user: int) -> int:
    """How many threads a user has on this machine: the kernel counts them with the program's."""
    threads = 0
    for name in os.listdir("/proc"):
        if name.isdecimal():
            try:
                status = os.stat(f"/proc/{name}/task")
            except FileNotFoundError:
                continue
            threads += status.st_nlink - 2 if status.st_uid == user else 0
    return threads


def _become(options: Options) -> None:
    """Give up what root has; and root itself, where another user is named."""
    kernel.drop_capabilities()
    for text in options["user"]:
        user = int(text)
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    kernel.no_new_privileges()


def _start(program: list[str]) -> int:
    folders = [""] if "/" in program[0] else os.environ.get("PATH", "").split(":")
    failure: OSError | None = None
    kernel.default_signals()
    for folder in folders:
        try:
            os.execv(f"{folder}/{program[0]}" if folder else program[0], program)
        except FileNotFoundError as error:
            failure = failure or error
        except OSError as error:
            failure = error
    sys.stderr.write(f"{program[0]}: {failure.strerror if failure else 'not found'}\n")
    return 127 if isinstance(failure, FileNotFoundError) else 126
