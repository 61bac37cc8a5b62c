"""A step as a zip that reruns outside Siliwright: its files, and a Makefile with its commands."""

import io
import shlex
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from tools.find import Found

_EPOCH = (1980, 1, 1, 0, 0, 0)
_ROOTS = {"VERILATOR": "$(shell verilator --getenv VERILATOR_ROOT)"}
"""How a Makefile finds a folder that differs between machines."""


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The files as a zip: the same bytes for the same files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, files[name])
    return buffer.getvalue()


def scripts(programs: Mapping[str, Found]) -> dict[str, Path]:
    """The programs that are scripts of our own, which the archive must hold."""
    own = {name: Path(found.argv[-1]) for name, found in programs.items()}
    return {name: path for name, path in own.items() if path.suffix == ".py"}


def makefile(
    commands: Sequence[tuple[str, ...]], programs: Mapping[str, Found], built: Sequence[str]
) -> str:
    """The commands as a Makefile; each program is a variable, so that another can be named.

    `built` are the placeholders whose folder, of that name in lower case, is made first.
    """
    own = scripts(programs)
    lines = ["# Reruns one step of a design; the programs it was run with:"]
    lines += [f"#   {name} {found.version}" for name, found in programs.items()]
    for name in programs:
        start = f"python3 {own[name].name}" if name in own else _command(name)
        lines.append(f"{_variable(name)} ?= {start}")
    text = "\n".join(" ".join(command) for command in commands)
    lines += [f"{root}_ROOT ?= {way}" for root, way in _ROOTS.items() if f"@{root}@" in text]
    lines += ["", f"all:{''.join(f' {name.lower()}' for name in built)}"]
    for command in commands:
        lines.append(f"\t{_line(command, built)}")
    for name in built:
        lines += ["", f"{name.lower()}:", f"\t$(MAKE) -C {name.lower()}"]
    lines += ["", f".PHONY: all{''.join(f' {name.lower()}' for name in built)}", ""]
    return "\n".join(lines)


def _command(name: str) -> str:
    return "python3" if name == "python" else name


def _variable(name: str) -> str:
    return "CXX" if name == "c++" else name.upper().replace("-", "_")


def _line(command: tuple[str, ...], built: Sequence[str]) -> str:
    program, *arguments = command
    start = program if program[0] in ".@" else f"$({_variable(program)})"
    words = [start, *(shlex.quote(a).replace("$", "$$") for a in arguments)]
    line = " ".join(words)
    for name in built:
        line = line.replace(f"@{name}@", name.lower())
    for root in _ROOTS:
        line = line.replace(f"@{root}@", f"$({root}_ROOT)")
    return line
