"""The figures of standard cells get columns of their own, filled from what the runs have kept."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_FIGURES = ("area_um2", "delay_ps")


def upgrade() -> None:
    for name in _FIGURES:
        op.add_column("runs", sa.Column(name, sa.Double))
        op.create_index(f"ix_runs_{name}", "runs", [name, "id"])
        _fill(name)


def _fill(name: str) -> None:
    """A run's figure is the one of its end, which is kept without a tool."""
    runs, metrics = (
        sa.table("runs", sa.column("id"), sa.column(name)),
        sa.table("metrics", *(sa.column(c) for c in ("run_id", "number", "tool", "name", "value"))),
    )
    last = (
        sa.select(metrics.c.value)
        .where(metrics.c.run_id == runs.c.id, metrics.c.tool == "", metrics.c.name == name)
        .order_by(metrics.c.number.desc())
        .limit(1)
    )
    op.execute(runs.update().values({name: last.scalar_subquery()}))
