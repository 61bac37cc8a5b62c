"""The tables. A run's events are numbered from 1; what an event holds beside its payload stands in
the row of another table with the same run and number.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base

MEASURED = (
    *("cycles", "ii", "luts", "ffs", "dsps", "brams", "fmax_mhz"),
    *("area_um2", "delay_ps"),
)
"""The figures of a run's result that have a column of their own, for quick tables."""


class SessionRow(Base):
    """A conversation with its runs."""

    __tablename__ = "sessions"
    __table_args__ = (Index("ix_sessions_created", "created", "id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    created: Mapped[datetime]


class BatchRow(Base):
    """Many tasks, each with a number of samples."""

    __tablename__ = "batches"
    __table_args__ = (Index("ix_batches_created", "created", "id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    created: Mapped[datetime]
    options: Mapped[dict[str, Any]]


class RunRow(Base):
    """One task worked on by one designer: the job, how far it came, and its main figures."""

    __tablename__ = "runs"
    __table_args__ = (
        UniqueConstraint("batch_id", "batch_index", "sample", name="uq_runs_batch"),
        Index("ix_runs_created", "created", "id"),
        Index("ix_runs_status", "status", "created", "id"),
        Index("ix_runs_kernel", "kernel", "created", "id"),
        Index("ix_runs_designer", "designer", "created", "id"),
        Index("ix_runs_session", "session_id", "created", "id"),
        Index("ix_runs_batch", "batch_id", "created", "id"),
        Index("ix_runs_parent", "parent_run_id"),
        *(Index(f"ix_runs_{name}", name, "id") for name in (*MEASURED, "usd")),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    session_id: Mapped[str | None] = mapped_column(ForeignKey("sessions.id"))
    batch_id: Mapped[str | None] = mapped_column(ForeignKey("batches.id"))
    batch_index: Mapped[int | None]
    sample: Mapped[int]
    parent_run_id: Mapped[str | None] = mapped_column(ForeignKey("runs.id"))
    text: Mapped[str]
    designer: Mapped[str]
    model: Mapped[str]
    kernel: Mapped[str]
    target: Mapped[str]
    clock_mhz: Mapped[float | None]
    options: Mapped[dict[str, Any]]

    status: Mapped[str]
    stage: Mapped[str] = mapped_column(default="")
    summary: Mapped[str] = mapped_column(default="")
    oracle: Mapped[str] = mapped_column(default="")
    verified: Mapped[bool | None]
    met: Mapped[bool | None]
    created: Mapped[datetime]
    started: Mapped[datetime | None]
    ended: Mapped[datetime | None]

    worker: Mapped[str | None]
    heartbeat: Mapped[datetime | None]
    claims: Mapped[int] = mapped_column(default=0)
    cancelled: Mapped[bool] = mapped_column(default=False)

    input_tokens: Mapped[int] = mapped_column(default=0)
    output_tokens: Mapped[int] = mapped_column(default=0)
    usd: Mapped[float] = mapped_column(default=0.0)
    unpriced_calls: Mapped[int] = mapped_column(default=0)

    cycles: Mapped[float | None]
    ii: Mapped[float | None]
    luts: Mapped[float | None]
    ffs: Mapped[float | None]
    dsps: Mapped[float | None]
    brams: Mapped[float | None]
    fmax_mhz: Mapped[float | None]
    area_um2: Mapped[float | None]
    delay_ps: Mapped[float | None]


class EventRow(Base):
    """One event: its kind, and as payload what no other table holds."""

    __tablename__ = "events"

    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    at: Mapped[datetime]
    payload: Mapped[dict[str, Any]]


class _OfEvent:
    """The columns of a row that belongs to one event."""

    run_id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)


def _to_event() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["run_id", "number"], ["events.run_id", "events.number"])


class TaskRow(_OfEvent, Base):
    """A task as it was understood; its testbench is in the file store."""

    __tablename__ = "tasks"
    __table_args__ = (_to_event(), Index("ix_tasks_kernel", "kernel"))

    kernel: Mapped[str]
    testbench: Mapped[str | None]


class PromptRow(_OfEvent, Base):
    """A prompt as it was sent; its messages are in the file store, as JSON."""

    __tablename__ = "prompts"
    __table_args__ = (_to_event(), Index("ix_prompts_digest", "digest"))

    digest: Mapped[str]
    messages: Mapped[str]
    demos: Mapped[dict[str, Any]]


class DesignRow(Base):
    """A design, once for all runs; its id is the SHA-256 of its files, top and interface."""

    __tablename__ = "designs"

    id: Mapped[str] = mapped_column(primary_key=True)
    top: Mapped[str]
    interface: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class SourceRow(Base):
    """A source file of a design; the text is in the file store."""

    __tablename__ = "sources"

    design_id: Mapped[str] = mapped_column(ForeignKey("designs.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    sha256: Mapped[str]


class CandidateRow(_OfEvent, Base):
    """A design proposed in a run."""

    __tablename__ = "candidates"
    __table_args__ = (_to_event(), Index("ix_candidates_design", "design_id"))

    attempt: Mapped[int]
    design_id: Mapped[str] = mapped_column(ForeignKey("designs.id"))


class ReportRow(_OfEvent, Base):
    """What a tool said; `candidate` is the number of the event that proposed its design."""

    __tablename__ = "reports"
    __table_args__ = (_to_event(), Index("ix_reports_tool", "tool", "status"))

    candidate: Mapped[int | None]
    tool: Mapped[str]
    status: Mapped[str]
    summary: Mapped[str]
    diagnostics: Mapped[list[Any]]
    versions: Mapped[dict[str, Any]]
    command: Mapped[str]
    wall_s: Mapped[float]
    cached: Mapped[bool]
    log: Mapped[str | None]


class MetricRow(Base):
    """A measured figure of a report, or of a run's result, which has no `tool`."""

    __tablename__ = "metrics"
    __table_args__ = (
        _to_event(),
        UniqueConstraint("run_id", "number", "name", name="uq_metrics_name"),
        Index("ix_metrics_name", "name", "tool", "value"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[str]
    number: Mapped[int]
    tool: Mapped[str]
    name: Mapped[str]
    value: Mapped[float]


class ArtifactRow(_OfEvent, Base):
    """A file that a tool left, in the file store."""

    __tablename__ = "artifacts"
    __table_args__ = (_to_event(),)

    name: Mapped[str] = mapped_column(primary_key=True)
    file_name: Mapped[str]
    sha256: Mapped[str]
    bytes: Mapped[int]
    media_type: Mapped[str]
