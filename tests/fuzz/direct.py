"""Plans carried out without the sandbox and the cache, the engine's own steps in this process.

What the steps do is the same as in the product; only their start, which costs more than a small
kernel's synthesis, is saved. For the fuzzer's own programs alone: nothing contains them.
"""

import os
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import chdir, contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path

from tools import plan
from tools.diagnostics import hints
from tools.find import find
from tools.hls import run_engine, run_llvm
from tools.hls.frontend import operators
from tools.plan import Command, Content, Outcome, Plan

_OWN = {"llvm": run_llvm.main, "hls": run_engine.main}
_operators: list[bytes] = []


@contextmanager
def direct(folder: Path) -> Iterator[None]:
    """Within the block every plan is carried out directly, in folders within this one."""
    before, known = plan._outcome, dict[tuple[object, ...], Outcome]()

    def outcome(step: Plan, stop: threading.Event | None, cache: bool) -> Outcome:
        key = (step.commands, *sorted(step.files.items()))
        if key not in known:
            known[key] = _carried_out(step, Path(tempfile.mkdtemp(dir=folder)))
        return known[key]

    plan._outcome = outcome
    try:
        yield
    finally:
        plan._outcome = before


def prepare() -> None:
    """Compile what every kernel needs, so that processes forked later have it."""
    if not _operators:
        files, command = operators()
        with tempfile.TemporaryDirectory() as name:
            _write(Path(name), files)
            subprocess.run(_argv(command), cwd=name, check=True)
            _operators.append((Path(name) / "operators.ll").read_bytes())
    for program in ("c++", "clang", "iverilog", "vvp"):
        find(program)
    hints.table()


def _carried_out(step: Plan, folder: Path) -> Outcome:
    _write(folder, step.files)
    returncode, number, said = 0, 0, ["", ""]
    for number, command in enumerate(step.commands):  # noqa: B007 (the outcome tells the last)
        returncode, *texts = _run(command, folder)
        said = [a + b for a, b in zip(said, texts, strict=True)]
        if returncode:
            break
    kept = {str(p.relative_to(folder)): p for name in step.keep for p in folder.glob(name)}
    return Outcome(returncode, number, said[0], said[1], 0.0, kept, folder)


def _run(command: Command, folder: Path) -> tuple[int, str, str]:
    if command.program in _OWN:
        with chdir(folder), redirect_stdout(StringIO()) as said:
            return _OWN[command.program](), said.getvalue(), ""
    if _operators and command.arguments[-1:] == ("operators.ll",):
        (folder / "operators.ll").write_bytes(_operators[0])
        return 0, "", ""
    done = subprocess.run(
        _argv(command),
        cwd=folder,
        capture_output=True,
        text=True,
        env={**os.environ, "LC_ALL": "C"},
    )
    return done.returncode, done.stdout, done.stderr


def _argv(command: Command) -> list[str]:
    program = (command.program,) if command.generated else find(command.program).argv
    return [*program, *command.arguments]


def _write(folder: Path, files: Mapping[str, Content]) -> None:
    for name, held in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(plan._bytes(held))
