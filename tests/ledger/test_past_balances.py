"""The balance at any time is the sum of what was recorded by then: for each kind of account, whatever the clock did."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

import ledger
from ledger import POINT, Account
from ledger.balances import _ACCOUNTS, _BALANCES, _under
from tests.ledger.sample import BAD_TIMES, BOOK, FUND, HOME, LATER_LOT, LOT, NOW, SPONSOR, SQLITE_ONLY, Scribe

TICK = timedelta(microseconds=1)
OWED = Account("owed:mill", POINT, floor=None, ceiling=10**6)
PAID = Account("paid:mill", POINT, floor=None)
ACCOUNTS = (FUND, SPONSOR, OWED, PAID, LOT, LATER_LOT)
HOMES = ("resident:1", "resident:2", "resident:9", "fund:city", "resident:12")

Recorded = list[tuple[datetime, str, int]]


def clocks(random: Random) -> Iterator[datetime]:
    """A clock that stands still, goes on by a tick or by hours, and goes back."""
    now = NOW
    while True:
        now += random.choice((timedelta(0), TICK, timedelta(seconds=1), timedelta(hours=3), -timedelta(hours=2)))
        yield now


def write(session: Session, scribe: Scribe, posts: int) -> Recorded:
    """Random moves by random homes: the time, account and amount of each leg, kept beside the ledger."""
    random, recorded = Random(7), Recorded()
    clock = clocks(random)
    for _ in range(posts):
        giver, taker = random.sample(ACCOUNTS, 2)
        amount = random.randint(1, 9)
        entry = scribe.entry((giver, -amount), (taker, amount), home=random.choice(HOMES))
        try:
            at = ledger.post(session, entry, now=next(clock)).recorded_at
        except ledger.BalanceTooLow:
            continue
        recorded += [(at, giver.path, -amount), (at, taker.path, amount)]
    return recorded


def test_a_past_balance_is_the_sum_of_what_was_recorded_by_then(session: Session, scribe: Scribe) -> None:
    session.rollback()
    recorded = write(session, scribe, 120)
    deposit = [(NOW - timedelta(hours=1), SPONSOR.path, -1000), (NOW - timedelta(hours=1), FUND.path, 1000)]
    recorded = [*deposit, *recorded]

    instants = {at + off for at, _, _ in recorded for off in (-TICK, timedelta(0), TICK)}
    for account in ACCOUNTS:
        for at in sorted(instants)[:: 1 if account is PAID else 5]:
            expected = sum(amount for when, path, amount in recorded if path == account.path and when <= at)
            assert ledger.balance(session, BOOK, account.path, at=at) == expected, (account.path, at)


def test_no_row_moves_twice_at_one_time_even_where_the_clock_goes_back(session: Session, scribe: Scribe) -> None:
    times = [
        ledger.post(session, scribe.entry((FUND, -1), (LOT, 1)), now=now).recorded_at
        for now in (NOW, NOW, NOW - timedelta(days=1), NOW + TICK, NOW + timedelta(hours=1), NOW)
    ]

    assert times == [
        NOW, NOW + TICK, NOW + 2 * TICK, NOW + 3 * TICK, NOW + timedelta(hours=1), NOW + timedelta(hours=1) + TICK,
    ]  # fmt: skip


def test_before_its_first_posting_and_where_it_was_never_used_there_is_nothing(session: Session) -> None:
    assert ledger.balance(session, BOOK, FUND.path, at=NOW - timedelta(days=1)) == 0
    assert ledger.balance(session, BOOK, "nobody", at=NOW) == 0
    assert ledger.balance(session, "huzhou-anji", FUND.path, at=NOW) == 0


def test_the_latest_of_past_balances_is_the_present_one(session: Session, scribe: Scribe) -> None:
    write(session, scribe, 40)

    for account in ACCOUNTS:
        now, late = (ledger.balance(session, BOOK, account.path, at=at) for at in (None, NOW + timedelta(days=400)))
        assert now == late
        assert type(now) is type(late) is int


@pytest.mark.parametrize("at", [time for time in BAD_TIMES if time is not None])
def test_a_past_balance_is_asked_for_at_an_instant(session: Session, at: Any) -> None:
    with pytest.raises(ledger.TimeInvalid) as refusal:
        ledger.balance(session, BOOK, FUND.path, at=at)

    assert refusal.value.params == {"field": "at"}


def test_where_an_hour_comes_twice_the_later_entry_is_recorded_later(session: Session, scribe: Scribe) -> None:
    first = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"), fold=0)
    second = first.replace(fold=1)
    posts = [
        ledger.post(session, scribe.entry((FUND, -1), (LOT, 1)), now=now).recorded_at.timestamp()
        for now in (first, second, second, first)
    ]
    batch = ledger.post_many(session, [scribe.entry((FUND, -1), (LOT, 1)) for _ in range(2)], now=second)
    posts += [posted.recorded_at.timestamp() for posted in batch]

    assert posts == sorted(set(posts))
    assert posts[1] - posts[0] == 3600
    assert posts[-1] - posts[1] < 1


@SQLITE_ONLY
def test_the_accounts_below_a_prefix_are_a_range_of_the_key(session: Session) -> None:
    """Else each scan would read all accounts of its district."""
    for query in (_BALANCES, _ACCOUNTS):
        asked = query.params(**_under(BOOK, HOME)).compile(session.connection(), compile_kwargs={"literal_binds": True})
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}").all()

        assert any("path>? AND path<?" in row[3] for row in plan), plan
