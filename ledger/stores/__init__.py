"""The stores: how each database is looked at and written to. One look, one decision, one write."""

from sqlalchemy import Connection

from ledger.stores.postgresql import PostgresStore
from ledger.stores.sqlite import SqliteStore
from ledger.stores.store import Interfered, Store

_STORES: dict[str, type[Store]] = {"sqlite": SqliteStore, "postgresql": PostgresStore}


def open_store(connection: Connection) -> Store:
    """The store behind a connection, inside the caller's transaction; raises KeyError for another database."""
    return _STORES[connection.dialect.name](connection)


__all__ = ["Interfered", "Store", "open_store"]
