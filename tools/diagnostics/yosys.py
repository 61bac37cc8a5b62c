"""Yosys's messages."""

import re
from collections.abc import Mapping

from tools.diagnostics.hints import advised
from tools.diagnostics.order import arranged
from tools.diagnostics.source import own_name, source_line
from tools.report import Diagnostic

_MESSAGE = re.compile(
    r"^(?:(?P<file>[^:\s]+):(?P<line>\d+): )?(?P<kind>ERROR|Warning): ?(?P<message>.*)$",
    re.MULTILINE,
)
_PLACE = re.compile(r" at (?P<file>[^:\s]+):(?P<line>\d+)\.(?P<column>\d+)-[\d.]+\.$")

_BIT = re.compile(r" \[\d+\] (?=is used but has no driver)")
"""Yosys tells of every bit of a net by itself."""


def from_yosys(log: str, files: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """The errors and warnings in Yosys's log, as `arranged` puts them."""
    found = []
    for match in _MESSAGE.finditer(log):
        place = match if match["file"] else _PLACE.search(match["message"])
        file = own_name(place["file"], files) if place else ""
        line = int(place["line"]) if place and file else 0
        message = _BIT.sub(" ", _PLACE.sub("", match["message"]))
        diagnostic = Diagnostic(
            "error" if match["kind"] == "ERROR" else "warning",
            message,
            file,
            line,
            source=source_line(files, file, line),
            column=int(place["column"]) if place is not None and place is not match else 0,
        )
        found.append(advised(diagnostic, "yosys", files))
    return arranged(found)
