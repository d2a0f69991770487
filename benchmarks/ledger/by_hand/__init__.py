"""The same rows and hashes as the ledger's, as a careful programmer writes them with a cursor: no checks of form."""

from sqlalchemy.orm import Session

from benchmarks.ledger.by_hand.postgresql import OnPostgres
from benchmarks.ledger.by_hand.sqlite import OnSqlite
from benchmarks.ledger.places import driver_connection
from greenlife.db import Database


def write_in(session: Session) -> OnPostgres | OnSqlite:
    """Inside a session's transaction, with the driver's cursor."""
    connection = session.connection()
    kind = OnSqlite if connection.dialect.name == "sqlite" else OnPostgres
    return kind(connection.connection.driver_connection, borrowed=True)


def write_by_hand(database: Database) -> OnPostgres | OnSqlite:
    """On a connection of its own that is kept, without SQLAlchemy."""
    return (OnSqlite if database.is_sqlite else OnPostgres)(driver_connection(database))
