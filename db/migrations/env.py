"""What Alembic runs to upgrade: the scripts, on the connection that `db.upgrade` has opened."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
with context.begin_transaction():
    context.run_migrations()
