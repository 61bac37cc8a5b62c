"""What one tool said of one design: the same structure for every tool."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

Status = Literal["passed", "failed", "error", "not run"]
"""`failed`: the design is at fault; `error`: the tool could not answer (a limit, a crash)."""
Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True)
class Diagnostic:
    """One finding about one place in a source file."""

    severity: Severity
    message: str
    file: str = ""
    line: int = 0
    code: str = ""
    source: str = ""
    hint: str = ""
    column: int = 0
    """Counted from 1; 0 when it is not known, as is line 0."""

    def text(self, hinted: bool = True) -> str:
        """The finding as a person or a model reads it; with its hint, when `hinted`."""
        place = f"{self.file}:{self.line}: " if self.file else ""
        code = f" [{self.code}]" if self.code else ""
        lines = [f"{place}{self.severity}: {self.message}{code}"]
        if self.source:
            lines.append(f"    {self.source.strip()}")
        if self.hint and hinted:
            lines.append(f"    hint: {self.hint}")
        return "\n".join(lines)


@dataclass(frozen=True)
class Report:
    """What one tool said of one design.

    `metrics` carry their unit in the name (`fmax_mhz`, `cycles`); `details` is what a tool tells
    beyond figures, as JSON values; `artifacts` are files that it left; `command` and
    `versions` say how to get the same again.
    """

    tool: str
    status: Status
    summary: str
    diagnostics: tuple[Diagnostic, ...] = ()
    metrics: Mapping[str, float] = field(default_factory=dict)
    details: Mapping[str, Any] = field(default_factory=dict)
    artifacts: Mapping[str, Path] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    command: str = ""
    log: str = ""
    wall_s: float = 0.0
    cached: bool = False

    @property
    def passed(self) -> bool:
        return self.status == "passed"

    def text(self, budget: int = 4000) -> str:
        """The report for a prompt within `budget` characters: errors first, causes before effects.

        What finds no room is counted at the end. A hint is given once.
        """
        order = {"error": 0, "warning": 1, "info": 2}
        found = sorted(self.diagnostics, key=lambda d: order[d.severity])
        said: set[str] = set()
        lines = [_cut(f"{self.tool}: {self.status}. {self.summary}", budget)]
        left = budget - len(lines[0])
        for number, diagnostic in enumerate(found):
            rest = f"and {len(found) - number} more"
            text = diagnostic.text(hinted=diagnostic.hint not in said)
            last = number == len(found) - 1
            room = left - 1 - (0 if last else len(rest) + 1)
            if number == 0:  # better a part of the first cause than none
                text = _cut(text, room)
            if not text or len(text) > room:
                lines += [rest] if len(rest) < left else []
                break
            said.add(diagnostic.hint)
            lines.append(text)
            left -= len(text) + 1
        return "\n".join(lines)


def _cut(text: str, length: int) -> str:
    """A text of at most `length` characters; one that was longer ends in dots."""
    return text if len(text) <= length else text[: max(length - 3, 0)] + "..."[: max(length, 0)]
