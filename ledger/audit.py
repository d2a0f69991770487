"""Audit: everything recomputed from the entries alone, and the first difference named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from ledger.earlier import find_original
from ledger.errors import EntryUnknown
from ledger.log import Line, Record, content_hash, hash_leaf, make_leaf
from ledger.rows import Unreadable, read_entries
from ledger.tables import account_table


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the ledger is not what its entries say: the table, the key of the row, the column, and both values."""

    table: str
    key: tuple[str | int, ...]
    column: str
    expected: object
    found: object


@dataclass(slots=True)
class _Tally:
    unit: str
    floor: int | None
    balance: int
    opened_at: datetime
    sum: int = 0
    opened: bool = False


def check_book(session: Session, book: str) -> Difference | None:
    """None where the book is sound, else the first difference: entries in the order of ids, then accounts.

    Recomputed are the legs of each entry (numbered without a gap, zero in each unit, in the unit of their account),
    its content hash and leaf hash, the mirror of each reversal, and the balance and opening of each account. Memory
    grows with the accounts, not with the entries.

    The caller's transaction has to see one snapshot (on PostgreSQL: REPEATABLE READ) while others post; else what they
    post meanwhile is taken for a difference.
    """
    connection = session.connection()
    tallies = {row.path: _Tally(row.unit, row.floor, row.balance, row.opened_at) for row in _accounts(connection, book)}
    try:
        for row, postings in read_entries(connection, book):
            difference = _check_entry(connection, book, row, postings, tallies)
            if difference is not None:
                return difference
    except Unreadable as unreadable:
        return Difference(unreadable.table, unreadable.key, "row", "readable", str(unreadable))
    return _check_accounts(book, tallies)


def _accounts(connection: Connection, book: str) -> Sequence[Any]:
    account = account_table.c
    query = select(account.path, account.unit, account.floor, account.balance, account.opened_at)
    return connection.execute(query.where(account.book == book).order_by(account.path)).all()


def _check_entry(
    connection: Connection,
    book: str,
    row: Any,
    postings: Sequence[Any],
    tallies: dict[str, _Tally],
) -> Difference | None:
    if row is None:
        return Difference(
            "ledger_entry",
            (book, postings[0].entry_id),
            "id",
            postings[0].entry_id,
            None,
        )
    difference = _check_postings(book, row, postings, tallies)
    if difference is not None:
        return difference
    for column in ("content_hash", "salt", "commitment", "leaf_hash"):
        if not isinstance(getattr(row, column), bytes):
            return Difference("ledger_entry", (book, row.id), column, "bytes", getattr(row, column))
    lines = tuple((line.path, line.unit, tallies[line.path].floor, line.amount) for line in postings)
    record = _record(row, lines)
    for column, expected in (
        ("content_hash", content_hash(record)),
        ("leaf_hash", hash_leaf(make_leaf(record))),
    ):
        found = getattr(row, column)
        if expected != found:
            return Difference("ledger_entry", (book, row.id), column, expected.hex(), found.hex())
    return None if row.reverses is None else _check_mirror(connection, book, record)


def _check_postings(book: str, row: Any, postings: Sequence[Any], tallies: dict[str, _Tally]) -> Difference | None:
    sums: dict[str, int] = {}
    for leg, line in enumerate(postings):
        difference = _check_line(book, leg, line, tallies.get(line.path))
        if difference is not None:
            return difference
        tally = tallies[line.path]
        tally.sum += line.amount
        tally.opened = tally.opened or tally.opened_at == row.recorded_at
        sums[line.unit] = sums.get(line.unit, 0) + line.amount
    if not postings:
        return Difference("ledger_posting", (book, row.id, 0), "leg", 0, None)
    for unit, total in sums.items():
        if total:
            return Difference("ledger_entry", (book, row.id), f"sum of {unit}", 0, total)
    return None


def _check_line(book: str, leg: int, line: Any, tally: _Tally | None) -> Difference | None:
    key = (book, line.entry_id, line.leg)
    if line.leg != leg:
        return Difference("ledger_posting", key, "leg", leg, line.leg)
    if tally is None:
        return Difference("ledger_account", (book, line.path), "path", line.path, None)
    if tally.unit != line.unit:
        return Difference("ledger_posting", key, "unit", tally.unit, line.unit)
    if type(line.amount) is not int:
        return Difference("ledger_posting", key, "amount", "an integer", line.amount)
    return None


def _check_mirror(connection: Connection, book: str, record: Record) -> Difference | None:
    key = (book, record.id)
    try:
        original = find_original(connection, book, record.reverses or "")
    except EntryUnknown:
        return Difference("ledger_entry", (book, record.reverses or ""), "id", record.reverses, None)
    mirror = tuple((path, unit, floor, -amount) for path, unit, floor, amount in original.lines)
    if record.lines != mirror or record.home != original.home:
        return Difference(
            "ledger_entry",
            key,
            "lines",
            (original.home, mirror),
            (record.home, record.lines),
        )
    if original.reverses is not None:
        return Difference(
            "ledger_entry",
            key,
            "reverses",
            "an entry that reverses none",
            record.reverses,
        )
    return None


def _check_accounts(book: str, tallies: dict[str, _Tally]) -> Difference | None:
    for path, tally in tallies.items():
        if tally.balance != tally.sum:
            return Difference("ledger_account", (book, path), "balance", tally.sum, tally.balance)
        if not tally.opened:
            found = tally.opened_at.isoformat()
            return Difference(
                "ledger_account",
                (book, path),
                "opened_at",
                "the time of one of its entries",
                found,
            )
        if tally.floor is not None and tally.balance < tally.floor:
            return Difference(
                "ledger_account",
                (book, path),
                "balance",
                f"at least {tally.floor}",
                tally.balance,
            )
    return None


def _record(row: Any, lines: tuple[Line, ...]) -> Record:
    return Record(
        id=row.id,
        book=row.book,
        home=row.home,
        reference=row.reference,
        kind=row.kind,
        occurred_at=row.occurred_at,
        recorded_at=row.recorded_at,
        local_day=row.local_day,
        lines=lines,
        details=row.details,
        salt=row.salt,
        commitment=row.commitment,
        reverses=row.reverses,
    )
