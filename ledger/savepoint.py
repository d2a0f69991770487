"""A block of statements that leaves all of its changes or none, inside the caller's transaction."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection


@contextmanager
def all_or_nothing(connection: Connection) -> Iterator[None]:
    """Takes back what the block wrote when it raises; the transaction itself stays open for the caller."""
    _begin(connection)
    connection.exec_driver_sql("SAVEPOINT ledger")
    try:
        yield
    except BaseException:
        connection.exec_driver_sql("ROLLBACK TO SAVEPOINT ledger")
        connection.exec_driver_sql("RELEASE SAVEPOINT ledger")
        raise
    connection.exec_driver_sql("RELEASE SAVEPOINT ledger")


def _begin(connection: Connection) -> None:
    # Left to itself, SQLite's driver opens a transaction at the first INSERT only. A savepoint before that would be
    # the outermost one, and releasing it would commit behind the caller's back.
    if connection.dialect.name == "sqlite":
        driver = connection.connection.dbapi_connection
        if driver is not None and not driver.in_transaction:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
