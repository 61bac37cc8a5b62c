"""How a batch stands, and one measured figure over many runs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from db.engine import reading
from db.jobs import no_such
from db.models import BatchRow, MetricRow, RunRow
from db.queries import ANY, RunFilter


@dataclass(frozen=True)
class Tally:
    """The samples of one task of a batch: how many there are, have ended, and have passed."""

    batch_index: int
    samples: int
    ended: int
    passed: int


@dataclass(frozen=True)
class BatchSummary:
    """A batch: how many of its runs have which status, its tasks in order, and its cost."""

    id: str
    name: str
    created: datetime
    options: Mapping[str, Any]
    statuses: Mapping[str, int]
    tasks: tuple[Tally, ...]
    input_tokens: int
    output_tokens: int
    usd: float
    unpriced_calls: int


@dataclass(frozen=True)
class Figure:
    """A measured figure: by which tool in which run; `tool` is empty for the run's result."""

    run_id: str
    tool: str
    value: float


def batches(engine: Engine, limit: int = 50, offset: int = 0) -> list[BatchSummary]:
    """The batches, newest first."""
    query = select(BatchRow).order_by(BatchRow.created.desc(), BatchRow.id.desc())
    with reading(engine) as session:
        rows = session.scalars(query.limit(limit).offset(offset)).all()
        return [_summary(session, row) for row in rows]


def batch(engine: Engine, batch_id: str) -> BatchSummary:
    """One batch. Raises `NoSuchRecord`."""
    with reading(engine) as session:
        row = session.get(BatchRow, batch_id)
        if row is None:
            raise no_such("batch", batch_id)
        return _summary(session, row)


def figures(
    engine: Engine, name: str, where: RunFilter = ANY, tool: str | None = ""
) -> list[Figure]:
    """A metric of all runs that `where` names: of their results, of one tool, or (None) of all."""
    query = (
        select(MetricRow.run_id, MetricRow.tool, MetricRow.value)
        .join(RunRow, RunRow.id == MetricRow.run_id)
        .where(MetricRow.name == name, *where.conditions())
        .order_by(MetricRow.id)
    )
    if tool is not None:
        query = query.where(MetricRow.tool == tool)
    with reading(engine) as session:
        return [Figure(*row) for row in session.execute(query)]


def _summary(session: Session, row: BatchRow) -> BatchSummary:
    of_batch = RunRow.batch_id == row.id
    by_status = select(RunRow.status, func.count()).where(of_batch).group_by(RunRow.status)
    cost = select(
        func.coalesce(func.sum(RunRow.input_tokens), 0),
        func.coalesce(func.sum(RunRow.output_tokens), 0),
        func.coalesce(func.sum(RunRow.usd), 0.0),
        func.coalesce(func.sum(RunRow.unpriced_calls), 0),
    ).where(of_batch)
    input_tokens, output_tokens, usd, unpriced_calls = session.execute(cost).one()
    return BatchSummary(
        id=row.id,
        name=row.name,
        created=row.created,
        options=row.options,
        statuses={status: count for status, count in session.execute(by_status)},
        tasks=_tallies(session, row.id),
        input_tokens=input_tokens,
        output_tokens=output_tokens,
        usd=usd,
        unpriced_calls=unpriced_calls,
    )


def _tallies(session: Session, batch_id: str) -> tuple[Tally, ...]:
    query = (
        select(
            RunRow.batch_index,
            func.count().label("samples"),
            func.count(RunRow.ended).label("ended"),
            func.count().filter(RunRow.status == "passed").label("passed"),
        )
        .where(RunRow.batch_id == batch_id, RunRow.batch_index.is_not(None))
        .group_by(RunRow.batch_index)
        .order_by(RunRow.batch_index)
    )
    found = session.execute(query)
    return tuple(Tally(**row._mapping) for row in found)
