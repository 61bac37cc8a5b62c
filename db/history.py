"""What happened in a run: its events, candidates, logs and artifacts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from agents.events import Event, Returned
from agents.generated import as_built, generated
from db.engine import reading
from db.files import path_of, text_of
from db.jobs import no_such
from db.models import ArtifactRow, CandidateRow, EventRow, ReportRow, RunRow
from db.rebuild import rebuild, rebuild_design
from prompts.design import Design
from tools.report import Report


@dataclass(frozen=True)
class Recorded:
    """An event, its number in the run counted from 1, and when it was recorded (UTC)."""

    number: int
    at: datetime
    event: Event


@dataclass(frozen=True)
class Candidate:
    """A proposed design with what the tools said of it; `number` is that of its event.

    `beside` is what they said of the Verilog that high-level synthesis makes of its C++, where it
    has Verilog of its own.
    """

    number: int
    attempt: int
    design_id: str
    design: Design
    reports: tuple[Report, ...]
    beside: tuple[Report, ...] = ()

    @property
    def generated(self) -> dict[str, str]:
        """The Verilog that was made of its C++, by file name."""
        return generated(self.design, (*self.reports, *self.beside))

    @property
    def as_built(self) -> Design:
        """The design as it was checked: one of C++ alone with its generated Verilog."""
        return as_built(self.design, self.reports)


@dataclass(frozen=True)
class Artifact:
    """A file that a tool left: of which event, its size in bytes, and where it is kept."""

    number: int
    name: str
    file_name: str
    sha256: str
    bytes: int
    media_type: str

    @property
    def path(self) -> Path:
        return path_of(self.sha256)


def events_after(
    engine: Engine,
    run_id: str,
    number: int = 0,
    kinds: Collection[type[Event]] = (),
    logs: bool = True,
) -> list[Recorded]:
    """The events of a run after the one with this number, in order; of some kinds, or of all.

    Without `logs` the reports' logs are left empty, which is enough for a live page: see `log`.
    Raises `NoSuchRecord` when there is no such run.
    """
    with reading(engine) as session:
        _check_run(session, run_id)
        return _recorded(session, run_id, number, kinds, logs)


def candidates(engine: Engine, run_id: str) -> list[Candidate]:
    """The candidates of a run in order, each with its design and its reports, without the logs."""
    of_run = select(CandidateRow).where(CandidateRow.run_id == run_id)
    owners = select(ReportRow.number, ReportRow.candidate).where(ReportRow.run_id == run_id)
    with reading(engine) as session:
        _check_run(session, run_id)
        events = _recorded(session, run_id, 0, (Returned,), logs=False)
        owner = {number: candidate for number, candidate in session.execute(owners)}
        returned = [(owner[r.number], r.event) for r in events if isinstance(r.event, Returned)]
        return [
            Candidate(
                number=row.number,
                attempt=row.attempt,
                design_id=row.design_id,
                design=rebuild_design(session, row.design_id),
                reports=tuple(e.report for n, e in returned if n == row.number and not e.beside),
                beside=tuple(e.report for n, e in returned if n == row.number and e.beside),
            )
            for row in session.scalars(of_run.order_by(CandidateRow.number))
        ]


def design(engine: Engine, design_id: str) -> Design:
    """A design by its id."""
    with reading(engine) as session:
        return rebuild_design(session, design_id)


def log(engine: Engine, run_id: str, number: int) -> str:
    """The whole log of the report with this number; empty when the tool printed nothing."""
    with reading(engine) as session:
        row = session.get(ReportRow, (run_id, number))
    if row is None:
        raise no_such("report", f"{run_id}/{number}")
    return text_of(row.log) if row.log else ""


def artifacts(engine: Engine, run_id: str) -> list[Artifact]:
    """All files that the tools left in a run, in the order of the events."""
    of_run = select(ArtifactRow).where(ArtifactRow.run_id == run_id)
    with reading(engine) as session:
        _check_run(session, run_id)
        return [
            Artifact(r.number, r.name, r.file_name, r.sha256, r.bytes, r.media_type)
            for r in session.scalars(of_run.order_by(ArtifactRow.number, ArtifactRow.name))
        ]


def _check_run(session: Session, run_id: str) -> None:
    if session.get(RunRow, run_id) is None:
        raise no_such("run", run_id)


def _recorded(
    session: Session, run_id: str, number: int, kinds: Collection[type[Event]], logs: bool
) -> list[Recorded]:
    query = select(EventRow).where(EventRow.run_id == run_id, EventRow.number > number)
    if kinds:
        query = query.where(EventRow.kind.in_([kind.__name__ for kind in kinds]))
    rows = session.scalars(query.order_by(EventRow.number)).all()
    events = rebuild(session, run_id, rows, logs)
    return [Recorded(row.number, row.at, event) for row, event in zip(rows, events, strict=True)]
