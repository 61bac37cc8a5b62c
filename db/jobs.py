"""The queue: a run is queued, claimed by one worker, kept alive by its heartbeat, and finished.

A run whose worker has died goes back to the queue; the rows of `runs` are the queue.
"""

import secrets
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, Literal

from sqlalchemy import Engine, ScalarResult, select, update
from sqlalchemy.orm import Session

from db.base import Base, now
from db.engine import reading, writing
from db.errors import NoSuchRecord
from db.models import BatchRow, RunRow, SessionRow
from db.request import RunRequest, options_of, request_of
from db.workers import is_dead

RunStatus = Literal["queued", "running", "passed", "failed", "stopped", "refused", "crashed"]
SILENCE_S = 60.0
"""A running run without a heartbeat for this long is taken from its worker."""
MAX_CLAIMS = 3
"""A run whose worker dies this often has crashed: it may well be what kills them."""
_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"


def new_id() -> str:
    """A short random public id: 10 characters of lower-case base32, 50 bits."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(10))


def new_session(engine: Engine, title: str) -> str:
    """Begin a conversation; returns its id."""
    with writing(engine) as session:
        session.add(row := SessionRow(id=new_id(), title=title, created=now()))
    return row.id


def new_batch(engine: Engine, name: str, options: Mapping[str, Any] | None = None) -> str:
    """Begin a batch; `options` are kept to say later how it was made. Returns its id."""
    with writing(engine) as session:
        row = BatchRow(id=new_id(), name=name, created=now(), options=dict(options or {}))
        session.add(row)
    return row.id


def enqueue(engine: Engine, request: RunRequest) -> str:
    """Queue a run; returns its id. See `enqueue_all`."""
    return enqueue_all(engine, [request])[0]


def enqueue_all(engine: Engine, requests: Iterable[RunRequest]) -> list[str]:
    """Queue runs together; returns their ids.

    A sample of a batch's task that is there already is not queued again: its run's id is returned,
    so that a batch which was cut short can simply be asked for again.
    """
    kept = [(request, options_of(request)) for request in requests]
    with writing(engine) as session:
        return [_enqueue(session, request, options) for request, options in kept]


def _enqueue(session: Session, request: RunRequest, options: dict[str, Any]) -> str:
    _check(session, SessionRow, request.session, "session")
    _check(session, BatchRow, request.batch, "batch")
    _check(session, RunRow, request.parent_run, "run")
    if request.batch is not None and request.batch_index is not None:
        same = select(RunRow.id).where(
            RunRow.batch_id == request.batch,
            RunRow.batch_index == request.batch_index,
            RunRow.sample == request.sample,
        )
        if found := session.scalar(same):
            return found
    row = RunRow(
        id=new_id(),
        session_id=request.session,
        batch_id=request.batch,
        batch_index=request.batch_index,
        sample=request.sample,
        parent_run_id=request.parent_run,
        text=request.text,
        designer=request.designer,
        model=request.model,
        kernel=request.kernel,
        target=request.target,
        clock_mhz=request.clock_mhz,
        options=options,
        status="queued",
        created=now(),
    )
    session.add(row)
    session.flush()
    return row.id


def _check(session: Session, table: type[Base], key: str | None, word: str) -> None:
    if key is not None and session.get(table, key) is None:
        raise no_such(word, key)


def no_such(word: str, key: str) -> NoSuchRecord:
    """The error for an id that is not in the records."""
    return NoSuchRecord(f"there is no {word} {key!r} in the records; check its id")


def claim(engine: Engine, worker: str, run_id: str | None = None) -> str | None:
    """Take the oldest queued run, or a certain one, for a worker; None when there is none.

    However many processes ask at once, each run is given to one of them.
    """
    queued = select(RunRow.id).where(RunRow.status == "queued")
    if run_id is not None:
        queued = queued.where(RunRow.id == run_id)
    oldest = queued.order_by(RunRow.created, RunRow.id).limit(1).with_for_update(skip_locked=True)
    with writing(engine) as session:
        row = session.get(RunRow, session.scalar(oldest) or "")
        if row is None:
            return None
        row.status, row.worker, row.claims = "running", worker, row.claims + 1
        row.heartbeat = now()
        row.started = row.started or row.heartbeat
    return row.id


def heartbeat(engine: Engine, run_id: str, worker: str) -> bool:
    """Say that the worker is alive; False when it must stop: cancelled, or no longer its run."""
    mine = (RunRow.id == run_id, RunRow.worker == worker, RunRow.status == "running")
    beat = update(RunRow).where(*mine).values(heartbeat=now()).returning(RunRow.cancelled)
    with writing(engine) as session:
        return session.scalar(beat) is False


def cancel(engine: Engine, run_id: str) -> None:
    """Ask for a run to be stopped: at once when it is queued, at its worker's next beat else."""
    with writing(engine) as session:
        row = session.get(RunRow, run_id, with_for_update=True)
        if row is None:
            raise no_such("run", run_id)
        row.cancelled = row.status in ("queued", "running")
        if row.status == "queued":
            _end(row, "stopped", "stopped before it was worked on")


def is_cancelled(engine: Engine, run_id: str) -> bool:
    """Whether somebody has asked for the run to be stopped."""
    with reading(engine) as session:
        return bool(session.scalar(select(RunRow.cancelled).where(RunRow.id == run_id)))


def finish(engine: Engine, run_id: str, status: RunStatus, summary: str) -> None:
    """End a running run that has no `Ended` event: its worker met a bug, or was told to stop."""
    with writing(engine) as session:
        row = session.get(RunRow, run_id, with_for_update=True)
        if row is None:
            raise no_such("run", run_id)
        if row.status == "running":
            _end(row, status, summary)


def reclaim(engine: Engine) -> list[str]:
    """Take back the runs of dead or silent workers; returns the ids of those queued again."""
    limit = now() - timedelta(seconds=SILENCE_S)
    running = select(RunRow).where(RunRow.status == "running")
    with writing(engine) as session:
        rows: ScalarResult[RunRow] = session.scalars(running.with_for_update(skip_locked=True))
        lost = [r for r in rows if is_dead(r.worker or "") or (r.heartbeat or limit) <= limit]
        for row in lost:
            _release(row)
        return [row.id for row in lost if row.status == "queued"]


def _release(row: RunRow) -> None:
    if row.cancelled:
        _end(row, "stopped", "stopped; its worker had died")
    elif row.claims >= MAX_CLAIMS:
        _end(row, "crashed", f"its worker died {row.claims} times; it is not tried again")
    else:
        row.status, row.worker, row.heartbeat = "queued", None, None


def _end(row: RunRow, status: RunStatus, summary: str) -> None:
    row.status, row.summary, row.ended = status, summary, now()


def requested(engine: Engine, run_id: str) -> RunRequest:
    """What was asked of a run."""
    with reading(engine) as session:
        row = session.get(RunRow, run_id)
        if row is None:
            raise no_such("run", run_id)
        return request_of(row)
