"""Verilator's messages."""

import re
from collections.abc import Mapping

from tools.diagnostics.hints import advised
from tools.diagnostics.order import arranged
from tools.diagnostics.source import own_name, source_line
from tools.report import Diagnostic

_MESSAGE = re.compile(
    r"^%(?P<severity>Error|Warning)(?:-(?P<code>\w+))?: (?:Internal Error: )?"
    r"(?:(?P<file>[^:\s]+):(?P<line>\d+)(?::(?P<column>\d+))?: )?(?P<message>.*)$",
    re.MULTILINE,
)
_ENDINGS = ("Exiting due to", "Command Failed", "Cannot continue")
_INSIDE = re.compile(r"^/\S+\.cpp:\d+: ")
"""The place in Verilator's own source of what it calls an internal error."""


def from_verilator(log: str, files: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """The errors and warnings in Verilator's log, as `arranged` puts them."""
    found = []
    for match in _MESSAGE.finditer(log):
        message = _INSIDE.sub("", match["message"].strip())
        if message.startswith(_ENDINGS):
            continue
        file = own_name(match["file"] or "", files)
        line = int(match["line"]) if file else 0
        diagnostic = Diagnostic(
            "error" if match["severity"] == "Error" else "warning",
            message,
            file,
            line,
            match["code"] or "",
            source_line(files, file, line),
            column=int(match["column"] or 0) if file else 0,
        )
        found.append(advised(diagnostic, "verilator", files))
    return arranged(found)
