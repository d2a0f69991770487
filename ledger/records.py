"""Records read back from their rows, as they were sealed: what the log, its receipts and its audit recompute.

Whoever owns the database can write into a row what its column cannot mean. That is damage like any other, so it gets
its name, RowUnreadable; everything here raises it.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from itertools import islice
from typing import Any

from sqlalchemy import Connection

from ledger.log import Line, Record, make_leaf
from ledger.rows.sources import ENTRIES, LEAVES, LEGS, PENDING
from ledger.rows.stream import Unreadable, naming
from ledger.stores import Store
from ledger.tables import entry_table, leaf_table, posting_table
from ledger.times import write_instant

_ENTRY = (
    "e.id, e.book, e.home, e.reference, e.kind, e.occurred_at, e.recorded_at, e.local_day, e.details, e.salt, "
    "e.commitment, e.reverses, e.act, e.hold, e.deadline, e.closes, e.leaf_hash"
)
_PENDING = "SELECT entry_id, entry_id AS place FROM ledger_pending WHERE book = ? ORDER BY entry_id LIMIT ?"
_SEQUENCED = (
    "SELECT entry_id, leaf_index AS place FROM ledger_leaf WHERE book = ? AND leaf_index >= ? AND leaf_index < ?"
)
_ONE = "SELECT id AS entry_id, id AS place FROM ledger_entry WHERE book = ? AND id = ?"


@dataclass(frozen=True, slots=True)
class Stored:
    """A record, its leaf made again, and the leaf hash that stands beside it."""

    record: Record
    leaf: bytes
    leaf_hash: bytes


def pending_records(store: Store, book: str, limit: int) -> list[Stored]:
    """The first ``limit`` entries that wait for their place in the log, in the order of their ids."""
    waiting = (row.entry_id for row in PENDING.stream(store.connection, book))
    with naming(partial(_look_closer, store.connection, book, islice(waiting, limit))):
        return _read(store, book, _PENDING, book, limit)


def sequenced_records(store: Store, book: str, start: int, end: int) -> Iterator[Stored]:
    """The entries of the leaves [start, end) in their order, some at a time; those that are not there are left out."""
    chunk = 1000
    for first in range(start, end, chunk):
        last = min(first + chunk, end)
        place = leaf_table.c.leaf_index
        leaves = LEAVES.stream(store.connection, book, place >= first, place < last)
        with naming(partial(_look_closer, store.connection, book, (row.entry_id for row in leaves))):
            found = _read(store, book, _SEQUENCED, book, first, last)
        yield from found


def find_record(store: Store, book: str, entry_id: str) -> Stored | None:
    """The entry of this id."""
    with naming(partial(_look_closer, store.connection, book, [entry_id])):
        found = _read(store, book, _ONE, book, entry_id)
    return found[0] if found else None


def read_closes(text: str) -> tuple[str, ...]:
    """The paths of a stored ``closes``; raises ValueError, TypeError or RecursionError for anything else."""
    paths = json.loads(text)
    if not isinstance(paths, list) or not all(isinstance(path, str) for path in paths):
        raise ValueError("no list of paths")
    for path in paths:
        path.encode()  # half of a surrogate pair is JSON, and no text
    return tuple(paths)


def _read(store: Store, book: str, source: str, *parameters: object) -> list[Stored]:
    entries = store.fetch(
        f"SELECT {_ENTRY} FROM ({source}) q JOIN ledger_entry e ON e.book = ? AND e.id = q.entry_id "  # noqa: S608 - ours
        "ORDER BY q.place",
        *parameters,
        book,
    )
    lines: dict[str, list[Line]] = {}
    for entry_id, path, unit, floor, ceiling, expires_at, amount in store.fetch(
        "SELECT p.entry_id, p.path, p.unit, a.floor, a.ceiling, a.expires_at, p.amount "  # noqa: S608 - ours
        f"FROM ({source}) q JOIN ledger_posting p ON p.book = ? AND p.entry_id = q.entry_id "
        "LEFT JOIN ledger_account a ON a.book = p.book AND a.path = p.path AND a.stripe = 0 "
        "ORDER BY p.entry_id, p.leg",
        *parameters,
        book,
    ):
        lines.setdefault(entry_id, []).append((path, unit, floor, ceiling, _text(expires_at), amount))
    return [_stored(row, tuple(lines.get(row[0], ()))) for row in entries]


def _stored(row: Any, lines: tuple[Line, ...]) -> Stored:
    (entry_id, book, home, reference, kind, occurred_at, recorded_at, local_day, details, salt, commitment, reverses,
     act, hold, deadline, closes, leaf_hash) = row  # fmt: skip
    record = Record(
        id=entry_id,
        book=book,
        home=home,
        reference=reference,
        kind=kind,
        occurred_at=_text(occurred_at) or "",
        recorded_at=_text(recorded_at) or "",
        local_day=_text(local_day) or "",
        lines=lines,
        details=details,
        salt=salt,
        commitment=commitment,
        reverses=reverses,
        act=act,
        hold=hold,
        deadline=_text(deadline),
        closes=() if closes is None else read_closes(closes),
    )
    return Stored(record, make_leaf(record), leaf_hash)


def _look_closer(connection: Connection, book: str, entry_ids: Iterable[str]) -> None:
    """Raises Unreadable where something in the rows of these entries is not to be read."""
    for entry_id in entry_ids:
        for row in ENTRIES.stream(connection, book, entry_table.c.id == entry_id):
            try:
                read_closes("[]" if row.closes is None else row.closes)
            except (ValueError, TypeError, RecursionError):
                raise Unreadable("ledger_entry", (book, entry_id), "closes", "paths as JSON", row.closes) from None
        for _ in LEGS.stream(connection, book, posting_table.c.entry_id == entry_id):
            pass  # each is looked at on its way


def _text(value: Any) -> str | None:
    """A time or a day as its canonical text; SQLite has it as that."""
    if isinstance(value, datetime):
        return write_instant(value)
    if isinstance(value, date):
        return value.isoformat()
    return value  # type: ignore[no-any-return]
