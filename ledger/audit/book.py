"""A book as the audit reads it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from ledger.postings import MOST_LEGS
from ledger.rows.sources import ENTRIES, LEGS
from ledger.rows.stream import PAGE, Source
from ledger.tables import entry_table, posting_table

Progress = Callable[[str, int, int], None]
"""Called now and then with the stage, how many rows of it are done, and of how many."""

_EVERY = 1000


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
