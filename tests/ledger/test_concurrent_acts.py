"""Captures, releases, reversals and openings at the same time; and nobody who waits for one another in a ring."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

import ledger
from ledger import POINT, Account, Entry, Posted
from ledger.known import AccountState, Decision
from tests.ledger.crowd import at_once, codes
from tests.ledger.sample import (
    BOOK,
    FUND,
    HELD,
    LATER_LOT,
    LOT,
    MERCHANT,
    NOW,
    POSTGRESQL_ONLY,
    SPONSOR,
    THOROUGH,
    OpenStore,
    Scribe,
)

ROUNDS = 40 if THOROUGH else 6
Write = Callable[[Session], Posted]


@pytest.fixture
def store(open_store: OpenStore, tmp_path: Path) -> Iterator[Engine]:
    """One that threads share."""
    with open_store(tmp_path / "ledger.db") as store:
        yield store


def write(store: Engine, *entries: Entry) -> None:
    with Session(store) as session, session.begin():
        ledger.post_many(session, entries, now=NOW)


def read(store: Engine, *accounts: Account) -> list[int]:
    with Session(store) as session:
        assert ledger.check_book(session, BOOK) is None
        return [ledger.balance(session, BOOK, account.path) for account in accounts]


def held(store: Engine, points: int) -> str:
    """A hold of two lots, five points of the first."""
    scribe = Scribe()
    hold = scribe.hold((LOT, 5), (LATER_LOT, points - 5))
    write(store, scribe.deposit(1000), scribe.entry((FUND, -1000), (LOT, 500), (LATER_LOT, 500)), hold)
    return hold.id


def taken(found: list[Posted | Exception]) -> list[Posted]:
    return [one for one in found if isinstance(one, Posted)]


def test_captures_at_once_never_take_more_than_is_held(store: Engine) -> None:
    hold = held(store, 50)
    captures: list[Write] = [
        partial(Scribe(100 + number).capture, hold=hold, into=MERCHANT, amount=3) for number in range(32)
    ]

    found = at_once(store, captures)

    assert len(taken(found)) == 16
    assert codes(found) == {"balance_too_low"}
    assert read(store, HELD, MERCHANT) == [2, 48]


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_of_a_hold_and_a_closing_at_once_one_is_refused(store: Engine, seed: int) -> None:
    scribe = Scribe()
    write(store, scribe.deposit(5), scribe.entry((FUND, -5), (LOT, 5)))
    # Emptied by the one and by the other, so that both may be right.
    hold, closing = scribe.hold((LOT, 5)), Scribe(7).entry((LOT, -5), (FUND, 5), closes=(LOT.path,))
    late = Scribe(8).entry(closes=(LOT.path,))
    acts: list[Write] = [
        lambda session: ledger.post(session, hold, now=NOW),
        lambda session: ledger.post(session, closing, now=NOW),
        lambda session: ledger.post(session, late, now=NOW),
    ]
    Random(seed).shuffle(acts)

    found = at_once(store, acts)

    assert codes(found) <= {"account_has_hold", "account_not_empty", "account_closed", "balance_too_low"}
    posted = {one.entry_id for one in taken(found)}
    assert (hold.id in posted) != (closing.id in posted)
    assert late.id not in posted
    read(store)


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_release_among_captures_gives_back_what_they_leave(store: Engine, seed: int) -> None:
    hold = held(store, 12)
    acts: list[Write] = [
        *[partial(Scribe(100 + number).capture, hold=hold, into=MERCHANT, amount=2) for number in range(4)],
        partial(Scribe(200).capture, hold=hold, into=MERCHANT),
        partial(Scribe(300).release, hold=hold),
        partial(Scribe(301).release, hold=hold),
    ]
    Random(seed).shuffle(acts)

    found = at_once(store, acts)

    assert codes(found) <= {"hold_ended", "balance_too_low"}
    left, captured, first, second = read(store, HELD, MERCHANT, LOT, LATER_LOT)
    assert left == 0
    assert captured + first + second == 1000
    assert first == 500 - min(5, captured)


def test_an_entry_is_reversed_by_one_of_many(store: Engine) -> None:
    scribe = Scribe()
    given = scribe.entry((FUND, -5), (LOT, 5))
    write(store, scribe.deposit(100), given)
    reversals: list[Write] = [partial(Scribe(100 + number).reverse, entry_id=given.id) for number in range(32)]

    found = at_once(store, reversals)

    assert len(taken(found)) == 1
    assert codes(found) == {"already_reversed"}
    assert read(store, FUND, LOT) == [100, 0]


def test_a_capture_is_reversed_once_while_others_are_made(store: Engine) -> None:
    hold = held(store, 20)
    with Session(store) as session, session.begin():
        first = Scribe(99).capture(session, hold, MERCHANT, 7)
    acts: list[Write] = [
        *[partial(Scribe(100 + number).reverse, entry_id=first.entry_id) for number in range(8)],
        *[partial(Scribe(200 + number).capture, hold=hold, into=MERCHANT, amount=1) for number in range(8)],
    ]

    found = at_once(store, acts)

    assert len(taken(found)) == 9
    assert codes(found) == {"already_reversed"}
    assert read(store, HELD, MERCHANT, LOT, LATER_LOT) == [5, 8, 500, 487]


def test_one_of_many_ways_to_open_an_account_is_the_way_it_opens(store: Engine) -> None:
    ways = [Account("new", POINT, floor=-number) for number in range(8)]
    ways += [Account("new", POINT, floor=None, ceiling=number) for number in range(10, 18)]
    ways += [Account("new", POINT, floor=None)] * 8

    def open_it(number: int, session: Session) -> Posted:
        return ledger.post(session, Scribe(number).entry((SPONSOR, -1), (ways[number], 1)), now=NOW)

    found = at_once(store, [partial(open_it, number) for number in range(len(ways))])

    assert codes(found) <= {"floor_mismatch", "ceiling_mismatch"}
    with Session(store) as session:
        (standing,) = ledger.standings(session, BOOK, "new")
    winners = {ways[number] for number, one in enumerate(found) if isinstance(one, Posted)}
    assert winners == {standing.account}
    assert read(store, standing.account) == [len(taken(found))]


HOMES = [f"resident:{number}" for number in range(24)]


def batch(thread: int, turn: int) -> list[Entry]:
    """Two entries of two homes, over accounts that are there and many that each turn opens, in any order."""
    random = Random(f"{thread} {turn}")
    scribe = Scribe(random.getrandbits(60))
    shared = [Account(f"shared:{turn}:{number}", POINT, floor=None) for number in range(2)]
    new = [Account(f"new:{turn}:{number}", POINT, floor=-(10**6)) for number in range(40)]
    entries = []
    for home in random.sample(HOMES, 2):
        legs = [(account, 1) for account in random.sample([*shared, *new, MERCHANT, LOT], 30)]
        legs.append((random.choice((FUND, SPONSOR, SPONSOR)), -30))
        random.shuffle(legs)
        entries.append(scribe.entry(*legs, home=home))
    return entries


def opposite(thread: int, turn: int) -> list[Entry]:
    """One entry that opens what the others open, in the order of the legs or against it."""
    legs = [(SPONSOR, -90), *((Account(f"new:{turn}:{number:02}", POINT), 1) for number in range(90))]
    return [Scribe(1000 + turn * 100 + thread).entry(*legs[:: -1 if thread % 2 else 1], home=HOMES[thread])]


def crowd(store: Engine, make: Callable[[int, int], list[Entry]], turn: int) -> list[Any]:
    """What eight writers are answered who want the same accounts in orders of their own."""
    return at_once(store, [partial(ledger.post_many, entries=make(thread, turn), now=NOW) for thread in range(8)])


@pytest.mark.parametrize("make", [batch, opposite])
def test_writers_of_the_same_accounts_do_not_wait_in_a_ring(
    store: Engine, make: Callable[[int, int], list[Entry]]
) -> None:
    write(store, Scribe().deposit(10**6))
    turns = 100 if THOROUGH else 6

    found = [one for turn in range(turns) for one in crowd(store, make, turn)]

    assert codes(found) == set()
    assert sum(map(len, found)) == turns * 8 * len(make(0, 0))
    read(store)


def in_the_order_of_the_legs(decision: Decision) -> tuple[list[AccountState], list[AccountState]]:
    states = list(decision.accounts.values())
    return [state for state in states if state.seen is None], [state for state in states if state.seen is not None]


A, M, Z = (Account(f"new:{name}", POINT) for name in "amz")
WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")


def meet_in_the_middle(store: Engine) -> list[Any]:
    """Two open the same accounts from both ends, and wait for a third who has the one between."""
    entries = [
        Scribe(seed).entry((SPONSOR, -3), *((account, 1) for account in way), home=HOMES[seed])
        for seed, way in ((2, (A, M, Z)), (3, (Z, M, A)))
    ]
    with Session(store) as third, ThreadPoolExecutor(1) as pool:
        ledger.post(third, Scribe(4).entry((SPONSOR, -1), (M, 1), home=HOMES[4]), now=NOW)
        posts = [partial(ledger.post, entry=entry, now=NOW) for entry in entries]
        found = pool.submit(at_once, store, posts)
        with store.connect().execution_options(isolation_level="AUTOCOMMIT") as watcher:
            while watcher.execute(WAITING).scalar() != 2:
                time.sleep(0.01)
        third.rollback()
        return found.result()


@POSTGRESQL_ONLY
def test_who_opens_the_same_accounts_from_both_ends_does_not_meet(store: Engine) -> None:
    write(store, Scribe().deposit(100))

    assert codes(meet_in_the_middle(store)) == set()

    assert read(store, A, M, Z) == [2, 2, 2]


@POSTGRESQL_ONLY
def test_rows_opened_in_the_order_of_the_legs_would_make_a_ring(store: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    write(store, Scribe().deposit(100))
    monkeypatch.setattr("ledger.stores.postgresql.rows_to_write", in_the_order_of_the_legs)

    found = meet_in_the_middle(store)

    assert sorted(type(one).__name__ for one in found) == ["DeadlockDetected", "Posted"]
