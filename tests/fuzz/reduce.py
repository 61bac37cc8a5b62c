"""Makes a failing program smaller: statements and whole blocks are dropped while it still fails."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from fuzz.program import Outcome, Program, Result


def reduced(program: Program, outcome: Outcome, tried: Callable[[Program], Result]) -> Program:
    """A program of which no line or block can be dropped without another outcome."""
    lines = program.text.splitlines()
    shrunk = True
    while shrunk:
        shrunk = False
        for start, end in _parts(lines):
            fewer = _without(lines, start, end)
            smaller = replace(program, text="\n".join(fewer) + "\n")
            if tried(smaller).outcome == outcome:
                lines, program, shrunk = fewer, smaller, True
                break
    return program


def _parts(lines: list[str]) -> Iterator[tuple[int, int]]:
    """The lines of each statement or block, the longest first."""
    found = []
    for start, line in enumerate(lines):
        if line.startswith("#include") or re.match(r"\S* ?\w* ?.*\btop\(", line):
            continue
        if line.endswith("{"):
            indent = re.match(" *", line)[0]  # type: ignore[index]
            ends = (n for n in range(start + 1, len(lines)) if lines[n].startswith(f"{indent}}}"))
            found.append((start, next(ends) + 1))
        elif not line.strip().startswith("}"):
            found.append((start, start + 1))
    return iter(sorted(found, key=lambda part: part[0] - part[1]))


def _without(lines: list[str], start: int, end: int) -> list[str]:
    """The lines with a part left out; an `else` without its `if` goes with it."""
    if end < len(lines) and lines[end].strip().startswith("else"):
        end = next(p[1] for p in _parts(lines) if p[0] == end)
    return lines[:start] + lines[end:]
