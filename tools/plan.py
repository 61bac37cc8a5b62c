"""A plan: the files and commands of one tool run; its digest is the cache key.

Arguments may hold `@NAME@` for a folder that differs between machines, such as `@VERILATOR@`; the
digest sees the placeholder, the program's version, and the content that the folder stands for.
"""

import hashlib
import json
import shutil
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from tools.errors import LimitReached, TimedOut
from tools.find import Found, find
from tools.home import cache_folder
from tools.process import Finished, Limits, run
from tools.sandbox import contain, tool_folders

FORMAT = 1
"""Part of every digest: a change of what `Outcome` holds makes old results unreadable."""


@dataclass(frozen=True)
class Command:
    """One program of a plan, by its name in `tools.find.PROGRAMS`, or a file that the plan made."""

    program: str
    arguments: tuple[str, ...] = ()

    @property
    def generated(self) -> bool:
        """Whether the program is a file that the plan made, and so not to be trusted."""
        return self.program.startswith("./")


@dataclass(frozen=True)
class Plan:
    """Files to write, commands to run in their folder until one fails, and the files to keep."""

    files: Mapping[str, str | bytes]
    commands: tuple[Command, ...]
    keep: tuple[str, ...] = ()
    places: Mapping[str, Path] = field(default_factory=dict)
    place_digests: Mapping[str, str] = field(default_factory=dict)
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
            name: hashlib.sha256(text if isinstance(text, bytes) else text.encode()).hexdigest()
            for name, text in self.files.items()
        }
        identity = {
            "format": FORMAT,
            "files": contents,
            "commands": [[c.program, *c.arguments] for c in self.commands],
            "keep": self.keep,
            "places": dict(self.place_digests),
            "programs": {name: found.identity() for name, found in self._programs().items()},
            "limits": asdict(self.limits),
        }
        return hashlib.sha256(json.dumps(identity, sort_keys=True).encode()).hexdigest()

    def text(self) -> str:
        """The commands as a person would type them."""
        return "\n".join(" ".join((c.program, *c.arguments)) for c in self.commands)


@dataclass(frozen=True)
class Outcome:
    """How a plan ended: the last command's exit status, all output, and the kept files."""

    returncode: int
    step: int
    stdout: str
    stderr: str
    wall_s: float
    files: Mapping[str, Path]
    cached: bool = False

    @property
    def crashed(self) -> bool:
        """Whether the last command was ended by a signal, directly or within the sandbox."""
        return self.returncode < 0 or self.returncode > 128

    @property
    def log(self) -> str:
        return "\n".join(part for part in (self.stdout, self.stderr) if part.strip())


def carry_out(plan: Plan, stop: threading.Event | None = None, cache: bool = True) -> Outcome:
    """The plan's outcome: from the cache when it is there, else by running it.

    Raises `TimedOut` when a command met its limit of time or output (never cached), `MissingTool`
    when a program is not there, and `LimitReached` when `stop` was set.
    """
    entry = cache_folder() / (digest := plan.digest())[:2] / digest
    if cache and (found := _read(entry)):
        return found
    with tempfile.TemporaryDirectory(prefix="siliwright-") as name:
        folder = Path(name)
        for file, text in plan.files.items():
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        outcome = _run(plan, folder, stop)
        if outcome.crashed:  # perhaps for want of memory or processes: it may go well next time
            entry = entry.with_name(f"{entry.name}.crashed")
        return _store(plan, folder, outcome, entry)


def _run(plan: Plan, folder: Path, stop: threading.Event | None) -> Outcome:
    steps: list[Finished] = []
    for command in plan.commands:
        done = _start(plan, command, folder, stop)
        steps.append(done)
        if done.limit == "stopped":
            raise LimitReached("the run was stopped")
        if done.limit is not None:
            raise TimedOut(_limit_text(command.program, done.limit, plan.limits))
        if done.returncode:
            break
    return Outcome(
        returncode=steps[-1].returncode,
        step=len(steps) - 1,
        stdout="".join(done.stdout for done in steps),
        stderr="".join(done.stderr for done in steps),
        wall_s=sum(done.wall_s for done in steps),
        files={},
    )


def _start(plan: Plan, command: Command, folder: Path, stop: threading.Event | None) -> Finished:
    environment = {
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "LC_ALL": "C",
    }
    program: Sequence[str] = (command.program,)
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
    argv = contain([*program, *arguments], writable, readable, plan.limits, command.generated)
    return run(argv, folder, environment, plan.limits, stop)


def _placed(argument: str, places: Mapping[str, Path]) -> str:
    for name, path in places.items():
        argument = argument.replace(f"@{name}@", str(path))
    return argument


def _limit_text(program: str, limit: str, limits: Limits) -> str:
    if limit == "time":
        return f"{program} was stopped after {limits.time_s:g} s, its time limit"
    return f"{program} was stopped after printing {limits.output_bytes >> 20} MB, its output limit"


def _store(plan: Plan, folder: Path, outcome: Outcome, entry: Path) -> Outcome:
    """Move the kept files and the outcome to the cache; another process may have been first."""
    entry.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix="draft-", dir=entry.parent))
    draft.chmod(0o755)
    kept = sorted({path for pattern in plan.keep for path in folder.glob(pattern)})
    for path in kept:
        if path.is_file() and not path.is_symlink():
            target = draft / "files" / path.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(path, target)
    record = asdict(outcome)
    del record["files"], record["cached"]
    (draft / "outcome.json").write_text(json.dumps(record))
    try:
        draft.replace(entry)
    except OSError:  # another process was first; equal digests have equal files
        shutil.rmtree(draft)
    found = _read(entry)
    assert found is not None, entry
    return replace(outcome, files=found.files)


def _read(entry: Path) -> Outcome | None:
    try:
        record = json.loads((entry / "outcome.json").read_text())
    except FileNotFoundError:
        return None
    root = entry / "files"
    files = {str(path.relative_to(root)): path for path in root.rglob("*") if path.is_file()}
    return Outcome(**record, files=files, cached=True)
