"""What is needed of a Liberty file here: its cells, their areas, and which are registers."""

import gzip
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tools.errors import RequestError
from tools.targets.target import Weights

MAX_BYTES = 256 << 20
_LIBRARY = re.compile(r"^\s*library\s*\(", re.MULTILINE)
_TOKEN = re.compile(
    r'^\s*(?:cell\s*\(\s*"?(?P<cell>\w+)"?\s*\)|area\s*:\s*"?(?P<area>[\d.eE+-]+)"?|'
    r"(?P<ff>ff|ff_bank)\s*\()",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Library:
    """A Liberty file's text, the area of each cell in square micrometres, and the flip-flops."""

    text: str
    areas: Mapping[str, float]
    flip_flops: frozenset[str]

    def counts(self) -> dict[str, Weights]:
        """The figures that a netlist of these cells has."""
        return {
            "area_um2": self.areas,
            "cells": dict.fromkeys(self.areas, 1),
            "ffs": dict.fromkeys(self.flip_flops, 1),
        }


def library(path: Path) -> Library:
    """Read a Liberty file, gzip-compressed or not. Raises `RequestError` when it is not one."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise RequestError(f"the Liberty file {str(path)!r} is over {MAX_BYTES >> 20} MB")
        data = path.read_bytes()
        text = (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode("utf-8")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "no text"
        raise RequestError(
            f"the Liberty file {str(path)!r} cannot be read ({reason}); give a .lib or .lib.gz file"
        ) from error
    areas, flip_flops = _cells(text)
    if not _LIBRARY.search(text) or not areas:
        raise RequestError(
            f"{str(path)!r} is not a Liberty file with cells: it needs library (...) and "
            "cell (...) groups with an area"
        )
    return Library(text, areas, frozenset(flip_flops))


def _cells(text: str) -> tuple[dict[str, float], list[str]]:
    """The first area behind each cell's head is the cell's own."""
    areas: dict[str, float] = {}
    flip_flops: list[str] = []
    cell = ""
    for found in _TOKEN.finditer(text):
        if found["cell"]:
            cell = found["cell"]
        elif found["area"] and cell and cell not in areas:
            areas[cell] = float(found["area"])
        elif found["ff"] and cell:
            flip_flops.append(cell)
    return areas, flip_flops
