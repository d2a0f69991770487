"""Who leads: a lock that the system takes back from a process that is killed, so nobody times a leader out.

On SQLite it is a ``flock`` on a file beside the database, elsewhere an advisory lock of the database.
"""

import fcntl
import os
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, text

from greenlife.db import Database

ADVISORY_KEY = 0x67726565
"""The number of the advisory lock: any constant will do as long as nobody else in the database uses it."""


class FileLock:
    """A ``flock`` on a file beside the database; the file holds the leader's process id."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[str] | None = None

    def acquire(self) -> bool:
        file = self._path.open("a+", encoding="ascii")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        self._file = file
        return True

    def release(self) -> None:
        if self._file:
            self._file.close()


class AdvisoryLock:
    """A session-level advisory lock of PostgreSQL, held by a connection of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: Connection | None = None

    def acquire(self) -> bool:
        connection = self._database.engine.connect()
        if connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": ADVISORY_KEY}):
            connection.commit()
            self._connection = connection
            return True
        connection.close()
        return False

    def release(self) -> None:
        """The session ends, and its lock with it: a connection that goes back to the pool would keep both."""
        if self._connection:
            self._connection.detach()
            self._connection.close()
            self._connection = None


def leader_lock(database: Database) -> FileLock | AdvisoryLock:
    """The lock that this kind of database elects its leader by."""
    path = database.path
    return FileLock(path.with_name(f"{path.name}.leader")) if path else AdvisoryLock(database)
