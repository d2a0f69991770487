"""Entries and their legs, and what makes one well-formed: everything that can be told without the database."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ledger.accounts import Account, check_path, shorten
from ledger.amounts import LARGEST_AMOUNT, UNITS
from ledger.details import check_details
from ledger.errors import (
    ActInvalid,
    AmountInvalid,
    AmountOutOfRange,
    CommitmentInvalid,
    DuplicateLeg,
    EmptyEntry,
    EntryInvalid,
    LegInvalid,
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
    "hold": re.compile(r"[A-Za-z0-9_]{1,60}"),
}

MOST_CLOSED = 20
"""Accounts that one entry closes."""


class Act(StrEnum):
    """What an entry does beside moving amounts."""

    HOLD = "hold"
    CAPTURE = "capture"
    RELEASE = "release"
    SWEEP = "sweep"


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

    A hold has a ``deadline``; ``hold`` is the id of the one that a capture or release acts upon. ``closes`` are paths
    of accounts that take nothing more; they must be empty after this entry. An entry that only closes has no legs.
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
    act: Act | None = None
    hold: str | None = None
    deadline: datetime | None = None
    closes: tuple[str, ...] = ()


def has_key(entry: object) -> bool:
    """Whether book, home and reference are well-formed, so that an earlier entry may have them."""
    if not isinstance(entry, Entry):
        return False
    try:
        check_name("book", entry.book)
        check_name("reference", entry.reference)
        check_path(entry.home)
    except EntryInvalid:
        return False
    return True


def check_entry(entry: Entry) -> None:
    """Raises the EntryInvalid that fits, unless the entry is well-formed."""
    if not isinstance(entry, Entry):
        raise EntryInvalid
    check_name("book", entry.book)
    check_name("id", entry.id)
    check_name("reference", entry.reference)
    check_name("kind", entry.kind)
    if entry.reverses is not None:
        check_name("reverses", entry.reverses)
    _check_act(entry)
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
    _check_closes(entry.closes)
    if type(entry.legs) is not tuple:
        raise LegInvalid
    if entry.legs or not entry.closes:
        _check_legs(entry.legs)


def _check_act(entry: Entry) -> None:
    act = entry.act
    if act is None and entry.hold is None and entry.deadline is None:
        return
    if act is not None and not isinstance(act, Act):
        raise ActInvalid(why="act")
    if act is not None and entry.reverses is not None:
        raise ActInvalid(why="reverses")
    if (act is Act.HOLD) != (entry.deadline is not None):
        raise ActInvalid(why="deadline")
    if entry.deadline is not None and not is_instant(entry.deadline):
        raise TimeInvalid(field="deadline")
    if (act in (Act.CAPTURE, Act.RELEASE)) != (entry.hold is not None):
        raise ActInvalid(why="hold")
    if entry.hold is not None:
        check_name("hold", entry.hold)


def _check_closes(paths: tuple[str, ...]) -> None:
    if type(paths) is not tuple or len(paths) > MOST_CLOSED:
        raise ActInvalid(why="closes")
    for path in paths:
        check_path(path)
    if len(set(paths)) < len(paths):
        raise ActInvalid(why="closes")


def _check_legs(legs: tuple[Leg, ...]) -> None:
    if not legs:
        raise EmptyEntry
    if len(legs) > MOST_LEGS:
        raise TooManyLegs(found=len(legs), most=MOST_LEGS)
    sums: dict[str, int] = {}
    seen: set[str] = set()
    for leg in legs:
        _check_leg(leg)
        path, unit = leg.account.path, leg.account.unit
        if path in seen:
            raise DuplicateLeg(path=path)
        seen.add(path)
        sums[unit] = sums.get(unit, 0) + leg.amount
    for unit, total in sums.items():
        if total:
            raise Unbalanced(unit=unit, sum=total)


def _check_leg(leg: Leg) -> None:
    if not isinstance(leg, Leg) or not isinstance(leg.account, Account):
        raise LegInvalid
    account, amount = leg.account, leg.amount
    check_path(account.path)
    if type(account.unit) is not str or account.unit not in UNITS:
        raise UnitUnknown(unit=shorten(account.unit))
    if type(amount) is not int or not amount:
        raise AmountInvalid(path=account.path)
    if not -LARGEST_AMOUNT <= amount <= LARGEST_AMOUNT:
        raise AmountOutOfRange(path=account.path, most=LARGEST_AMOUNT)
    # An account opens at zero, so zero lies within its bounds.
    if account.floor is not None:
        _check_bound(account.path, account.floor, -LARGEST_AMOUNT, 0)
    if account.ceiling is not None:
        _check_bound(account.path, account.ceiling, 0, LARGEST_AMOUNT)
    if account.expires_at is not None and not is_instant(account.expires_at):
        raise TimeInvalid(field="expires_at")


def _check_bound(path: str, bound: int, least: int, most: int) -> None:
    if type(bound) is not int:
        raise AmountInvalid(path=path)
    if not least <= bound <= most:
        raise AmountOutOfRange(path=path, most=LARGEST_AMOUNT)


def is_name(field: str, name: object) -> bool:
    """Whether ``name`` can be a book, an id, a reference, a kind, as the field says."""
    return type(name) is str and _NAMES[field].fullmatch(name) is not None


def name_for_log(name: object) -> object:
    """A name as it is; of what is none, what can safely be shown."""
    return name if is_name("id", name) else shorten(name)


def check_name(field: str, name: object) -> None:
    """Raises NameInvalid, unless ``name`` can be what the field says."""
    if not is_name(field, name):
        raise NameInvalid(field=field)


def _is_32_bytes(value: object) -> bool:
    return type(value) is bytes and len(value) == 32
