"""Writing: post one entry, post many, reverse one.

Idempotency comes before everything: an entry whose home has used its reference before is the same entry sent again,
or a conflict, whatever else is wrong with it. A single entry that is well-formed is written without looking first;
only when something stands in the way does it take the careful path of a batch, which says what.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ledger.accounts import Account
from ledger.earlier import (
    Earlier,
    Key,
    find_earlier,
    find_original,
    find_reversal,
    has_entry,
)
from ledger.errors import (
    AlreadyReversed,
    EntryInvalid,
    IdConflict,
    LedgerError,
    NotAMirror,
    ReferenceConflict,
    ReversalOfReversal,
)
from ledger.log import Record
from ledger.moves import MovesBlocked, explain_block, move_balances, plan_moves
from ledger.postings import Entry, Leg, has_key
from ledger.savepoint import all_or_nothing
from ledger.seal import Sealed, entry_row, has_content, posting_rows, seal_entry
from ledger.tables import entry_table, posting_table

_INSERT_ENTRY = insert(entry_table).inline().prefix_with("OR FAIL", dialect="sqlite")
_INSERT_POSTING = insert(posting_table).inline().prefix_with("OR FAIL", dialect="sqlite")

_TRIES = 3
"""Where others write at the same time, what stood in the way may be gone when we look for it."""


@dataclass(frozen=True, slots=True)
class Posted:
    """An entry that is in the ledger; ``replayed`` when an earlier request had posted it."""

    entry_id: str
    book: str
    reference: str
    kind: str
    recorded_at: datetime
    leaf_hash: bytes
    replayed: bool


def post(session: Session, entry: Entry, *, now: datetime) -> Posted:
    """The entry in the ledger, or the first answer where its reference was posted before with the same content.

    Raises ReferenceConflict, then any EntryInvalid, then BalanceTooLow and its like; then nothing was written.
    """
    if entry.reverses is None:
        try:
            sealed = seal_entry(entry, now=now)
            _write(session.connection(), [sealed], now)
            return _answer(entry, sealed)
        except (EntryInvalid, IntegrityError):
            pass  # the careful path tells what it is
    return post_many(session, [entry], now=now)[0]


def post_many(session: Session, entries: Sequence[Entry], *, now: datetime) -> list[Posted]:
    """The entries in the ledger, in their order: all of them or, with the first error of ``post``, none.

    The floors hold after each entry of the batch, in its order, not only at its end.
    """
    connection = session.connection()
    for _ in range(_TRIES):
        earlier = find_earlier(connection, (_key(entry) for entry in entries if has_key(entry)))
        fresh = _sort_out(connection, entries, earlier, now)
        try:
            _write(connection, list(fresh.values()), now)
        except IntegrityError as clash:
            if not find_earlier(connection, fresh):
                raise _explain_clash(connection, fresh.values()) or clash from clash
        else:
            return _answers(entries, earlier, fresh)
    raise ReferenceConflict(reference=entries[0].reference)


def reverse(
    session: Session,
    *,
    book: str,
    entry_id: str,
    id: str,  # noqa: A002 - named as in Entry
    reference: str,
    kind: str = "reversal",
    occurred_at: datetime,
    local_day: date,
    details: Mapping[str, object],
    salt: bytes,
    commitment: bytes,
    now: datetime,
) -> Posted:
    """A new entry that mirrors ``entry_id`` on the same accounts, lots included; the old one stays as it is.

    Raises EntryUnknown, ReversalOfReversal, AlreadyReversed, BalanceTooLow where what was given is spent, and what
    ``post`` raises. The same reference again gives the first answer.
    """
    original = find_original(session.connection(), book, entry_id)
    legs = tuple(Leg(Account(path, unit, floor), -amount) for path, unit, floor, amount in original.lines)
    entry = Entry(
        id=id,
        book=book,
        home=original.home,
        reference=reference,
        kind=kind,
        occurred_at=occurred_at,
        local_day=local_day,
        legs=legs,
        details=details,
        salt=salt,
        commitment=commitment,
        reverses=entry_id,
    )
    return post_many(session, [entry], now=now)[0]


def _write(connection: Connection, batch: Sequence[Sealed], now: datetime) -> None:
    if not batch:
        return
    for _ in range(_TRIES):
        moves = plan_moves(sealed.record for sealed in batch)
        try:
            with all_or_nothing(connection):
                connection.execute(_INSERT_ENTRY, [entry_row(sealed) for sealed in batch])
                move_balances(connection, moves, now=now)
                connection.execute(
                    _INSERT_POSTING,
                    [row for sealed in batch for row in posting_rows(sealed.record)],
                )
        except MovesBlocked as blocked:
            error = explain_block(connection, moves)
            if error is not None:
                raise error from blocked
        else:
            return
    raise LedgerError


def _sort_out(
    connection: Connection,
    entries: Iterable[Entry],
    earlier: Mapping[Key, Earlier],
    now: datetime,
) -> dict[Key, Sealed]:
    fresh: dict[Key, Sealed] = {}
    ids: set[tuple[str, str]] = set()
    reversed_here: dict[tuple[str, str], str] = {}
    for entry in entries:
        known = _first(_key(entry), earlier, fresh)
        if known is not None:
            if not has_content(entry, known.content_hash):
                raise ReferenceConflict(reference=entry.reference)
            continue
        sealed = seal_entry(entry, now=now)
        if (entry.book, entry.id) in ids:
            raise IdConflict(entry_id=entry.id)
        ids.add((entry.book, entry.id))
        if entry.reverses is not None:
            _check_reversal(connection, sealed.record, entry.reverses)
            other = reversed_here.setdefault((entry.book, entry.reverses), entry.id)
            if other != entry.id:
                raise AlreadyReversed(entry_id=entry.reverses, reversed_by=other)
        fresh[_key(entry)] = sealed
    return fresh


def _check_reversal(connection: Connection, record: Record, entry_id: str) -> None:
    original = find_original(connection, record.book, entry_id)
    if original.reverses is not None:
        raise ReversalOfReversal(entry_id=entry_id)
    mirror = tuple((path, unit, floor, -amount) for path, unit, floor, amount in original.lines)
    if record.home != original.home or record.lines != mirror:
        raise NotAMirror(entry_id=entry_id)
    by = find_reversal(connection, record.book, entry_id)
    if by is not None:
        raise AlreadyReversed(entry_id=entry_id, reversed_by=by)


def _explain_clash(connection: Connection, batch: Iterable[Sealed]) -> LedgerError | None:
    for sealed in batch:
        record = sealed.record
        if has_entry(connection, record.book, record.id):
            return IdConflict(entry_id=record.id)
        by = record.reverses and find_reversal(connection, record.book, record.reverses)
        if by:
            return AlreadyReversed(entry_id=record.reverses, reversed_by=by)
    return None


def _key(entry: Entry) -> Key:
    return entry.book, entry.home, entry.reference


def _first(key: Key, earlier: Mapping[Key, Earlier], fresh: Mapping[Key, Sealed]) -> Earlier | Sealed | None:
    try:
        return earlier.get(key) or fresh.get(key)
    except TypeError:
        return None  # no key at all: what is wrong with it is told by the check


def _answers(
    entries: Sequence[Entry],
    earlier: Mapping[Key, Earlier],
    fresh: Mapping[Key, Sealed],
) -> list[Posted]:
    answers: list[Posted] = []
    told: set[Key] = set()
    for entry in entries:
        key = _key(entry)
        answers.append(_repeat(entry, earlier[key]) if key in earlier else _answer(entry, fresh[key], key in told))
        told.add(key)
    return answers


def _answer(entry: Entry, sealed: Sealed, replayed: bool = False) -> Posted:
    record = sealed.record
    return Posted(
        record.id,
        entry.book,
        entry.reference,
        record.kind,
        record.recorded_at,
        sealed.leaf_hash,
        replayed,
    )


def _repeat(entry: Entry, first: Earlier) -> Posted:
    return Posted(
        first.id,
        entry.book,
        entry.reference,
        first.kind,
        first.recorded_at,
        first.leaf_hash,
        True,
    )
