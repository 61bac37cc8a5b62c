"""The first tables: sessions, batches, runs, and what happens in a run."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _group_tables()
    _run_table()
    _event_tables()
    _design_tables()
    _report_tables()


def _group_tables() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("created", sa.DateTime, nullable=False),
    )
    op.create_index("ix_sessions_created", "sessions", ["created", "id"])
    op.create_table(
        "batches",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("created", sa.DateTime, nullable=False),
        sa.Column("options", sa.JSON, nullable=False),
    )
    op.create_index("ix_batches_created", "batches", ["created", "id"])


def _run_table() -> None:
    figures = ("cycles", "ii", "luts", "ffs", "dsps", "brams", "fmax_mhz")
    op.create_table(
        "runs",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("session_id", sa.String, sa.ForeignKey("sessions.id")),
        sa.Column("batch_id", sa.String, sa.ForeignKey("batches.id")),
        sa.Column("batch_index", sa.Integer),
        sa.Column("sample", sa.Integer, nullable=False),
        sa.Column("parent_run_id", sa.String, sa.ForeignKey("runs.id")),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("designer", sa.String, nullable=False),
        sa.Column("model", sa.String, nullable=False),
        sa.Column("kernel", sa.String, nullable=False),
        sa.Column("target", sa.String, nullable=False),
        sa.Column("clock_mhz", sa.Double),
        sa.Column("options", sa.JSON, nullable=False),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("stage", sa.String, nullable=False),
        sa.Column("summary", sa.String, nullable=False),
        sa.Column("oracle", sa.String, nullable=False),
        sa.Column("verified", sa.Boolean),
        sa.Column("met", sa.Boolean),
        sa.Column("created", sa.DateTime, nullable=False),
        sa.Column("started", sa.DateTime),
        sa.Column("ended", sa.DateTime),
        sa.Column("worker", sa.String),
        sa.Column("heartbeat", sa.DateTime),
        sa.Column("claims", sa.Integer, nullable=False),
        sa.Column("cancelled", sa.Boolean, nullable=False),
        sa.Column("input_tokens", sa.Integer, nullable=False),
        sa.Column("output_tokens", sa.Integer, nullable=False),
        sa.Column("usd", sa.Double, nullable=False),
        sa.Column("unpriced_calls", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Double) for name in figures),
        sa.UniqueConstraint("batch_id", "batch_index", "sample", name="uq_runs_batch"),
    )
    op.create_index("ix_runs_created", "runs", ["created", "id"])
    for name in ("status", "kernel", "designer"):
        op.create_index(f"ix_runs_{name}", "runs", [name, "created", "id"])
    op.create_index("ix_runs_session", "runs", ["session_id", "created", "id"])
    op.create_index("ix_runs_batch", "runs", ["batch_id", "created", "id"])
    op.create_index("ix_runs_parent", "runs", ["parent_run_id"])
    for name in (*figures, "usd"):
        op.create_index(f"ix_runs_{name}", "runs", [name, "id"])


def _of_event() -> tuple[sa.Column[str], sa.Column[int], sa.ForeignKeyConstraint]:
    return (
        sa.Column("run_id", sa.String, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.ForeignKeyConstraint(["run_id", "number"], ["events.run_id", "events.number"]),
    )


def _event_tables() -> None:
    op.create_table(
        "events",
        sa.Column("run_id", sa.String, sa.ForeignKey("runs.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("payload", sa.JSON, nullable=False),
    )
    op.create_table(
        "tasks",
        *_of_event(),
        sa.Column("kernel", sa.String, nullable=False),
        sa.Column("testbench", sa.String),
    )
    op.create_index("ix_tasks_kernel", "tasks", ["kernel"])
    op.create_table(
        "prompts",
        *_of_event(),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("messages", sa.String, nullable=False),
        sa.Column("demos", sa.JSON, nullable=False),
    )
    op.create_index("ix_prompts_digest", "prompts", ["digest"])


def _design_tables() -> None:
    op.create_table(
        "designs",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("top", sa.String, nullable=False),
        sa.Column("interface", sa.JSON),
    )
    op.create_table(
        "sources",
        sa.Column("design_id", sa.String, sa.ForeignKey("designs.id"), primary_key=True),
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
    )
    op.create_table(
        "candidates",
        *_of_event(),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("design_id", sa.String, sa.ForeignKey("designs.id"), nullable=False),
    )
    op.create_index("ix_candidates_design", "candidates", ["design_id"])


def _report_tables() -> None:
    op.create_table(
        "reports",
        *_of_event(),
        sa.Column("candidate", sa.Integer),
        sa.Column("tool", sa.String, nullable=False),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("summary", sa.String, nullable=False),
        sa.Column("diagnostics", sa.JSON, nullable=False),
        sa.Column("versions", sa.JSON, nullable=False),
        sa.Column("command", sa.String, nullable=False),
        sa.Column("wall_s", sa.Double, nullable=False),
        sa.Column("cached", sa.Boolean, nullable=False),
        sa.Column("log", sa.String),
    )
    op.create_index("ix_reports_tool", "reports", ["tool", "status"])
    op.create_table(
        "metrics",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("run_id", sa.String, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("tool", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("value", sa.Double, nullable=False),
        sa.ForeignKeyConstraint(["run_id", "number"], ["events.run_id", "events.number"]),
        sa.UniqueConstraint("run_id", "number", "name", name="uq_metrics_name"),
    )
    op.create_index("ix_metrics_name", "metrics", ["name", "tool", "value"])
    op.create_table(
        "artifacts",
        *_of_event(),
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("file_name", sa.String, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("bytes", sa.Integer, nullable=False),
        sa.Column("media_type", sa.String, nullable=False),
    )
