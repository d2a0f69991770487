"""What the ledger already holds: entries by reference, by id, and by what they reverse."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, select

from ledger.errors import EntryUnknown
from ledger.ids import is_id
from ledger.log import Line
from ledger.tables import account_table, entry_table, posting_table

Key = tuple[str, str, str]
"""Book, home, reference: unique together."""

_CHUNK = 500
"""References looked up at once; SQLite takes 32,766 parameters, and long statements are slow to parse."""

_entry, _posting, _account = entry_table.c, posting_table.c, account_table.c

_BY_REFERENCE = select(
    _entry.home,
    _entry.reference,
    _entry.id,
    _entry.kind,
    _entry.recorded_at,
    _entry.content_hash,
    _entry.leaf_hash,
).where(
    _entry.book == bindparam("of_book"),
    _entry.reference.in_(bindparam("references", expanding=True)),
)
_BY_ID = select(_entry.home, _entry.reverses).where(
    _entry.book == bindparam("of_book"), _entry.id == bindparam("entry_id")
)
_REVERSAL = select(_entry.id).where(_entry.book == bindparam("of_book"), _entry.reverses == bindparam("entry_id"))
_LINES = (
    select(_posting.path, _posting.unit, _account.floor, _posting.amount)
    .join(
        account_table,
        and_(_account.book == _posting.book, _account.path == _posting.path),
    )
    .where(
        _posting.book == bindparam("of_book"),
        _posting.entry_id == bindparam("entry_id"),
    )
    .order_by(_posting.leg)
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """The first answer to a reference, and the hash of what was asked."""

    id: str
    kind: str
    recorded_at: datetime
    content_hash: bytes
    leaf_hash: bytes


@dataclass(frozen=True, slots=True)
class Original:
    """As much of an entry as its reversal needs."""

    home: str
    reverses: str | None
    lines: tuple[Line, ...]


def find_earlier(connection: Connection, keys: Iterable[Key]) -> dict[Key, Earlier]:
    """Those of the keys that the ledger holds."""
    wanted = set(keys)
    references: dict[str, set[str]] = {}
    for book, _, reference in wanted:
        references.setdefault(book, set()).add(reference)
    found: dict[Key, Earlier] = {}
    for book, of_book in references.items():
        ordered = sorted(of_book)
        for start in range(0, len(ordered), _CHUNK):
            chunk = {"of_book": book, "references": ordered[start : start + _CHUNK]}
            for home, reference, *rest in connection.execute(_BY_REFERENCE, chunk):
                if (book, home, reference) in wanted:
                    found[book, home, reference] = Earlier(*rest)
    return found


def find_original(connection: Connection, book: str, entry_id: str) -> Original:
    """The entry that is to be reversed; raises EntryUnknown."""
    at = {"of_book": book, "entry_id": entry_id}
    row = connection.execute(_BY_ID, at).one_or_none() if is_id(entry_id) else None
    if row is None:
        raise EntryUnknown(entry_id=entry_id)
    lines = tuple((path, unit, floor, amount) for path, unit, floor, amount in connection.execute(_LINES, at))
    return Original(home=row.home, reverses=row.reverses, lines=lines)


def find_reversal(connection: Connection, book: str, entry_id: str) -> str | None:
    """The id of the entry that reverses this one."""
    found: str | None = connection.execute(_REVERSAL, {"of_book": book, "entry_id": entry_id}).scalar()
    return found


def has_entry(connection: Connection, book: str, entry_id: str) -> bool:
    """Whether the book has an entry of this id."""
    return connection.execute(_BY_ID, {"of_book": book, "entry_id": entry_id}).first() is not None
