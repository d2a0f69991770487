"""Bring a database to the newest shape."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import DBAPIError

from greenlife.db.database import Database
from greenlife.errors import ConfigInvalid


def migrations_folder() -> Path:
    """Where the migrations lie: inside the package when installed from a wheel, beside it in a checkout."""
    package = Path(__file__).parent.parent
    inside = package / "migrations"
    return inside if inside.is_dir() else package.parent / "migrations"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    return config


def upgrade(database: Database) -> None:
    """All migrations run; does nothing when the database is at the newest already."""
    if at_head(database):
        return
    with database.writing() as session:
        config = _config()
        config.attributes["connection"] = session.connection()
        command.upgrade(config, "head")


def at_head(database: Database) -> bool:
    """Whether the database has the newest shape.

    Raises ConfigInvalid when it is newer than this program, or cannot be opened.
    """
    try:
        with database.reading() as session:
            present = MigrationContext.configure(session.connection()).get_current_revision()
    except DBAPIError as error:  # the first time that anybody looks
        why = f"the database cannot be opened: {error.orig}"
        raise ConfigInvalid(where="environment", key="GREENLIFE_DATABASE_URL", why=why) from error
    script = ScriptDirectory.from_config(_config())
    if present is not None and present not in {revision.revision for revision in script.walk_revisions()}:
        raise ConfigInvalid(where="database", key=present, why="made by a newer version of this program")
    return present == script.get_current_head()
