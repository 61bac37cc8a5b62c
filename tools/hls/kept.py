"""Which functions of LLVM's code are kept: compiled apart, and called where the source calls them.

The source asks for it with `INLINE off` or with ALLOCATION of the function. Calls from what is
pipelined are inlined, and so is a function that no module of its own can do the work of.
"""

import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from itertools import count
from pathlib import PurePosixPath
from typing import Any

from tools.hls.locations import Locations
from tools.hls.regions import functions

_BODY = re.compile(r'^define [^\n]*?@("[^"]*"|[-\w.$]+)\([^\n]*\{\n.*?^\}', re.M | re.S)
_CALL = re.compile(r'\bcall [^\n@]*@("[^"]*"|[-\w.$]+)\(')
_GLOBAL = re.compile(r'^(@(?:"[^"]*"|[-\w.$]+)) = [^\n]*?\bglobal (ptr\b)?', re.M)


@dataclass(frozen=True)
class Asked:
    """A function that is to be kept: its module's name, and its name and line in the source."""

    name: str
    source: str
    line: int


@dataclass
class Keeping:
    """The functions that are kept, callers first, by their names in LLVM's code."""

    functions: dict[str, Asked] = field(default_factory=dict)
    said: list[tuple[str, int, str]] = field(default_factory=list)
    """Files, lines and sentences about what is inlined all the same."""

    def told(self) -> dict[str, object]:
        found = [{"function": function, "name": asked.name, "line": asked.line}
                 for function, asked in self.functions.items()]  # fmt: skip
        return {"functions": found, "said": self.said}


def asked(text: str, top: str, wanted: Mapping[str, Any]) -> tuple[dict[str, Asked], Keeping]:
    """The functions that are to be kept, by their names in LLVM's code; they get names apart."""
    keeping, found, names = Keeping(), dict[str, Asked](), set[str]()
    refused: Mapping[str, str] = wanted["inlined"]
    own = {PurePosixPath(name).name for name in wanted["files"]}
    for mangled, source in functions(text).items():
        bare, plain = mangled.strip('"'), source.name.partition("<")[0]
        if plain not in wanted["kept"] or source.file not in own or bare == top:
            continue
        stem = re.sub(r"[^a-zA-Z0-9_]", "_", plain)
        name = next(n for i in count(1) if (n := f"{stem}_{i}" if i > 1 else stem) not in names)
        if name in refused:
            _say(keeping, wanted, plain, refused[name])
            continue
        names.add(name)
        found[bare] = Asked(name, plain, source.line)
    return found, keeping


def in_region(wanted: Mapping[str, Any], tasks: Container[str]) -> Keeping:
    """What is said where all functions but the tasks of a dataflow region are inlined."""
    keeping = Keeping()
    for name in wanted["kept"]:
        if name not in tasks:
            _say(keeping, wanted, name, "it is part of a dataflow region's tasks")
    return keeping


def _say(keeping: Keeping, wanted: Mapping[str, Any], plain: str, why: str) -> None:
    file, line = wanted["kept"][plain]
    said = (file, line, f"the function {plain!r} is inlined all the same: {why}")
    if said not in keeping.said:
        keeping.said.append(said)


def kept(
    text: str, wanted: Mapping[str, Any], flatten: Callable[[str, Sequence[str]], str],
    again: Callable[[str], str],
) -> tuple[str, Keeping]:  # fmt: skip
    """The module with all functions inlined but those that are kept.

    `flatten` inlines all but the functions of these names, `again` those calls that say so.
    """
    top = wanted["top"]
    names, keeping = asked(text, top, wanted)
    while True:
        flat = flatten(text, [top, *names])
        sites: list[tuple[str, int, str]] = []
        for _ in range(len(names) + 1):  # as deep as they call each other, unless one calls itself
            if (marked := _marked(flat, names, wanted, sites)) != flat:
                flat = again(marked)
        bodies = {m[1].strip('"'): m[0] for m in _BODY.finditer(flat)}
        calls = {n: _called(bodies[n], names) for n in (top, *names) if n in bodies}
        reached = _reached(calls, top)
        bad = _unfit(flat, bodies, calls, reached, top)
        if not bad:
            break
        for bare, why in bad.items():
            _say(keeping, wanted, names.pop(bare).source, why)
    keeping.said += sites
    order = list(TopologicalSorter({n: calls[n] for n in reached}).static_order())[::-1]
    keeping.functions = {n: names[n] for n in order if n != top}
    return flat, keeping


def _called(body: str, names: Iterable[str]) -> list[str]:
    found = [name.strip('"') for name in _CALL.findall(body)]
    return [name for name in dict.fromkeys(found) if name in names]


def _reached(calls: Mapping[str, Sequence[str]], top: str) -> list[str]:
    found, work = [top], [top]
    while work:
        for name in calls.get(work.pop(), ()):
            if name not in found:
                found.append(name)
                work.append(name)
    return found


def _unfit(
    text: str, bodies: Mapping[str, str], calls: Mapping[str, Sequence[str]],
    reached: Sequence[str], top: str,
) -> dict[str, str]:  # fmt: skip
    """The functions that cannot be kept, with the reason."""
    try:
        order = list(TopologicalSorter({n: calls[n] for n in reached}).static_order())[::-1]
    except CycleError as error:
        return {n: "it calls itself" for n in error.args[1] if n != top}
    found = {}
    for name in reached[1:]:
        if "@siliwright_" in bodies[name]:
            found[name] = "it uses a stream"
        elif not re.match(r"define [^@\n]*(?<!\w)(void|i\d+|float|double) @", bodies[name]):
            found[name] = "it returns a structure"
    instances = {top: 1}
    for name in order:
        for callee in calls[name]:
            instances[callee] = instances.get(callee, 0) + instances[name]
    for variable, is_pointer in _GLOBAL.findall(text):
        used = re.compile(rf"{re.escape(variable)}(?![-\w.$])")
        users = [n for n in reached if used.search(bodies[n])]
        several = len(users) > 1 or any(instances[n] > 1 for n in users)
        if is_pointer or several:
            found |= {
                n: "it uses a variable that is not its own, and keeps its value"
                for n in users if n != top
            }  # fmt: skip
    return found


def _marked(
    text: str, names: Mapping[str, Asked], wanted: Mapping[str, Any],
    sites: list[tuple[str, int, str]],
) -> str:  # fmt: skip
    """The module with the calls from what is pipelined marked to be inlined; `sites` are told."""
    locations = Locations(text)
    lines = text.splitlines()
    marked = False
    for number, line in enumerate(lines):
        call, at = _CALL.search(line), re.search(r", !dbg (!\d+)", line)
        bare = call[1].strip('"') if call else ""
        if bare not in names or at is None or "alwaysinline" in line:
            continue
        ways = locations.way(at[1])
        if any(file == name and first <= at_line <= last
               for name, first, last in wanted["whole"] for file, at_line in ways):  # fmt: skip
            lines[number] = f"{line[: at.start()]} alwaysinline{line[at.start() :]}"
            marked = True
            why = f"the call of {names[bare].source!r} is inlined: a pipeline cannot wait"
            if (said := (*ways[0], why)) not in sites:
                sites.append(said)
    return "\n".join(lines) + "\n" if marked else text
