"""Rows of a book in a stream, for those who recompute: a few at once, whatever the size of the book, each one checked."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    FromClause,
    LargeBinary,
    Select,
    Table,
    Text,
    cast,
    func,
    literal,
    select,
    tuple_,
)
from sqlalchemy.exc import DataError, DBAPIError, OperationalError

from ledger.errors import RowUnreadable
from ledger.rows.cells import Kind, as_read, kind_of

PAGE = 500
"""Rows in memory at once."""


class Unreadable(Exception):
    """A row that holds what its column cannot mean; only somebody who went round the ledger writes such a thing."""

    def __init__(self, table: str, key: tuple[Any, ...], column: str, expected: str, found: object) -> None:
        super().__init__(f"{table} {key} {column}: {expected}, not {found!r:.60}")
        self.table = table
        self.key = key
        self.column = column
        self.expected = expected
        self.found = found


@contextmanager
def naming(look_closer: Callable[[], object]) -> Iterator[None]:
    """Where quick reading fails, and it is for what stands in a row, the row is named; raises RowUnreadable.

    A closer look costs several times as much, so it is taken only then. It raises Unreadable; where it finds nothing
    wrong, what went wrong is raised as it is.
    """
    try:
        yield
    except Exception:
        try:
            look_closer()
        except Unreadable as found:
            raise RowUnreadable(
                table=found.table,
                key=" ".join(f"{part!s:.200}" for part in found.key),
                column=found.column,
                expected=found.expected,
            ) from found
        raise


@dataclass(frozen=True, slots=True)
class Joined:
    """Columns of a row that a row may point to, read beside it as ``prefix_column``; ``key`` tells which row that is."""

    table: FromClause
    on: ColumnElement[bool]
    columns: tuple[str, ...]
    prefix: str
    key: Callable[[Any], tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class _Cell:
    column: Column[Any]
    label: str
    kind: Kind
    may_lack: bool
    joined: bool


class Source:
    """The rows of a table in the order of some columns, which name each of them, and what these point to."""

    def __init__(self, table: Table, order: Sequence[str], joined: Joined | None = None) -> None:
        self.table = table
        self._order = tuple(order)
        self._joined = joined
        self._cells = [_Cell(one, one.name, kind_of(one), bool(one.nullable), joined=False) for one in table.columns]
        start: FromClause = table
        if joined is not None:
            others: list[Any] = [joined.table.c[name] for name in joined.columns]
            self._cells += [
                _Cell(one, f"{joined.prefix}_{one.name}", kind_of(one), may_lack=True, joined=True) for one in others
            ]
            start = table.outerjoin(joined.table, joined.on)
        self._places = [as_read(table.c[name]) for name in order]
        values = [as_read(cell.column).label(cell.label) for cell in self._cells]
        self._query: Select[Any] = select(*values).select_from(start).order_by(*self._places)
        self._closer = [(at, cell, cell.kind.fits) for at, cell in enumerate(self._cells) if cell.kind.fits]
        self._shapes: set[tuple[type, ...]] = set()

    def stream(self, connection: Connection, book: str, *where: ColumnElement[bool], page: int = PAGE) -> Iterator[Any]:
        """The rows of the book, those only that fit ``where``; raises Unreadable when it comes to such a row."""
        query = self._query.where(self.table.c.book == book, *where).limit(page)
        found = self._read(connection, query)
        while found:
            for row in found:
                self._check(row)
                yield row
            if len(found) < page:
                return
            values = [getattr(found[-1], name) for name in self._order]
            last = [literal(value, place.type) for value, place in zip(values, self._places, strict=True)]
            found = self._read(connection, query.where(tuple_(*self._places) > tuple_(*last)))

    def _check(self, row: Any) -> None:
        # There are few shapes, so that most rows cost one look into a set.
        shape = tuple(map(type, row))
        if shape not in self._shapes:
            for cell, value, of in zip(self._cells, row, shape, strict=True):
                if of is not cell.kind.type and not (value is None and cell.may_lack):
                    raise self._unreadable(row, cell, value)
            self._shapes.add(shape)
        for at, cell, fits in self._closer:
            if row[at] is not None and not fits(row[at]):
                raise self._unreadable(row, cell, row[at])

    def _unreadable(self, row: Any, cell: _Cell, found: object) -> Unreadable:
        if cell.joined and self._joined is not None:
            key = self._joined.key(row)
        else:
            key = tuple(getattr(row, column.name) for column in self.table.primary_key.columns)
        return Unreadable(cell.column.table.name, key, cell.column.name, cell.kind.says, found)

    def _read(self, connection: Connection, query: Select[Any]) -> Sequence[Any]:
        try:
            return connection.execute(query).all()
        except (DataError, OperationalError):
            self._find_undecodable(connection, query)
            raise

    def _find_undecodable(self, connection: Connection, query: Select[Any]) -> None:
        """Raises Unreadable for the first row that the driver cannot give, such as one with text that is no UTF-8."""
        for at in range(PAGE):
            one = query.limit(1).offset(at)
            try:
                connection.execute(one).all()
            except DBAPIError:
                values = {cell.label: _give(connection, one, cell) for cell in self._cells}
                for cell in self._cells:
                    if isinstance(values[cell.label], _Undecodable):
                        raise self._unreadable(SimpleNamespace(**values), cell, values[cell.label]) from None


class _Undecodable(str):
    """A value that the driver cannot give, in a form in which it can: the bytes of a text, or an instant as a text."""

    __slots__ = ()


def _give(connection: Connection, one: Select[Any], cell: _Cell) -> Any:
    def read(column: ColumnElement[Any]) -> Any:
        return connection.execute(one.with_only_columns(column, maintain_column_froms=True)).scalar()

    try:
        return read(as_read(cell.column))
    except DBAPIError:
        is_text = connection.dialect.name == "sqlite"
        return _Undecodable(read(func.hex(cast(cell.column, LargeBinary)) if is_text else cast(cell.column, Text)))
