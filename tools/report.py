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

    def text(self) -> str:
        """The finding as a person or a model reads it."""
        place = f"{self.file}:{self.line}: " if self.file else ""
        code = f" [{self.code}]" if self.code else ""
        lines = [f"{place}{self.severity}: {self.message}{code}"]
        if self.source:
            lines.append(f"    {self.source.strip()}")
        if self.hint:
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
        """The report for a prompt, errors first, within `budget` characters."""
        order = {"error": 0, "warning": 1, "info": 2}
        lines = [f"{self.tool}: {self.status}. {self.summary}"]
        left = budget - len(lines[0])
        for diagnostic in sorted(self.diagnostics, key=lambda d: order[d.severity]):
            text = diagnostic.text()
            left -= len(text) + 1
            if left < 0:
                lines.append("(more findings are in the full log)")
                break
            lines.append(text)
        return "\n".join(lines)
