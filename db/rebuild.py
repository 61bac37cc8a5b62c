"""The way back: from the rows of `db.projection` to the events as they were."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from agents.events import Ended, Event, Prompted, Proposed, Returned, Understood
from db.files import path_of, text_of
from db.jobs import no_such
from db.models import (
    ArtifactRow,
    CandidateRow,
    DesignRow,
    EventRow,
    MetricRow,
    PromptRow,
    ReportRow,
    SourceRow,
    TaskRow,
)
from db.projection import ADAPTERS, INTERFACE
from prompts.design import Design

_Row = TypeVar("_Row", TaskRow, PromptRow, CandidateRow, ReportRow, MetricRow, ArtifactRow)


def rebuild(session: Session, run_id: str, rows: Sequence[EventRow], logs: bool) -> list[Event]:
    """The events of these rows of one run; without `logs` the reports' logs are empty."""
    if not rows:
        return []
    found = _fetch(session, run_id, rows[0].number, {row.kind for row in rows})
    return [_event(session, row, found, logs) for row in rows]


def rebuild_design(session: Session, design_id: str) -> Design:
    """A design by its id. Raises `NoSuchRecord`."""
    row = session.get(DesignRow, design_id)
    if row is None:
        raise no_such("design", design_id)
    query = select(SourceRow).where(SourceRow.design_id == design_id).order_by(SourceRow.position)
    files = {source.name: text_of(source.sha256) for source in session.scalars(query)}
    interface = row.interface and INTERFACE.validate_python(row.interface)
    return Design(files, row.top, interface or None)


@dataclass(frozen=True)
class _Found:
    """The rows that belong to the events, by the event's number."""

    tasks: Mapping[int, list[TaskRow]]
    prompts: Mapping[int, list[PromptRow]]
    candidates: Mapping[int, list[CandidateRow]]
    reports: Mapping[int, list[ReportRow]]
    metrics: Mapping[int, list[MetricRow]]
    artifacts: Mapping[int, list[ArtifactRow]]


def _fetch(session: Session, run_id: str, first: int, kinds: set[str]) -> _Found:
    """One query for each table that events of these kinds use."""

    def rows(table: type[_Row], *of: str) -> dict[int, list[_Row]]:
        found: dict[int, list[_Row]] = {}
        if kinds.isdisjoint(of):
            return found
        query = select(table).where(table.run_id == run_id, table.number >= first)
        for row in session.scalars(query.order_by(*table.__table__.primary_key)):
            found.setdefault(row.number, []).append(row)
        return found

    return _Found(
        tasks=rows(TaskRow, "Understood"),
        prompts=rows(PromptRow, "Prompted"),
        candidates=rows(CandidateRow, "Proposed"),
        reports=rows(ReportRow, "Returned"),
        metrics=rows(MetricRow, "Returned", "Ended"),
        artifacts=rows(ArtifactRow, "Returned"),
    )


def _event(session: Session, row: EventRow, found: _Found, logs: bool) -> Event:
    number = row.number
    held: dict[str, Any] = {}
    match row.kind:
        case Understood.__name__:
            testbench = found.tasks[number][0].testbench
            text = text_of(testbench) if testbench else ""
            held["task"] = {**row.payload["task"], "testbench": text}
        case Prompted.__name__:
            prompt = found.prompts[number][0]
            messages = json.loads(text_of(prompt.messages))
            held = {"messages": messages, "demos": prompt.demos, "digest": prompt.digest}
        case Proposed.__name__:
            candidate = found.candidates[number][0]
            design = rebuild_design(session, candidate.design_id)
            held = {"design": design, "attempt": candidate.attempt}
        case Returned.__name__:
            held["report"] = {**row.payload["report"], **_report(found, number, logs)}
        case Ended.__name__:
            held["metrics"] = _figures(found, number)
    event: Event = ADAPTERS[row.kind].validate_python({**row.payload, **held})
    return event


def _report(found: _Found, number: int, logs: bool) -> dict[str, Any]:
    row = found.reports[number][0]
    return {
        "tool": row.tool,
        "status": row.status,
        "summary": row.summary,
        "diagnostics": row.diagnostics,
        "metrics": _figures(found, number),
        "artifacts": {a.name: path_of(a.sha256) for a in found.artifacts.get(number, [])},
        "versions": row.versions,
        "command": row.command,
        "log": text_of(row.log) if row.log and logs else "",
        "wall_s": row.wall_s,
        "cached": row.cached,
    }


def _figures(found: _Found, number: int) -> dict[str, float]:
    return {metric.name: metric.value for metric in found.metrics.get(number, [])}
