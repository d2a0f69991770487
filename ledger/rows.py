"""The rows of a book in a stream, for those who recompute: entries in the order of ids, each with its postings."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from ledger.tables import entry_table, posting_table

_PAGE = 500
"""Entries in memory at once."""

_entry, _posting = entry_table.c, posting_table.c


class Unreadable(Exception):
    """A row that holds what its column cannot mean; only somebody who went round the ledger writes such a thing."""

    def __init__(self, table: str, key: tuple[str | int, ...], why: str) -> None:
        super().__init__(why)
        self.table = table
        self.key = key


def read_entries(connection: Connection, book: str) -> Iterator[tuple[Any, list[Any]]]:
    """Each row of the entry table with its postings; postings without an entry come with None. Raises Unreadable."""
    last = ""
    query = select(entry_table).where(_entry.book == book).order_by(_entry.id)
    while rows := _read_page(connection, book, query.where(_entry.id > last).limit(_PAGE)):
        upto: str = rows[-1].id
        yield from _join(rows, _postings(connection, book, last, upto))
        last = upto
    yield from _join([], _postings(connection, book, last, None))


def _read_page(connection: Connection, book: str, query: Any) -> Sequence[Any]:
    try:
        return connection.execute(query).all()
    except (ValueError, TypeError, DBAPIError):
        pass
    for (entry_id,) in connection.execute(query.with_only_columns(_entry.id)).all():
        one = select(entry_table).where(_entry.book == book, _entry.id == entry_id)
        try:
            connection.execute(one).all()
        except (ValueError, TypeError, DBAPIError) as error:
            raise Unreadable("ledger_entry", (book, entry_id), str(error)) from error
    return connection.execute(query).all()


def _postings(connection: Connection, book: str, after: str, upto: str | None) -> Sequence[Any]:
    query = select(posting_table).where(_posting.book == book, _posting.entry_id > after)
    if upto is not None:
        query = query.where(_posting.entry_id <= upto)
    return connection.execute(query.order_by(_posting.entry_id, _posting.leg)).all()


def _join(rows: Sequence[Any], postings: Sequence[Any]) -> Iterator[tuple[Any, list[Any]]]:
    by_entry: dict[str, list[Any]] = {}
    for posting in postings:
        by_entry.setdefault(posting.entry_id, []).append(posting)
    for row in rows:
        yield row, by_entry.pop(row.id, [])
    for orphans in by_entry.values():
        yield None, orphans
