"""Icarus Verilog's messages."""

import re
from collections.abc import Mapping

from tools.diagnostics.hints import advised
from tools.diagnostics.order import arranged
from tools.diagnostics.source import own_name, source_line
from tools.report import Diagnostic

_MESSAGE = re.compile(
    r"^(?P<file>[^:\s]+):(?P<line>\d+): (?:(?P<kind>internal error|error|sorry|warning): )?"
    r"(?P<message>\S.*)$",
    re.MULTILINE,
)
_CONTINUED = re.compile(r"^: ")
_CONSEQUENCE = re.compile(r"^Unable to elaborate|^syntax error in |^Failed to synthesize")
"""Icarus also says which larger thing a wrong one stood in."""


def from_icarus(log: str, files: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """The errors and warnings in Icarus Verilog's log, as `arranged` puts them."""
    causes: list[Diagnostic] = []
    consequences: list[Diagnostic] = []
    for match in _MESSAGE.finditer(log):
        file, message = own_name(match["file"], files), match["message"].strip()
        if not file or _CONTINUED.match(message):
            continue
        line = int(match["line"])
        # It only warns of an undefined macro, and then stumbles over what is left without it.
        macro = message.startswith("macro ")
        found = Diagnostic(
            "warning" if match["kind"] == "warning" and not macro else "error",
            message,
            file,
            line,
            source=source_line(files, file, line),
        )
        found = advised(found, "icarus", files)
        (consequences if _CONSEQUENCE.search(message) else causes).append(found)
    wrong = {(d.file, d.line) for d in causes if d.severity == "error"}
    return arranged(causes + [d for d in consequences if (d.file, d.line) not in wrong])
