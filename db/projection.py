"""An event as rows: what goes into its payload, and what into tables and files of its own.

Everything here happens before the transaction, so that the database is locked for a moment only.
"""

import hashlib
import json
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from agents.events import EVENTS, Ended, Event, Prompted, Proposed, Returned, Understood
from db.files import keep, keep_file
from db.models import (
    ArtifactRow,
    CandidateRow,
    DesignRow,
    MetricRow,
    PromptRow,
    ReportRow,
    SourceRow,
    TaskRow,
)
from prompts.design import Design
from prompts.interface import Interface
from tools.report import Diagnostic, Report

ADAPTERS: Mapping[str, TypeAdapter[Any]] = {k: TypeAdapter(v) for k, v in EVENTS.items()}
INTERFACE = TypeAdapter(Interface)
DIAGNOSTICS = TypeAdapter(tuple[Diagnostic, ...])
_PROMPT = {"digest", "messages", "demos"}
_CANDIDATE = {"design", "attempt"}
_PLAIN = {"tool", "status", "summary", "command", "wall_s", "cached"}
_REPORT = _PLAIN | {"diagnostics", "metrics", "artifacts", "versions", "log"}
_MEDIA_TYPES = {
    ".v": "text/x-verilog",
    ".sv": "text/x-systemverilog",
    ".vcd": "text/x-vcd",
    ".log": "text/plain",
    ".rpt": "text/plain",
}

EventRows = TaskRow | PromptRow | CandidateRow | ReportRow | MetricRow | ArtifactRow


@dataclass(frozen=True)
class Projection:
    """An event's payload and rows; the rows still lack the run and the number."""

    payload: dict[str, Any]
    rows: tuple[EventRows, ...] = ()
    design: tuple[DesignRow, tuple[SourceRow, ...]] | None = None


def project(event: Event) -> Projection:
    """The rows of an event; its texts and artifacts are in the file store afterwards."""
    match event:
        case Understood(task=task):
            testbench = keep(task.testbench) if task.testbench else None
            rest = _payload(event, {"task": {"testbench"}})
            return Projection(rest, (TaskRow(kernel=task.kernel, testbench=testbench),))
        case Prompted():
            return Projection(_payload(event, _PROMPT), (_prompt_row(event),))
        case Proposed(design=design, attempt=attempt):
            row, sources = _design_rows(design)
            candidate = CandidateRow(attempt=attempt, design_id=row.id)
            return Projection(_payload(event, _CANDIDATE), (candidate,), (row, sources))
        case Returned(report=report):
            return Projection(_payload(event, {"report": _REPORT}), _report_rows(report))
        case Ended(metrics=metrics):
            return Projection(_payload(event, {"metrics"}), tuple(_metric_rows("", metrics)))
        case _:
            return Projection(_payload(event, set()))


def _payload(event: Event, held: Any) -> dict[str, Any]:
    """An event as JSON without the fields that rows and files hold."""
    adapter = ADAPTERS[type(event).__name__]
    # What JSON does not know, such as an option of another type, is kept as text.
    payload: dict[str, Any] = adapter.dump_python(event, mode="json", exclude=held, fallback=str)
    return payload


def _prompt_row(event: Prompted) -> PromptRow:
    messages = keep(json.dumps([dict(message) for message in event.messages]))
    return PromptRow(digest=event.digest, messages=messages, demos=dict(event.demos))


def _design_rows(design: Design) -> tuple[DesignRow, tuple[SourceRow, ...]]:
    """A design's rows; the same files, top and interface have the same id."""
    texts = {name: keep(text) for name, text in design.files.items()}
    interface = INTERFACE.dump_python(design.interface, mode="json") if design.interface else None
    identity = json.dumps([texts, design.top, interface], sort_keys=True)
    key = hashlib.sha256(identity.encode()).hexdigest()
    sources = tuple(
        SourceRow(design_id=key, name=name, position=position, sha256=sha256)
        for position, (name, sha256) in enumerate(texts.items())
    )
    return DesignRow(id=key, top=design.top, interface=interface), sources


def _report_rows(report: Report) -> tuple[EventRows, ...]:
    row = ReportRow(
        diagnostics=DIAGNOSTICS.dump_python(report.diagnostics, mode="json"),
        **{name: getattr(report, name) for name in _PLAIN},
        versions=dict(report.versions),
        log=keep(report.log) if report.log else None,
    )
    artifacts = [_artifact_row(name, path) for name, path in report.artifacts.items()]
    return (row, *_metric_rows(report.tool, report.metrics), *artifacts)


def _metric_rows(tool: str, metrics: Mapping[str, float]) -> list[MetricRow]:
    """The figures; one that is not a number was not measured, and is left out."""
    figures = ((name, value) for name, value in metrics.items() if isfinite(value))
    return [MetricRow(tool=tool, name=name, value=value) for name, value in figures]


def _artifact_row(name: str, path: Path) -> ArtifactRow:
    sha256, size = keep_file(path)
    known = _MEDIA_TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0]
    return ArtifactRow(
        name=name,
        file_name=path.name,
        sha256=sha256,
        bytes=size,
        media_type=known or "application/octet-stream",
    )
