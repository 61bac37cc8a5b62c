"""What an instrumented C simulation records: the values of variables, and which code it reached."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from prompts.vectors import Vectors
from tools.diagnostics import source_line
from tools.plan import Command
from tools.report import Diagnostic

HEADER = Path(__file__).parent / "templates" / "record.h"
RECORDS, PLACES = "records.txt", "places.json"
KEEP = (RECORDS, PLACES)
MAX_HINTS = 20


def instrument(mode: str, sources: Sequence[str]) -> Command:
    """The step that puts the recording calls into the sources; `ranges` or `coverage`."""
    return Command("instrument", (mode, *sources))


@dataclass(frozen=True)
class Range:
    """The values that a variable had: a number of C, an ap_int or an ap_fixed.

    `bits` is what its whole numbers need, None for numbers with fractions; `declared_bits` is the
    width of its type, which the source has `chosen` where it is not one of C's own.
    """

    file: str
    line: int
    name: str
    type: str
    count: int
    low: float
    high: float
    bits: int | None
    declared_bits: int
    chosen: bool

    def values(self) -> dict[str, Any]:
        """As JSON values."""
        return {
            "file": self.file,
            "line": self.line,
            "name": self.name,
            "type": self.type,
            "count": self.count,
            "min": self.low,
            "max": self.high,
            "bits": self.bits,
            "declared_bits": self.declared_bits,
        }


def ranges(files: Mapping[str, Path]) -> list[Range]:
    """The ranges of the variables that had a value, in the order of the source."""
    places = json.loads(files[PLACES].read_text())
    found = []
    for words in _lines(files[RECORDS], "range"):
        place, low, high, count, declared, is_signed, whole, chosen = words
        about = places[int(place)]
        numbers = [int(x) if whole == "1" else float(x) for x in (low, high)]
        bits = bits_of(int(low), int(high), is_signed == "1") if whole == "1" else None
        found.append(
            Range(
                **{key: about[key] for key in ("file", "line", "name", "type")},
                count=int(count),
                low=numbers[0],
                high=numbers[1],
                bits=bits,
                declared_bits=int(declared),
                chosen=chosen == "1",
            )
        )
    return sorted(found, key=lambda r: (r.file, r.line))


def of_arguments(vectors: Vectors, seen: Sequence[Range]) -> list[dict[str, Any]]:
    """The ranges of the top's inputs, of which the C++ records scalars alone."""
    known = {r.name for r in seen}
    found = []
    for argument in vectors.interface.inputs:
        values = [value for call in vectors.calls for value in _plain(call.inputs[argument.name])]
        if argument.name in known or not values:
            continue
        low, high = min(values), max(values)
        found.append(
            {
                "file": "",
                "line": 0,
                "name": argument.name,
                "type": f"{argument.kind} argument",
                "count": len(values),
                "min": low,
                "max": high,
                "bits": bits_of(low, high, argument.signed),
                "declared_bits": argument.bits,
            }
        )
    return found


def bits_of(low: int, high: int, is_signed: bool) -> int:
    """The width of the narrowest number, signed or not, that holds all of `low` to `high`."""
    magnitude = max(high, -low - 1).bit_length()
    return max(1, magnitude + (1 if is_signed else 0))


def too_wide(found: Sequence[Range], files: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """The ap_int variables that never needed all their bits, those with most to spare first."""
    spare = [r for r in found if r.chosen and r.bits is not None and r.declared_bits > r.bits]
    spare.sort(key=lambda r: (r.bits or 0) - r.declared_bits)
    return tuple(
        Diagnostic(
            "info",
            f"{r.name} was {r.low} to {r.high}: {r.bits} of its {r.declared_bits} bits",
            r.file,
            r.line,
            "RANGE",
            source_line(files, r.file, r.line),
            "with these vectors; before you narrow it, see what the inputs may be",
        )
        for r in spare[:MAX_HINTS]
    )


def reached(files: Mapping[str, Path]) -> list[dict[str, Any]]:
    """Each line of code with how often it ran, and how often each way of its branches was taken.

    Has the form of `tools.coverage.measure`.
    """
    counts = {int(p): (int(no), int(yes)) for p, no, yes in _lines(files[RECORDS], "count")}
    lines: dict[tuple[str, int], dict[str, Any]] = {}
    for number, place in enumerate(json.loads(files[PLACES].read_text())):
        no, yes = counts.get(number, (0, 0))
        key = place["file"], place["line"]
        entry = lines.setdefault(key, {"file": key[0], "line": key[1], "count": 0, "branches": []})
        if place["name"] == "branch":
            entry["branches"] += [yes, no]
            entry["count"] = max(entry["count"], yes + no)
        else:
            entry["count"] = max(entry["count"], yes)
    return [lines[key] for key in sorted(lines)]


def _lines(path: Path, kind: str) -> list[list[str]]:
    lines = (line.split() for line in path.read_text().splitlines())
    return [words[1:] for words in lines if words and words[0] == kind]


def _plain(values: Any) -> list[int]:
    flat: list[int] = np.asarray(values, np.int64).reshape(-1).tolist()
    return flat
