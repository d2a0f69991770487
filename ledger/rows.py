"""Rows of a book in a stream, for those who recompute: a few at once, whatever the size of the book."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, select, tuple_
from sqlalchemy.exc import DBAPIError

_PAGE = 1000
"""Rows in memory at once."""


class Unreadable(Exception):
    """A row that holds what its column cannot mean; only somebody who went round the ledger writes such a thing."""

    def __init__(self, table: str, key: tuple[str | int, ...], why: str) -> None:
        super().__init__(why)
        self.table = table
        self.key = key


def stream(
    connection: Connection, table: Table, book: str, order: Sequence[str], *, where: ColumnElement[bool] | None = None
) -> Iterator[Any]:
    """The rows of the book in the order of these columns, which name each of them; raises Unreadable."""
    columns = [table.c[name] for name in order]
    query: Select[Any] = select(table).where(table.c.book == book)
    if where is not None:
        query = query.where(where)
    query = query.order_by(*columns).limit(_PAGE)
    page = _read(connection, table, query)
    while page:
        yield from page
        if len(page) < _PAGE:
            return
        last = tuple(getattr(page[-1], name) for name in order)
        page = _read(connection, table, query.where(tuple_(*columns) > tuple_(*last)))


def _read(connection: Connection, table: Table, query: Select[Any]) -> Sequence[Any]:
    try:
        return connection.execute(query).all()
    except (ValueError, TypeError, DBAPIError):
        pass
    keys = list(table.primary_key.columns)
    for row in connection.execute(query.with_only_columns(*keys)).all():
        one = select(table).where(*(column == value for column, value in zip(keys, row, strict=True)))
        try:
            connection.execute(one).all()
        except (ValueError, TypeError, DBAPIError) as error:
            raise Unreadable(table.name, tuple(row), str(error)) from error
    return connection.execute(query).all()
