"""The databases that are measured: SQLite in a file, and a PostgreSQL of our own, both as durable as a city's."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil
from sqlalchemy import URL

import ledger
from benchmarks.ledger.meter import Pids
from greenlife.db import Database, open_database
from tests.postgres import Server, run_server

VAR = Path(__file__).parents[2] / "var" / "bench-ledger"
"""On a disk, where a temporary folder may be memory, in which a commit that waits for the disk costs nothing."""

_SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "shared_buffers": "512MB",
    # A checkpoint or a vacuum in the midst of a round would be counted to whoever's round it is.
    "max_wal_size": "16GB",
    "checkpoint_timeout": "1h",
    "autovacuum": "off",
    "timezone": "Asia/Shanghai",
}


@dataclass(frozen=True)
class Place:
    """Where databases are made: ``open_new`` gives an empty ledger."""

    name: str
    open_new: Callable[[], Database]
    pids: Pids


@contextmanager
def on_sqlite() -> Iterator[Place]:
    """Files in a folder that goes with the block."""
    VAR.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=VAR) as folder:
        opened: list[Database] = []

        def open_new() -> Database:
            opened.append(open_file(Path(folder) / f"{len(opened)}.db"))
            make_tables(opened[-1])
            return opened[-1]

        yield Place("SQLite", open_new, list)
        for database in opened:
            database.engine.dispose()


@contextmanager
def on_postgresql() -> Iterator[Place]:
    """Databases of one server that goes with the block."""
    with run_server(_SETTINGS) as folder:
        server = Server(URL.create("postgresql+psycopg", "postgres", database="postgres", query={"host": str(folder)}))
        opened: list[Database] = []

        def open_new() -> Database:
            opened.append(open_database(server.create_database().render_as_string(hide_password=False)))
            make_tables(opened[-1])
            return opened[-1]

        keeper = psutil.Process(int((folder / "data" / "postmaster.pid").read_text(encoding="utf-8").split()[0]))
        yield Place("PostgreSQL", open_new, lambda: [keeper.pid, *(one.pid for one in keeper.children())])
        for database in opened:
            database.engine.dispose()


def open_file(path: Path) -> Database:
    return open_database(f"sqlite:///{path}")


def driver_connection(database: Database) -> Any:
    """One of the driver's own, prepared as all are and never given back."""
    pooled = database.engine.raw_connection()
    connection = pooled.driver_connection
    pooled.detach()
    return connection


def make_tables(database: Database) -> None:
    """The ledger's tables with their triggers."""
    tables = [table for name, table in ledger.metadata.tables.items() if name.startswith("ledger_")]
    with database.writing() as session:
        ledger.metadata.create_all(session.connection(), tables=tables)
        for statement in ledger.append_only_ddl(database.engine.dialect.name):
            session.connection().exec_driver_sql(statement)
