"""Records read back from their rows, as they were sealed: what the log, its receipts and its audit recompute."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ledger.log import Line, Record
from ledger.stores import Store
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
    """A record and the leaf hash that stands beside it."""

    record: Record
    leaf_hash: bytes


def pending_records(store: Store, book: str, limit: int) -> list[Stored]:
    """The first ``limit`` entries that wait for their place in the log, in the order of their ids."""
    return _read(store, book, _PENDING, book, limit)


def sequenced_records(store: Store, book: str, start: int, end: int) -> Iterator[Stored]:
    """The entries of the leaves [start, end) in their order, some at a time; those that are not there are left out."""
    chunk = 1000
    for first in range(start, end, chunk):
        yield from _read(store, book, _SEQUENCED, book, first, min(first + chunk, end))


def find_record(store: Store, book: str, entry_id: str) -> Stored | None:
    """The entry of this id."""
    found = _read(store, book, _ONE, book, entry_id)
    return found[0] if found else None


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
        closes=tuple(json.loads(closes)) if closes else (),
    )
    return Stored(record, leaf_hash)


def _text(value: Any) -> str | None:
    """A time or a day as its canonical text; SQLite has it as that."""
    if isinstance(value, datetime):
        return write_instant(value)
    if isinstance(value, date):
        return value.isoformat()
    return value  # type: ignore[no-any-return]
