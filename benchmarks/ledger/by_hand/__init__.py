"""The same rows and hashes as the ledger's, as a careful programmer writes them with a cursor: no checks of form."""

from benchmarks.ledger.by_hand.postgresql import OnPostgres
from benchmarks.ledger.by_hand.sqlite import OnSqlite
from benchmarks.ledger.places import driver_connection
from greenlife.db import Database


def write_by_hand(database: Database) -> OnPostgres | OnSqlite:
    """On a connection of its own that is kept, without SQLAlchemy."""
    return (OnSqlite if database.is_sqlite else OnPostgres)(driver_connection(database))
