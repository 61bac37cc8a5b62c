"""Slang's messages."""

import re
from collections.abc import Mapping

from tools.diagnostics.hints import advised
from tools.diagnostics.order import arranged
from tools.diagnostics.source import own_name, source_line
from tools.report import Diagnostic

_MESSAGE = re.compile(
    r"^(?P<file>[^:\n]+):(?P<line>\d+):(?P<column>\d+): "
    r"(?P<severity>fatal error|error|warning): (?P<message>.*?)(?P<option> \[-W[\w-]+\])?$",
    re.MULTILINE,
)


def from_slang(log: str, files: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """The errors in slang's log, and the warnings that there is a hint for, as `arranged`.

    Its other warnings repeat the lint's.
    """
    found = []
    for match in _MESSAGE.finditer(log):
        file = own_name(match["file"], files)
        line = int(match["line"]) if file else 0
        diagnostic = Diagnostic(
            "error" if "error" in match["severity"] else "warning",
            match["message"],
            file,
            line,
            source=source_line(files, file, line),
            column=int(match["column"]) if file else 0,
        )
        diagnostic = advised(diagnostic, "slang", files)
        if diagnostic.severity == "error" or diagnostic.hint:
            found.append(diagnostic)
    return arranged(found)
