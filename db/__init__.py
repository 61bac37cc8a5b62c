"""Keep: every event of every run as it happens, the queue of runs, and all files once.

Open with `connect`; ask with `enqueue`; work with `claim`, `heartbeat` and `Recorder`; look with
`runs`, `run` and `events_after`.
"""

from db.batches import BatchSummary, Figure, Tally, batch, batches, figures
from db.engine import connect
from db.errors import (
    DatabaseLocked,
    DatabaseReadOnly,
    DatabaseTooNew,
    DiskFull,
    NoSuchRecord,
    NotADatabase,
    RecordError,
    RunTaken,
)
from db.history import (
    Artifact,
    Candidate,
    Recorded,
    artifacts,
    candidates,
    design,
    events_after,
    log,
)
from db.jobs import (
    RunStatus,
    cancel,
    claim,
    enqueue,
    enqueue_all,
    finish,
    heartbeat,
    is_cancelled,
    new_batch,
    new_session,
    reclaim,
    requested,
)
from db.queries import Run, RunFilter, SessionSummary, count_runs, run, runs, sessions
from db.record import Recorder
from db.request import RunRequest
from db.workers import this_worker

__all__ = [
    "Artifact",
    "BatchSummary",
    "Candidate",
    "DatabaseLocked",
    "DatabaseReadOnly",
    "DatabaseTooNew",
    "DiskFull",
    "Figure",
    "NoSuchRecord",
    "NotADatabase",
    "RecordError",
    "Recorded",
    "Recorder",
    "Run",
    "RunFilter",
    "RunRequest",
    "RunStatus",
    "RunTaken",
    "SessionSummary",
    "Tally",
    "artifacts",
    "batch",
    "batches",
    "cancel",
    "candidates",
    "claim",
    "connect",
    "count_runs",
    "design",
    "enqueue",
    "enqueue_all",
    "events_after",
    "figures",
    "finish",
    "heartbeat",
    "is_cancelled",
    "log",
    "new_batch",
    "new_session",
    "reclaim",
    "requested",
    "run",
    "runs",
    "sessions",
    "this_worker",
]
