"""Finds the tasks of a dataflow region in LLVM's IR, before anything is inlined.

A region is the top with the pragma DATAFLOW, with the functions in it that ask for INLINE or are
regions themselves. Its tasks are the functions of the user's files that it calls.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

_DEFINE = re.compile(r'^define [^\n]*?@("[^"]*"|[-\w.$]+)\([^\n]*?!dbg (!\d+)[^\n]*\{\n(.*?)^\}',
                     re.M | re.S)  # fmt: skip
_SUBPROGRAM = re.compile(
    r'^(!\d+) = distinct !DISubprogram\(name: "([^"]*)".*?file: (!\d+), line: (\d+)', re.M
)
_FILE = re.compile(r'^(!\d+) = !DIFile\(filename: "([^"]*)"', re.M)
_CALL = re.compile(r'\b(?:call|invoke) [^\n@]*@("[^"]*"|[-\w.$]+)\(')


@dataclass(frozen=True)
class Source:
    """A function as the source has it; `calls` are the functions that it calls, mangled."""

    name: str
    file: str
    line: int
    calls: tuple[str, ...]


def functions(text: str) -> dict[str, Source]:
    """The functions of a module by their mangled names."""
    files = dict(_FILE.findall(text))
    known = {m[0]: m[1:] for m in _SUBPROGRAM.findall(text)}
    found = {}
    for mangled, debug, body in _DEFINE.findall(text):
        name, file, line = known.get(debug, ("", "", "0"))
        place = PurePosixPath(files.get(file, "")).name
        calls = tuple(dict.fromkeys(_CALL.findall(body)))
        found[mangled] = Source(name, place, int(line), calls)
    return found


def tasks(text: str, entry: str, inlined: Iterable[str], files: Iterable[str]) -> dict[str, str]:
    """The tasks of the region that `entry` calls: their names by their mangled ones.

    `inlined` are the names of functions that belong to the region when they are called in it.
    """
    known, own = functions(text), {PurePosixPath(f).name for f in files}
    inlined = set(inlined)
    found: dict[str, str] = {}
    work, seen = [entry], set()
    while work:
        at = work.pop()
        for callee in known[at].calls if at in known else ():
            source = known.get(callee)
            if source is None or callee in seen:
                continue
            seen.add(callee)
            plain = source.name.partition("<")[0]
            if source.file not in own or _is_special(callee, source.name):
                continue
            if plain in inlined:
                work.append(callee)
            else:
                found[callee] = plain
    return found


def _is_special(mangled: str, name: str) -> bool:
    """Constructors, destructors and operators are part of the code around them."""
    made = mangled.startswith("_ZN") and re.search(r"[CD][0-2]E", mangled)
    return name.startswith(("operator", "~")) or bool(made)
