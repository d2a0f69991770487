"""Reading: one entry, the statement of a home, the entries of a day."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, bindparam, or_, select, union
from sqlalchemy.orm import Session

from ledger.accounts import check_path
from ledger.details import read_details
from ledger.errors import EntryUnknown
from ledger.ids import is_id
from ledger.paging import MOST_ON_A_PAGE, Page, read_cursor, write_cursor
from ledger.postings import check_name, is_name, name_for_log
from ledger.tables import entry_table, posting_table

_CHUNK = 500
"""Entries whose lines are read at once."""

_entry, _posting = entry_table.c, posting_table.c
_reversal = entry_table.alias("reversal")

_ENTRIES = select(
    _entry.id,
    _entry.book,
    _entry.home,
    _entry.reference,
    _entry.kind,
    _entry.occurred_at,
    _entry.recorded_at,
    _entry.local_day,
    _entry.details,
    _entry.leaf_hash,
    _entry.reverses,
    _reversal.c.id.label("reversed_by"),
    _entry.act,
    _entry.hold,
    _entry.deadline,
).outerjoin(_reversal, and_(_reversal.c.book == _entry.book, _reversal.c.reverses == _entry.id))
_LINES = (
    select(_posting.entry_id, _posting.path, _posting.unit, _posting.amount)
    .where(
        _posting.book == bindparam("of_book"),
        _posting.entry_id.in_(bindparam("ids", expanding=True)),
    )
    .order_by(_posting.entry_id, _posting.leg)
)


@dataclass(frozen=True, slots=True)
class Line:
    """A signed amount on an account."""

    path: str
    unit: str
    amount: int


@dataclass(frozen=True, slots=True)
class PostedEntry:
    """An entry as it stands in the ledger; ``reversed_by`` is the id of its reversal."""

    id: str
    book: str
    home: str
    reference: str
    kind: str
    occurred_at: datetime
    recorded_at: datetime
    local_day: date
    details: dict[str, Any]
    lines: tuple[Line, ...]
    leaf_hash: bytes
    reverses: str | None
    reversed_by: str | None
    act: str | None
    hold: str | None
    deadline: datetime | None


def get_entry(session: Session, book: str, entry_id: str) -> PostedEntry:
    """The entry; raises EntryUnknown."""
    if not is_name("id", entry_id):
        raise EntryUnknown(entry_id=name_for_log(entry_id))
    check_name("book", book)
    query = _ENTRIES.where(_entry.book == book, _entry.id == entry_id)
    found = _read(session.connection(), book, query) if is_id(entry_id) else []
    if not found:
        raise EntryUnknown(entry_id=entry_id)
    return found[0]


def statement(
    session: Session,
    book: str,
    home: str,
    *,
    kinds: Collection[str] | None = None,
    before: str | None = None,
    limit: int = 20,
) -> Page[PostedEntry]:
    """The entries of a home, newest first, at most ``limit`` (1 to 200) of them; ``before`` is a page's ``next``.

    Entries that arrive between two pages neither shift nor repeat any. Raises NameInvalid, PathInvalid, CursorInvalid.
    """
    check_name("book", book)
    check_path(home)
    for kind in kinds or ():
        check_name("kind", kind)
    limit = max(1, min(limit, MOST_ON_A_PAGE))
    query = _ENTRIES.where(_entry.book == book, _entry.home == home)
    if kinds is not None:
        query = query.where(_entry.kind.in_(sorted(kinds)))
    if before is not None:
        at, last = read_cursor(before)
        query = query.where(_entry.recorded_at <= at, or_(_entry.recorded_at < at, _entry.id < last))
    query = query.order_by(_entry.recorded_at.desc(), _entry.id.desc()).limit(limit + 1)
    found = _read(session.connection(), book, query)
    items = tuple(found[:limit])
    more = len(found) > limit
    return Page(items, write_cursor(items[-1].recorded_at, items[-1].id) if more else None)


def entries_on(session: Session, book: str, local_day: date) -> Iterator[PostedEntry]:
    """All entries of a local day, in the order of their ids."""
    connection, last = session.connection(), ""
    query = _ENTRIES.where(_entry.book == book, _entry.local_day == local_day).order_by(_entry.id).limit(_CHUNK)
    while found := _read(connection, book, query.where(_entry.id > last)):
        yield from found
        last = found[-1].id


def days_touched(session: Session, book: str, *, since: datetime, until: datetime) -> set[date]:
    """The local days of entries recorded in [since, until), and of those that they reverse.

    On a store with several writers an entry can become visible some time after it was recorded: let the periods
    asked for overlap by the longest transaction.
    """
    recorded = and_(_entry.book == book, _entry.recorded_at >= since, _entry.recorded_at < until)
    original = entry_table.alias("original")
    link = and_(original.c.book == _entry.book, original.c.id == _entry.reverses)
    days = union(
        select(_entry.local_day).where(recorded),
        select(original.c.local_day).select_from(entry_table.join(original, link)).where(recorded),
    )
    return set(session.connection().execute(days).scalars())


def _read(connection: Connection, book: str, query: Select[Any]) -> list[PostedEntry]:
    rows = connection.execute(query).all()
    lines: dict[str, list[Line]] = {row.id: [] for row in rows}
    ids = list(lines)
    for start in range(0, len(ids), _CHUNK):
        chunk = {"of_book": book, "ids": ids[start : start + _CHUNK]}
        for entry_id, path, unit, amount in connection.execute(_LINES, chunk):
            lines[entry_id].append(Line(path, unit, amount))
    return [_posted(row, lines[row.id]) for row in rows]


def _posted(row: Row[Any], lines: Sequence[Line]) -> PostedEntry:
    fields = row._asdict()
    fields["details"] = read_details(row.details)
    return PostedEntry(**fields, lines=tuple(lines))
