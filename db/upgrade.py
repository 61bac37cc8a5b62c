"""Bring the tables of a database up to date, by the numbered scripts in `migrations/versions`."""

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from db.errors import DatabaseTooNew, NotADatabase

_MIGRATIONS = Path(__file__).with_name("migrations")
_LOCK = 0x51C1  # the key of PostgreSQL's advisory lock: any number, the same in every process


def newest() -> str:
    """The number of the newest script, which is also its revision."""
    return max(path.name[1:5] for path in (_MIGRATIONS / "versions").glob("v[0-9]*.py"))


def upgrade(engine: Engine) -> None:
    """Bring the database up to date; of several processes at once, one does it, the others wait.

    Raises `DatabaseTooNew` when a newer program has written it.
    """
    with engine.connect() as connection:
        if _revision(connection, engine) == newest():
            return
    with engine.execution_options(write=True).begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        if _revision(connection, engine) != newest():
            _run_scripts(connection)


def _revision(connection: Connection, engine: Engine) -> str:
    """The database's revision, empty for a new one."""
    tables = inspect(connection).get_table_names()
    if "alembic_version" not in tables:
        if tables:
            raise NotADatabase(
                f"the database {engine.url.database!r} belongs to another program; it has the "
                f"table {tables[0]!r}; name another one in SILIWRIGHT_DATABASE"
            )
        return ""
    found = str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")
    if found > newest():
        raise DatabaseTooNew(
            f"the database {engine.url.database!r} was written by a newer Siliwright (format "
            f"{found}; this one knows {newest()}); install that version, or name another database"
        )
    return found


def _run_scripts(connection: Connection) -> None:
    # Alembic takes a while to import, and is needed only here.
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    command.upgrade(config, "head")
