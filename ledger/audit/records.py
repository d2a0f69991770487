"""An entry by itself: built again from its rows, written again, and held against what is there."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from ledger.accounts import Account, stripe_of
from ledger.audit.book import Filed
from ledger.audit.difference import Difference, Differences, of_entry, of_fixed, of_posting
from ledger.details import read_details
from ledger.errors import (
    ActInvalid,
    CommitmentInvalid,
    DetailsInvalid,
    EntryInvalid,
    LedgerError,
    PathInvalid,
    SaltInvalid,
)
from ledger.postings import MOST_LEGS, Act, Entry, Leg, check_entry
from ledger.records import read_closes
from ledger.rows.stream import Unreadable
from ledger.seal import has_content, seal_entry
from ledger.stores.store import ENTRY_COLUMNS, entry_row
from ledger.times import read_instant

T = TypeVar("T")

_COLUMNS: dict[type[LedgerError], str] = {
    ActInvalid: "act",
    CommitmentInvalid: "commitment",
    DetailsInvalid: "details",
    PathInvalid: "home",
    SaltInvalid: "salt",
}
"""What is to blame for an entry that is not well-formed; other errors say it themselves, or it is the legs."""


def check_record(filed: Filed) -> Differences:
    """Its legs are numbered and sum to zero, it is well-formed, both hashes come out again, and its postings are of its time."""
    yield from _check_legs(filed)
    row, entry = filed.row, build(filed)
    yield from _check_units(filed, entry)
    try:
        check_entry(entry)
    except EntryInvalid as error:
        column = _COLUMNS.get(type(error)) or str(error.params.get("field", "legs"))
        yield of_entry(row, column, "what an entry may have", error.code)
    written = entry_row(seal_entry(entry, now=read_instant(row.recorded_at)))
    for column, expected, found in zip(ENTRY_COLUMNS, written, row, strict=True):
        if expected != found:
            yield of_entry(row, column, expected, found)
    for leg, built in zip(filed.legs, entry.legs, strict=True):
        stripe = stripe_of(built.account, row.home)
        if leg.stripe != stripe:
            yield of_posting(leg, "stripe", stripe, leg.stripe)
        if leg.recorded_at != row.recorded_at:
            yield of_posting(leg, "recorded_at", row.recorded_at, leg.recorded_at)


def build(filed: Filed) -> Entry:
    """The entry that was posted; raises Unreadable for what cannot have been."""
    row = filed.row
    return Entry(
        id=row.id,
        book=row.book,
        home=row.home,
        reference=row.reference,
        kind=row.kind,
        occurred_at=read_instant(row.occurred_at),
        local_day=date.fromisoformat(row.local_day),
        legs=tuple(Leg(_account(leg), leg.amount) for leg in filed.legs),
        details=_read(row, "details", "a map as JSON", read_details) or {},
        salt=row.salt,
        commitment=row.commitment,
        reverses=row.reverses,
        act=_read(row, "act", "an act", Act),
        hold=row.hold,
        deadline=_read(row, "deadline", "a time", read_instant),
        closes=_read(row, "closes", "paths as JSON", read_closes) or (),
    )


def _check_legs(filed: Filed) -> Differences:
    for number, leg in enumerate(filed.legs):
        if number == MOST_LEGS or leg.leg < number:
            yield of_posting(leg, "leg", None, leg.leg)
        if leg.leg > number:
            yield Difference("ledger_posting", (leg.book, leg.entry_id, number), "leg", number, None)
        if leg.account_unit is None:
            yield of_fixed(leg, "path", leg.path, None)
        if not leg.amount:
            yield of_posting(leg, "amount", "not zero", leg.amount)


def _check_units(filed: Filed, entry: Entry) -> Differences:
    sums: dict[str, int] = {}
    for leg in filed.legs:
        sums[leg.unit] = sums.get(leg.unit, 0) + leg.amount
        if leg.unit == leg.account_unit:
            continue
        # The hash tells which of the two it was that changed.
        if has_content(entry, filed.row.content_hash):
            yield of_fixed(leg, "unit", leg.unit, leg.account_unit)
        yield of_posting(leg, "unit", leg.account_unit, leg.unit)
    for unit, total in sums.items():
        if total:
            yield of_entry(filed.row, f"sum of {unit}", 0, total)


def _account(leg: Any) -> Account:
    expires_at = None if leg.account_expires_at is None else read_instant(leg.account_expires_at)
    return Account(leg.path, leg.unit, leg.account_floor, leg.account_ceiling, expires_at)


def _read(row: Any, column: str, expected: str, read: Callable[[str], T]) -> T | None:
    text = getattr(row, column)
    if text is None:
        return None
    try:
        return read(text)
    except (ValueError, TypeError, RecursionError):
        raise Unreadable("ledger_entry", (row.book, row.id), column, expected, text) from None
