"""Which lines and branches of a design's C++ the vectors reach, by gcov."""

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tools.find import find, has
from tools.plan import Command

OBJECT = "csim"
COMPILE = ("--coverage", "-O0", "-c", "csim_main.cpp", "-o", f"{OBJECT}.o")
LINK = ("--coverage", f"{OBJECT}.o", "-o", OBJECT)
READ = Command("gcov", ("--json-format", "--branch-probabilities", f"{OBJECT}.gcda"))
KEEP = "*.gcov.json.gz"


def is_there() -> bool:
    """Whether the C++ compiler of this machine is gcov's, and gcov is there."""
    return has("gcov") and not find("c++").version.startswith(("zig", "clang"))


def measure(files: Mapping[str, Path], sources: Sequence[str]) -> list[dict[str, Any]]:
    """Each line of code of the sources with its counts.

    A line has `file`, `line`, `count` (times run) and `branches` (times taken, one for each way).
    """
    lines = [
        {
            "file": found["file"],
            "line": line["line_number"],
            "count": line["count"],
            "branches": [b["count"] for b in line["branches"] if not b["throw"]],
        }
        for path in files.values()
        for found in json.loads(gzip.decompress(path.read_bytes()))["files"]
        if found["file"] in sources
        for line in found["lines"]
    ]
    return _merged(lines)


def percentages(lines: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """`line_percent` and `branch_percent`; one is missing where there is nothing to count."""
    metrics = {
        "line_percent": _percent([line["count"] for line in lines]),
        "branch_percent": _percent([b for line in lines for b in line["branches"]]),
    }
    return {name: value for name, value in metrics.items() if value is not None}


def _merged(lines: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """A line of a template once, with the counts of all its instances."""
    by_place: dict[tuple[str, int], dict[str, Any]] = {}
    for line in lines:
        entry = by_place.setdefault((line["file"], line["line"]), {**line, "count": 0})
        entry["count"] += line["count"]
        if entry["branches"] is not line["branches"]:
            pairs = zip(entry["branches"], line["branches"], strict=False)
            same = len(entry["branches"]) == len(line["branches"])
            entry["branches"] = [a + b for a, b in pairs] if same else entry["branches"]
    return [by_place[place] for place in sorted(by_place)]


def _percent(counts: Sequence[int]) -> float | None:
    return round(100 * sum(count > 0 for count in counts) / len(counts), 1) if counts else None
