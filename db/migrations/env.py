"""What Alembic runs to upgrade: the scripts, on the connection that `db.upgrade` has opened."""

from alembic import context

from db.models import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
with context.begin_transaction():
    context.run_migrations()
