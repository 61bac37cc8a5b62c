"""Lists for the views and the command line: runs and sessions."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Engine, Row, Select, func, select

from db.engine import reading
from db.jobs import RunStatus, no_such
from db.models import RunRow, SessionRow

Order = Literal[
    "created", "cycles", "ii", "luts", "ffs", "dsps", "brams", "fmax_mhz",
    "area_um2", "delay_ps", "usd",
]  # fmt: skip


@dataclass(frozen=True)
class Run:
    """A run as a row of a table: what was asked, how it ended, its main figures, its cost.

    Times are UTC, figures None when they were not measured. `usd` is what the priced calls of the
    model cost; `unpriced_calls` is the number of the others.
    """

    id: str
    session_id: str | None
    batch_id: str | None
    batch_index: int | None
    sample: int
    parent_run_id: str | None
    text: str
    designer: str
    model: str
    kernel: str
    target: str
    clock_mhz: float | None
    status: RunStatus
    stage: str
    summary: str
    oracle: str
    verified: bool | None
    met: bool | None
    created: datetime
    started: datetime | None
    ended: datetime | None
    worker: str | None
    heartbeat: datetime | None
    cancelled: bool
    input_tokens: int
    output_tokens: int
    usd: float
    unpriced_calls: int
    cycles: float | None
    ii: float | None
    luts: float | None
    ffs: float | None
    dsps: float | None
    brams: float | None
    fmax_mhz: float | None
    area_um2: float | None
    delay_ps: float | None


@dataclass(frozen=True)
class RunFilter:
    """Which runs: every field that is not empty must hold; `text` is a part of the request."""

    status: RunStatus | None = None
    designer: str = ""
    model: str = ""
    kernel: str = ""
    target: str = ""
    text: str = ""
    session: str = ""
    batch: str = ""
    parent_run: str = ""

    def conditions(self) -> list[ColumnElement[bool]]:
        """The filter for SQL."""
        wanted = {
            RunRow.status: self.status,
            RunRow.designer: self.designer,
            RunRow.model: self.model,
            RunRow.kernel: self.kernel,
            RunRow.target: self.target,
            RunRow.session_id: self.session,
            RunRow.batch_id: self.batch,
            RunRow.parent_run_id: self.parent_run,
        }
        found = [column == value for column, value in wanted.items() if value]
        if self.text:
            found.append(RunRow.text.icontains(self.text, autoescape=True))
        return found


@dataclass(frozen=True)
class SessionSummary:
    """A conversation, the number of its runs, and when the last of them was asked for."""

    id: str
    title: str
    created: datetime
    runs: int
    last: datetime | None


ANY = RunFilter()
_COLUMNS = tuple(getattr(RunRow, field.name) for field in fields(Run))


def listing(
    where: RunFilter = ANY,
    order: Order = "created",
    descending: bool = True,
    limit: int = 50,
    offset: int = 0,
) -> Select[Any]:
    """The query behind `runs`."""
    column = getattr(RunRow, order)
    keys = (column, RunRow.id)
    ordered = [key.desc() if descending else key.asc() for key in keys]
    query = select(*_COLUMNS).where(*where.conditions())
    if order != "created":
        query = query.where(column.is_not(None))
    return query.order_by(*ordered).limit(limit).offset(offset)


def runs(
    engine: Engine,
    where: RunFilter = ANY,
    order: Order = "created",
    descending: bool = True,
    limit: int = 50,
    offset: int = 0,
) -> list[Run]:
    """The runs that `where` names; ordered by a figure, only those where it was measured."""
    with reading(engine) as session:
        found = session.execute(listing(where, order, descending, limit, offset))
        return [_run(row) for row in found]


def count_runs(engine: Engine, where: RunFilter = ANY) -> int:
    """The number of runs that `where` names."""
    query = select(func.count()).select_from(RunRow).where(*where.conditions())
    with reading(engine) as session:
        return session.scalar(query) or 0


def run(engine: Engine, run_id: str) -> Run:
    """One run. Raises `NoSuchRecord`."""
    with reading(engine) as session:
        row = session.execute(select(*_COLUMNS).where(RunRow.id == run_id)).one_or_none()
    if row is None:
        raise no_such("run", run_id)
    return _run(row)


def sessions(engine: Engine, limit: int = 50, offset: int = 0) -> list[SessionSummary]:
    """The conversations, newest first; for the runs of one see `RunFilter.session`."""
    page = select(SessionRow).order_by(SessionRow.created.desc(), SessionRow.id.desc())
    ids = page.limit(limit).offset(offset)
    with reading(engine) as session:
        rows = session.scalars(ids).all()
        found = session.execute(
            select(RunRow.session_id, func.count(), func.max(RunRow.created))
            .where(RunRow.session_id.in_([row.id for row in rows]))
            .group_by(RunRow.session_id)
        )
        runs_of = {key: (count, last) for key, count, last in found}
    return [
        SessionSummary(row.id, row.title, row.created, *runs_of.get(row.id, (0, None)))
        for row in rows
    ]


def _run(row: Row[Any]) -> Run:
    return Run(**row._mapping)
