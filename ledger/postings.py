"""Entries and their legs, and what makes one well-formed: everything that can be told without the database."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from ledger.accounts import Account, check_path
from ledger.amounts import LARGEST_AMOUNT, UNITS
from ledger.details import check_details
from ledger.errors import (
    AmountInvalid,
    AmountOutOfRange,
    CommitmentInvalid,
    DuplicateLeg,
    EmptyEntry,
    EntryInvalid,
    NameInvalid,
    SaltInvalid,
    TimeInvalid,
    TooManyLegs,
    Unbalanced,
    UnitUnknown,
)
from ledger.times import is_instant

MOST_LEGS = 100
"""Legs of one entry."""

_NAMES = {
    "book": re.compile(r"[A-Za-z0-9_.-]{1,60}"),
    "id": re.compile(r"[A-Za-z0-9_]{1,60}"),
    "reference": re.compile(r"[!-~]{1,200}"),
    "kind": re.compile(r"[a-z0-9_]{1,40}"),
    "reverses": re.compile(r"[A-Za-z0-9_]{1,60}"),
}


@dataclass(frozen=True, slots=True)
class Leg:
    """A signed amount on one account, never zero."""

    account: Account
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is to be posted: legs that sum to zero in each unit.

    ``home`` is the path of the party it belongs to, and ``reference`` names it once for that home. ``details`` must
    not identify anybody. ``salt`` (32 random bytes) is kept in the ledger; ``commitment`` (32 bytes) is the caller's,
    to what does identify, under a salt kept elsewhere.
    """

    id: str
    book: str
    home: str
    reference: str
    kind: str
    occurred_at: datetime
    local_day: date
    legs: tuple[Leg, ...]
    details: Mapping[str, object]
    salt: bytes
    commitment: bytes
    reverses: str | None = None


def has_key(entry: Entry) -> bool:
    """Whether book, home and reference are well-formed, so that an earlier entry may have them."""
    try:
        _check_name("book", entry.book)
        _check_name("reference", entry.reference)
        check_path(entry.home)
    except EntryInvalid:
        return False
    return True


def check_entry(entry: Entry) -> None:
    """Raises the EntryInvalid that fits, unless the entry is well-formed."""
    _check_name("book", entry.book)
    _check_name("id", entry.id)
    _check_name("reference", entry.reference)
    _check_name("kind", entry.kind)
    if entry.reverses is not None:
        _check_name("reverses", entry.reverses)
    check_path(entry.home)
    if not is_instant(entry.occurred_at):
        raise TimeInvalid(field="occurred_at")
    if type(entry.local_day) is not date:
        raise TimeInvalid(field="local_day")
    if not _is_32_bytes(entry.salt):
        raise SaltInvalid
    if not _is_32_bytes(entry.commitment):
        raise CommitmentInvalid
    check_details(entry.details)
    _check_legs(entry.legs)


def _check_legs(legs: tuple[Leg, ...]) -> None:
    if not legs:
        raise EmptyEntry
    if len(legs) > MOST_LEGS:
        raise TooManyLegs(found=len(legs), most=MOST_LEGS)
    sums: dict[str, int] = {}
    seen: set[str] = set()
    for leg in legs:
        _check_leg(leg)
        if leg.account.path in seen:
            raise DuplicateLeg(path=leg.account.path)
        seen.add(leg.account.path)
        sums[leg.account.unit] = sums.get(leg.account.unit, 0) + leg.amount
    for unit, total in sums.items():
        if total:
            raise Unbalanced(unit=unit, sum=total)


def _check_leg(leg: Leg) -> None:
    account, amount = leg.account, leg.amount
    check_path(account.path)
    if account.unit not in UNITS:
        raise UnitUnknown(unit=repr(account.unit)[:60])
    if type(amount) is not int or not amount:
        raise AmountInvalid(path=account.path)
    if not -LARGEST_AMOUNT <= amount <= LARGEST_AMOUNT:
        raise AmountOutOfRange(path=account.path, most=LARGEST_AMOUNT)
    floor = account.floor
    if floor is None:
        return
    if type(floor) is not int:
        raise AmountInvalid(path=account.path)
    if not -LARGEST_AMOUNT <= floor <= 0:  # an account opens at zero
        raise AmountOutOfRange(path=account.path, most=LARGEST_AMOUNT)


def _check_name(field: str, name: object) -> None:
    if not isinstance(name, str) or _NAMES[field].fullmatch(name) is None:
        raise NameInvalid(field=field)


def _is_32_bytes(value: object) -> bool:
    return isinstance(value, bytes) and len(value) == 32
