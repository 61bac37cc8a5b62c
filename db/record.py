"""Keep the events of a run as they happen: one short transaction each."""

from contextlib import suppress
from math import isfinite, nan

from sqlalchemy import Engine, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from agents.events import Ended, Event, Spent, Understood
from db.base import now
from db.engine import writing
from db.errors import RunTaken
from db.jobs import no_such
from db.models import MEASURED, CandidateRow, DesignRow, EventRow, ReportRow, RunRow, SourceRow
from db.projection import Projection, project


class Recorder:
    """Records one run.

    With a `worker`, only as long as the run is that worker's: one that was silent for too long
    must not write into the run of another.
    """

    def __init__(self, engine: Engine, run_id: str, worker: str | None = None) -> None:
        self._engine, self._run_id, self._worker = engine, run_id, worker

    def record(self, event: Event) -> int:
        """Keep an event for good; returns its number in the run, counted from 1."""
        projection = project(event)
        with writing(self._engine) as session:
            run = session.get(RunRow, self._run_id, with_for_update=True)
            if run is None:
                raise no_such("run", self._run_id)
            self._check_owner(run)
            number = _add_event(session, run, event, projection)
            _advance(run, event)
        return number

    def _check_owner(self, run: RunRow) -> None:
        if self._worker is None:
            return
        if run.worker != self._worker or run.status != "running":
            raise RunTaken(f"the run {run.id!r} is no longer this worker's: it is {run.status}")
        run.heartbeat = now()


def _add_event(session: Session, run: RunRow, event: Event, projection: Projection) -> int:
    last = select(func.max(EventRow.number)).where(EventRow.run_id == run.id)
    number = (session.scalar(last) or 0) + 1
    kind = type(event).__name__
    payload = projection.payload
    session.add(EventRow(run_id=run.id, number=number, kind=kind, at=now(), payload=payload))
    session.flush()
    if projection.design:
        _add_design(session, *projection.design)
    for row in projection.rows:
        row.run_id, row.number = run.id, number
        if isinstance(row, ReportRow):
            row.candidate = _last_candidate(session, run)
        session.add(row)
    return number


def _add_design(session: Session, design: DesignRow, sources: tuple[SourceRow, ...]) -> None:
    """Add a design that is not there yet; another run may add the same at the same time."""
    if session.get(DesignRow, design.id) is None:
        with suppress(IntegrityError), session.begin_nested():
            session.add(design)
            session.flush()
            session.add_all(sources)


def _last_candidate(session: Session, run: RunRow) -> int | None:
    last = select(func.max(CandidateRow.number)).where(CandidateRow.run_id == run.id)
    return session.scalar(last)


def _advance(run: RunRow, event: Event) -> None:
    """Bring the run's own row up to date."""
    match event:
        case Understood(task=task):
            run.kernel, run.target, run.clock_mhz = task.kernel, task.target, task.clock_mhz
        case Spent():
            run.model = event.model
            run.input_tokens += event.input_tokens
            run.output_tokens += event.output_tokens
            run.usd += event.usd or 0.0
            run.unpriced_calls += event.usd is None
        case Ended():
            run.status, run.stage, run.summary = event.outcome, event.stage, event.summary
            run.oracle, run.verified, run.met = event.oracle, event.verified, event.met
            run.ended = now()
            for name in MEASURED:
                value = event.metrics.get(name, nan)
                setattr(run, name, value if isfinite(value) else None)
