"""A book as the audit reads it: its tables in the orders that the checks need."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from ledger.audit.rows import PAGE, Joined, Source
from ledger.postings import MOST_LEGS
from ledger.tables import (
    account_table,
    checkpoint_table,
    entry_table,
    leaf_table,
    node_table,
    pending_table,
    posting_table,
)

Progress = Callable[[str, int, int], None]
"""Called now and then with the stage, how many rows of it are done, and of how many."""

_EVERY = 1000

_FIXED = Joined(
    account_table,
    (account_table.c.book == posting_table.c.book)
    & (account_table.c.path == posting_table.c.path)
    & (account_table.c.stripe == 0),
    ("unit", "floor", "ceiling", "expires_at", "held_by"),
    "account",
    lambda row: (row.book, row.path, 0),
)
_CLOSING = Joined(
    entry_table,
    (entry_table.c.book == account_table.c.book) & (entry_table.c.id == account_table.c.closed_by),
    ("recorded_at", "closes"),
    "closing",
    lambda row: (row.book, row.closed_by),
)

ENTRIES = Source(entry_table, ("id",))
LEGS = Source(posting_table, ("entry_id", "leg"), _FIXED)
ACCOUNTS = Source(account_table, ("path", "stripe"), _CLOSING)
POSTINGS = Source(posting_table, ("path", "stripe", "recorded_at"))
PENDING = Source(pending_table, ("entry_id",))
LEAVES_BY_ENTRY = Source(leaf_table, ("entry_id",))
LEAVES = Source(leaf_table, ("leaf_index",))
NODES = Source(node_table, ("level", "node_index"))
CHECKPOINTS = Source(checkpoint_table, ("size",))


@dataclass(frozen=True, slots=True)
class Filed:
    """An entry as it is filed: its row, and those of its legs, each with what is fixed of its account."""

    row: Any
    legs: list[Any]


@dataclass(frozen=True, slots=True)
class Book:
    """One book behind a connection whose transaction sees one state of it from beginning to end."""

    connection: Connection
    name: str
    progress: Progress | None = None

    def stream(self, source: Source, *where: ColumnElement[bool], page: int = PAGE) -> Iterator[Any]:
        """The rows of a source; raises Unreadable."""
        return source.stream(self.connection, self.name, *where, page=page)

    def watched(self, source: Source, stage: str) -> Iterator[Any]:
        """The rows of a source, whose passing is told to whoever watches."""
        rows = self.stream(source)
        if self.progress is None:
            yield from rows
            return
        table = source.table
        total = self.connection.execute(select(func.count()).where(table.c.book == self.name)).scalar_one()
        done = 0
        for done, row in enumerate(rows, start=1):
            yield row
            if not done % _EVERY:
                self.progress(stage, done, total)
        self.progress(stage, done, total)

    def find(self, entry_id: str) -> Filed | None:
        """The entry of this id; raises Unreadable."""
        row = next(self.stream(ENTRIES, entry_table.c.id == entry_id), None)
        if row is None:
            return None
        return Filed(row, some_legs(self.stream(LEGS, posting_table.c.entry_id == entry_id)))


def some_legs(rows: Iterator[Any]) -> list[Any]:
    """The legs of an entry; of one that has more than it may, enough to tell."""
    return list(islice(rows, MOST_LEGS + 1))
