"""What a batch writes, worked out in a loop over plain dictionaries; the accounts it looks at are locked by then."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zlib import crc32

from benchmarks.ledger.by_hand.hashes import instant, seal
from ledger import Account, BalanceTooHigh, BalanceTooLow, Entry, ReferenceConflict, Unbalanced

Key = tuple[str, str, int]
TICK = timedelta(microseconds=1)

OPENING = "book, path, stripe, unit, floor, ceiling, expires_at, opened_at, balance, moved_at"
POSTING = "book, entry_id, leg, path, stripe, unit, amount, recorded_at, balance"
_CONTENT, _LEAF, _RECORDED = 9, 12, 6
"""Where an entry's row has them."""


@dataclass
class Plan:
    """Balances and times of accounts as they were found and then as they are to be, and the rows to insert."""

    accounts: dict[Key, tuple[int, datetime]]
    openings: dict[Key, tuple[Any, ...]] = field(default_factory=dict)
    moved: set[Key] = field(default_factory=set)
    rows: list[tuple[Any, ...]] = field(default_factory=list)
    postings: list[tuple[Any, ...]] = field(default_factory=list)
    hashes: list[bytes] = field(default_factory=list)


def keys_of(entries: Iterable[Entry]) -> list[Key]:
    """The rows of accounts that are touched, and those that hold what is fixed of accounts without bounds."""
    keys = set()
    for entry in entries:
        for leg in entry.legs:
            stripe = stripe_of(leg.account, entry.home)
            keys.add((entry.book, leg.account.path, stripe))
            if stripe:
                keys.add((entry.book, leg.account.path, 0))
    return sorted(keys)


def stripe_of(account: Account, home: str) -> int:
    return crc32(home.encode()) % 16 if account.floor is None and account.ceiling is None else 0


def make_plan(
    entries: Sequence[Entry],
    accounts: dict[Key, tuple[int, datetime]],
    earlier: dict[tuple[str, str, str], tuple[bytes, bytes]],
    now: datetime,
) -> Plan:
    plan = Plan(accounts)
    for entry in entries:
        first = earlier.get((entry.book, entry.home, entry.reference))
        if first is None:
            _check_sums(entry)
            row = _add(plan, entry, now)
            earlier[entry.book, entry.home, entry.reference] = row[_CONTENT], row[_LEAF]
            plan.hashes.append(row[_LEAF])
        elif first[0] == seal(entry, now)[_CONTENT]:
            plan.hashes.append(first[1])
        else:
            raise ReferenceConflict(reference=entry.reference)
    return plan


def _check_sums(entry: Entry) -> None:
    sums: dict[str, int] = {}
    for leg in entry.legs:
        sums[leg.account.unit] = sums.get(leg.account.unit, 0) + leg.amount
    for unit, total in sums.items():
        if total:
            raise Unbalanced(unit=unit, sum=total)


def _add(plan: Plan, entry: Entry, now: datetime) -> tuple[Any, ...]:
    book, at = entry.book, now
    keys = [(book, leg.account.path, stripe_of(leg.account, entry.home)) for leg in entry.legs]
    for key in keys:
        if key in plan.accounts and plan.accounts[key][1] >= at:
            at = plan.accounts[key][1] + TICK
    row = seal(entry, at)
    recorded = row[_RECORDED]
    for number, (key, leg) in enumerate(zip(keys, entry.legs, strict=True)):
        account = leg.account
        if key in plan.accounts:
            balance = plan.accounts[key][0] + leg.amount
            plan.moved.add(key)
        else:
            balance = leg.amount
            _open(plan, key, account, recorded, at)
        if leg.amount < 0 and account.floor is not None and balance < account.floor:
            raise BalanceTooLow(book=book, path=account.path, short_by=account.floor - balance)
        if leg.amount > 0 and account.ceiling is not None and balance > account.ceiling:
            raise BalanceTooHigh(book=book, path=account.path, over_by=balance - account.ceiling)
        plan.accounts[key] = balance, at
        plan.postings.append((book, entry.id, number, *key[1:], account.unit, leg.amount, recorded, balance))
    plan.rows.append(row)
    return row


def _open(plan: Plan, key: Key, account: Account, recorded: str, at: datetime) -> None:
    expires = None if account.expires_at is None else instant(account.expires_at)
    first = (*key[:2], 0)
    for one in {key, first}:
        if one not in plan.accounts:
            plan.openings[one] = (*one, account.unit, account.floor, account.ceiling, expires, recorded)
            plan.accounts[one] = 0, at


def opening_rows(plan: Plan) -> list[tuple[Any, ...]]:
    return [(*fixed, plan.accounts[key][0], instant(plan.accounts[key][1])) for key, fixed in plan.openings.items()]


def moved_keys(plan: Plan) -> list[Key]:
    return sorted(plan.moved - plan.openings.keys())
