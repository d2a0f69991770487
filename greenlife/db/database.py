"""Transactions: ``reading`` never writes, ``writing`` is the one place that commits."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session

from greenlife.db.first_come import FirstComeLock
from greenlife.errors import ConfigInvalid

OLDEST_SQLITE = (3, 51, 3)
"""Older ones can corrupt a WAL database that several connections share."""

BUSY_SECONDS = 60
"""How long another process (the command line) waits for its turn."""

POOL, OVERFLOW = 16, 32
"""Connections that are kept, and how many more there may be for a moment."""

_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
"""With the last one, what is deleted is overwritten: a row that is only unlinked could be read from the file."""

# Said and not left to the server's settings: a snapshot is what audits and pages need, and a writer that waited for
# another has to see what that one wrote.
_ON_POSTGRESQL: dict[str, dict[str, Any]] = {
    "reading": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
    "writing": {"isolation_level": "READ COMMITTED", "postgresql_readonly": False},
}
_ON_SQLITE: dict[str, dict[str, Any]] = {"reading": {"greenlife_write": False}, "writing": {"greenlife_write": True}}


class Database:
    """One database for the life of the process."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.is_sqlite = engine.dialect.name == "sqlite"
        options = _ON_SQLITE if self.is_sqlite else _ON_POSTGRESQL
        self._reading = engine.execution_options(**options["reading"])
        self._writing = engine.execution_options(**options["writing"])
        self._turn = FirstComeLock() if self.is_sqlite else nullcontext()

    @property
    def path(self) -> Path | None:
        """The database file, where there is one."""
        name = self.engine.url.database
        return Path(name) if self.is_sqlite and name else None

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one snapshot and is rolled back."""
        with Session(self._reading, autoflush=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session in a transaction that may write; committed here when the block ends without an error."""
        with self._turn, Session(self._writing, expire_on_commit=False) as session, session.begin():
            yield session


def open_database(url: str) -> Database:
    """The database at ``url``; raises ConfigInvalid for an address or a library that cannot be used."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:  # a port that is no number is the latter
        raise _wrong_address("not a database address") from error
    if parsed.get_backend_name() != "sqlite":
        return Database(_open_postgresql(parsed))
    if sqlite.sqlite_version_info < OLDEST_SQLITE:
        raise ConfigInvalid(where="SQLite", key=sqlite.sqlite_version, why="3.51.3 or newer is needed")
    if not parsed.database or parsed.database == ":memory:":
        raise _wrong_address("SQLite needs a file")
    Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url, module=sqlite, connect_args={"timeout": BUSY_SECONDS}, pool_size=POOL, max_overflow=OVERFLOW
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return Database(engine)


def _open_postgresql(url: URL) -> Engine:
    if url.drivername != "postgresql+psycopg":
        raise _wrong_address("it begins with sqlite:/// or with postgresql+psycopg://")
    try:
        # A connection that the server dropped meanwhile is noticed before it is used.
        return create_engine(url, pool_pre_ping=True, pool_size=POOL, max_overflow=OVERFLOW)
    except ModuleNotFoundError as error:
        raise _wrong_address("psycopg is missing: pip install 'greenlife[postgresql]'") from error


def _wrong_address(why: str) -> ConfigInvalid:
    return ConfigInvalid(where="environment", key="GREENLIFE_DATABASE_URL", why=why)


def _prepare(connection: Any, _record: object) -> None:
    # The driver must not open transactions by itself: which kind begins is decided in _begin.
    connection.isolation_level = None
    for pragma in (*_PRAGMAS, f"busy_timeout={BUSY_SECONDS * 1000}"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A deferred transaction that turns to writing fails at once when somebody else wrote meanwhile; an immediate
    # one waits its turn first.
    write = connection.get_execution_options().get("greenlife_write", True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
