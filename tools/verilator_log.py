"""Verilator's and the C++ compiler's messages as diagnostics with their source lines."""

import re
from collections.abc import Mapping

from tools.report import Diagnostic, Severity

_VERILATOR = re.compile(
    r"^%(?P<severity>Error|Warning)(?:-(?P<code>\w+))?: "
    r"(?:(?P<file>[^:\s]+):(?P<line>\d+)(?::\d+)?: )?(?P<message>.*)$",
    re.MULTILINE,
)
_COMPILER = re.compile(
    r"^(?P<file>[^:\s]+):(?P<line>\d+):\d+: "
    r"(?P<severity>fatal error|error|warning): (?P<message>.*)$",
    re.MULTILINE,
)


def diagnostics(log: str, files: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """The messages in `log`, each with the source line of the file it names."""
    found = []
    for pattern in (_VERILATOR, _COMPILER):
        for match in pattern.finditer(log):
            message = match["message"].strip()
            if message.startswith(("Exiting due to", "Command Failed")):
                continue
            file, line = (match["file"] or "").rpartition("/")[2], int(match["line"] or 0)
            severity: Severity = "warning" if "arning" in match["severity"] else "error"
            code = match.groupdict().get("code") or ""
            source = source_line(files, file, line)
            found.append(Diagnostic(severity, message, file, line, code, source))
    return tuple(dict.fromkeys(found))


def source_line(files: Mapping[str, str], file: str, line: int) -> str:
    """Line number `line` of a file; empty when there is none."""
    lines = files.get(file, "").splitlines()
    return lines[line - 1] if 0 < line <= len(lines) else ""
