"""A plan: the files and commands of one tool run; its digest is the cache key.

Arguments may hold `@NAME@` for a folder that differs between machines, such as `@VERILATOR@`; the
digest sees the placeholder, the program's version, and the content that the folder stands for.
"""

import hashlib
import json
import shutil
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from tools.archive import makefile, scripts, zipped
from tools.cache import digest_of, entry_of, read, store
from tools.errors import LimitReached, TimedOut, ToolError
from tools.find import Found, find
from tools.home import cache_folder
from tools.process import Finished, Limits, run
from tools.sandbox import contain, tool_folders
from tools.work_folder import work_folder

_watched: ContextVar[list["Plan"]] = ContextVar("watched")
FORMAT = 1
"""Part of every digest: a change of what `Outcome` holds makes old results unreadable."""


Content = str | bytes | Path
"""What a file of a plan holds; a path is a file of the cache with that content."""


@dataclass(frozen=True)
class Command:
    """One program of a plan, by its name in `tools.find.PROGRAMS`, or a file that a plan made.

    Such a file is `./name`, or `@PLACE@/name` for one of another plan's.
    """

    program: str
    arguments: tuple[str, ...] = ()

    @property
    def generated(self) -> bool:
        """Whether the program is a file that the plan made, and so not to be trusted."""
        return self.program.startswith(("./", "@"))

    @property
    def runs_design(self) -> bool:
        """Whether the program does what a design's code says, rather than read or translate it."""
        return self.generated or self.program == "vvp"


@dataclass(frozen=True)
class Plan:
    """Files to write, commands to run in their folder until one fails, and the files to keep."""

    files: Mapping[str, Content]
    commands: tuple[Command, ...]
    keep: tuple[str, ...] = ()
    places: Mapping[str, Path] = field(default_factory=dict)
    place_digests: Mapping[str, str] = field(default_factory=dict)
    built: Mapping[str, "Plan"] = field(default_factory=dict)
    """Placeholders for the kept files of another plan, which is carried out first."""
    limits: Limits = field(default_factory=Limits)

    def versions(self) -> dict[str, str]:
        """The programs that this plan starts, and their versions."""
        return {name: found.version for name, found in self._programs().items()}

    def _programs(self) -> dict[str, Found]:
        names = (command.program for command in self.commands if not command.generated)
        return {name: find(name) for name in names}

    def digest(self) -> str:
        """SHA-256 over everything that decides the result."""
        contents = {
            name: digest_of(held)
            if isinstance(held, Path)
            else hashlib.sha256(_bytes(held)).hexdigest()
            for name, held in self.files.items()
        }
        identity = {
            "format": FORMAT,
            "files": contents,
            "commands": [[c.program, *c.arguments] for c in self.commands],
            "keep": self.keep,
            "places": dict(self.place_digests),
            "built": {name: plan.digest() for name, plan in self.built.items()},
            "programs": {name: found.identity() for name, found in self._programs().items()},
            "limits": asdict(self.limits),
        }
        return hashlib.sha256(json.dumps(identity, sort_keys=True).encode()).hexdigest()

    def archive(self) -> bytes:
        """A zip that reruns the step without Siliwright; the same bytes for the same plan."""
        return zipped(self._archived())

    def _archived(self) -> dict[str, bytes]:
        commands = [(c.program, *c.arguments) for c in self.commands]
        programs = self._programs()
        files = {name: _bytes(held) for name, held in self.files.items()}
        files |= {path.name: path.read_bytes() for path in scripts(programs).values()}
        files["Makefile"] = makefile(commands, programs, list(self.built)).encode()
        for name, plan in self.built.items():
            files |= {f"{name.lower()}/{n}": text for n, text in plan._archived().items()}
        return files

    def text(self) -> str:
        """The commands as a person would type them."""
        return "\n".join(" ".join((c.program, *c.arguments)) for c in self.commands)


def _bytes(held: Content) -> bytes:
    if isinstance(held, Path):
        return held.read_bytes()
    return held if isinstance(held, bytes) else held.encode()


@dataclass(frozen=True)
class Outcome:
    """How a plan ended: the last command's exit status, all output, and the kept files."""

    returncode: int
    step: int
    stdout: str
    stderr: str
    wall_s: float
    files: Mapping[str, Path]
    entry: Path
    """Where the cache keeps it; the name is the plan's digest."""
    cached: bool = False

    @property
    def crashed(self) -> bool:
        """Whether the last command was ended by a signal, directly or within the sandbox."""
        return self.returncode < 0 or self.returncode > 128

    @property
    def log(self) -> str:
        return "\n".join(part for part in (self.stdout, self.stderr) if part.strip())


@contextmanager
def watching() -> Iterator[list[Plan]]:
    """The plans that are carried out within the block, in order."""
    plans: list[Plan] = []
    token = _watched.set(plans)
    try:
        yield plans
    finally:
        _watched.reset(token)


def carry_out(plan: Plan, stop: threading.Event | None = None, cache: bool = True) -> Outcome:
    """The plan's outcome: from the cache when it is there, else by running it.

    Raises `TimedOut` when a command met its limit of time or output (never cached), `MissingTool`
    when a program is not there, and `LimitReached` when `stop` was set.
    """
    try:
        return _outcome(plan, stop, cache)
    finally:  # after the plans that it is built on
        _watched.get([]).append(plan)


def _outcome(plan: Plan, stop: threading.Event | None, cache: bool) -> Outcome:
    entry = entry_of(plan.digest())
    if cache and (found := read(entry)):
        record, files = found
        return Outcome(**record, files=files, entry=entry, cached=True)
    plan = replace(plan, places={**plan.places, **_built(plan, stop)}, built={})
    with work_folder() as folder:
        for file, held in plan.files.items():
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_bytes(held))
        outcome = _run(plan, folder, stop, entry)
        if outcome.crashed:  # perhaps for want of memory or processes: it may go well next time
            outcome = replace(outcome, entry=entry.with_name(f"{entry.name}.crashed"))
        record = asdict(outcome)
        del record["files"], record["entry"], record["cached"]
        kept = store(outcome.entry, record, _kept(plan, folder), anew=not cache)
        return replace(outcome, files=kept)


def _built(plan: Plan, stop: threading.Event | None) -> dict[str, Path]:
    """The folders of the plans that this one builds on."""
    folders = {}
    for name, needed in plan.built.items():
        outcome = carry_out(needed, stop)
        if outcome.returncode or not outcome.files:
            raise ToolError(f"what the step builds on does not compile: {outcome.stderr[-400:]}")
        folders[name] = entry_of(needed.digest()) / "files"
    return folders


def _kept(plan: Plan, folder: Path) -> dict[str, Path]:
    """The files to keep; a link could lead out of the folder, and is none."""
    found = sorted({path for pattern in plan.keep for path in folder.glob(pattern)})
    return {
        str(path.relative_to(folder)): path
        for path in found
        if path.is_file() and path.resolve() == folder.resolve() / path.relative_to(folder)
    }


def _run(plan: Plan, folder: Path, stop: threading.Event | None, entry: Path) -> Outcome:
    steps: list[Finished] = []
    for command in plan.commands:
        done = _start(plan, command, folder, stop)
        steps.append(done)
        if done.limit == "stopped":
            raise LimitReached("the run was stopped")
        if done.limit is not None:
            raise TimedOut(f"{command.program} {plan.limits.text(done.limit)}")
        if done.returncode:
            break
    return Outcome(
        returncode=steps[-1].returncode,
        step=len(steps) - 1,
        stdout="".join(done.stdout for done in steps),
        stderr="".join(done.stderr for done in steps),
        wall_s=sum(done.wall_s for done in steps),
        files={},
        entry=entry,
    )


def _start(plan: Plan, command: Command, folder: Path, stop: threading.Event | None) -> Finished:
    environment = {
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "LC_ALL": "C",
    }
    program: Sequence[str] = (_copied(command.program, plan.places, folder),)
    writable = [folder]
    if not command.generated:
        found = find(command.program)
        program = found.argv
        environment.update(found.environment)
        if found.cache_variable:
            writable.append(kept := cache_folder() / command.program.replace("+", "x"))
            kept.mkdir(exist_ok=True)
            environment[found.cache_variable] = str(kept)
    arguments = [_placed(argument, plan.places) for argument in command.arguments]
    readable = [*tool_folders(), *plan.places.values()]
    argv = contain([*program, *arguments], writable, readable, plan.limits, command.runs_design)
    return run(argv, folder, environment, plan.limits, stop)


def _copied(program: str, places: Mapping[str, Path], folder: Path) -> str:
    """A generated program within its work folder: it may not be let into the place it is from."""
    if not program.startswith("@"):
        return program
    made = Path(_placed(program, places))
    shutil.copy(made, folder / made.name)
    return f"./{made.name}"


def _placed(argument: str, places: Mapping[str, Path]) -> str:
    for name, path in places.items():
        argument = argument.replace(f"@{name}@", str(path))
    return argument
