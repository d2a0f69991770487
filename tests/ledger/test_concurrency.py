"""Thirty-two threads want the same points: one gets them. A careless ledger is shown to lose the same race."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

import ledger
from ledger import POINT, Account, Entry
from tests.ledger.sample import BOOK, FUND, LOT, MOST_THREADS, NOW, OpenStore, Scribe

THREADS = MOST_THREADS
POINTS = 100


def spend(store: Engine, entry: Entry, start: Barrier) -> bool:
    start.wait()
    with Session(store) as session:
        try:
            ledger.post(session, entry, now=NOW)
        except ledger.BalanceTooLow:
            return False
        session.commit()
        return True


def spend_carelessly(store: Engine, entry: Entry, start: Barrier) -> bool:
    """Read, check, write: what the ledger does not do."""
    with Session(store) as session:
        left = ledger.balance(session, BOOK, LOT.path)
    start.wait()
    if left < POINTS:
        return False
    with store.begin() as connection:
        connection.execute(
            text("UPDATE ledger_account SET balance = :left WHERE path = :path"),
            {"left": left - POINTS, "path": LOT.path},
        )
    return True


Spend = Callable[[Engine, Entry, Barrier], bool]


@pytest.fixture
def store(open_store: OpenStore, tmp_path: Path) -> Iterator[Engine]:
    """One that threads share."""
    with open_store(tmp_path / "ledger.db") as store:
        yield store


def race(store: Engine, attempt: Spend) -> int:
    """How many of the threads got the points that are there once."""
    scribe = Scribe()
    with Session(store) as session:
        ledger.post_many(
            session,
            [scribe.deposit(POINTS), scribe.entry((FUND, -POINTS), (LOT, POINTS))],
            now=NOW,
        )
        session.commit()
    entries = [
        scribe.entry((LOT, -POINTS), (Account(f"held:rdm_{number}", POINT), POINTS)) for number in range(THREADS)
    ]
    start = Barrier(THREADS)
    with ThreadPoolExecutor(THREADS) as pool:
        winners = sum(pool.map(lambda entry: attempt(store, entry, start), entries))
    with Session(store) as session:
        sound = ledger.check_book(session, BOOK) is None
        assert ledger.balance(session, BOOK, LOT.path) == 0
    assert sound == (attempt is spend)
    return winners


@pytest.mark.parametrize("_again", range(3))
def test_one_of_many_spends_the_balance(store: Engine, _again: int) -> None:
    assert race(store, spend) == 1


def test_a_careless_spend_hands_the_same_points_out_many_times(store: Engine) -> None:
    assert race(store, spend_carelessly) == THREADS


def test_the_same_request_from_many_threads_is_posted_once(store: Engine) -> None:
    entry = Scribe().deposit(POINTS)
    start = Barrier(THREADS)

    def send(_: int) -> bool:
        start.wait()
        with Session(store) as session, session.begin():
            return ledger.post(session, entry, now=NOW).replayed

    with ThreadPoolExecutor(THREADS) as pool:
        replayed = list(pool.map(send, range(THREADS)))
    with Session(store) as session:
        assert ledger.balance(session, BOOK, FUND.path) == POINTS
        assert ledger.check_book(session, BOOK) is None
    assert replayed.count(False) == 1
