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
from tests.ledger.crowd import SECONDS
from tests.ledger.sample import BOOK, FUND, LOT, MOST_THREADS, NOW, THOROUGH, OpenStore, Scribe

THREADS = MOST_THREADS
POINTS = 100
ROUNDS = 200 if THOROUGH else 12

Together = Callable[[], object]


def spend(session: Session, entry: Entry, together: Together) -> bool:
    together()
    try:
        ledger.post(session, entry, now=NOW)
    except ledger.BalanceTooLow:
        session.rollback()
        return False
    session.commit()
    return True


def spend_carelessly(session: Session, entry: Entry, together: Together) -> bool:
    """Read, check, write: what the ledger does not do."""
    left = ledger.balance(session, BOOK, LOT.path)
    session.rollback()
    together()
    if left < POINTS:
        return False
    move = text("UPDATE ledger_account SET balance = :left WHERE path = :path")
    session.execute(move, {"left": left - POINTS, "path": LOT.path})
    session.commit()
    return True


Spend = Callable[[Session, Entry, Together], bool]


@pytest.fixture
def store(open_store: OpenStore, tmp_path: Path) -> Iterator[Engine]:
    """One that threads share."""
    with open_store(tmp_path / "ledger.db") as store:
        yield store


def race(store: Engine, attempt: Spend, rounds: int) -> list[int]:
    """How many of the threads got, in each round, the points that are there once."""
    scribe = Scribe()

    def fill() -> None:
        with Session(store) as session, session.begin():
            ledger.post_many(session, [scribe.deposit(POINTS), scribe.entry((FUND, -POINTS), (LOT, POINTS))], now=NOW)

    filled, start = Barrier(THREADS, fill, SECONDS), Barrier(THREADS, timeout=SECONDS)

    def compete(number: int) -> list[bool]:
        own, won = Scribe(1000 + number), []
        with Session(store) as session:
            for turn in range(rounds):
                entry = own.entry((LOT, -POINTS), (Account(f"held:{turn}:{number}", POINT), POINTS))
                filled.wait()
                won.append(attempt(session, entry, start.wait))
        return won

    with ThreadPoolExecutor(THREADS) as pool:
        return [sum(winners) for winners in zip(*pool.map(compete, range(THREADS)), strict=True)]


def test_one_of_many_spends_the_balance(store: Engine) -> None:
    assert race(store, spend, ROUNDS) == [1] * ROUNDS

    with Session(store) as session:
        assert ledger.balance(session, BOOK, LOT.path) == 0
        assert sum(ledger.balances(session, BOOK, "held").values()) == ROUNDS * POINTS
        assert ledger.check_book(session, BOOK) is None


def test_a_careless_spend_hands_the_same_points_out_many_times(store: Engine) -> None:
    assert race(store, spend_carelessly, 3) == [THREADS] * 3

    with Session(store) as session:
        assert ledger.check_book(session, BOOK) is not None


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
