"""Writers in one process take turns in the order of asking."""

import threading

import pytest
from sqlalchemy import func, select, text

from greenlife.db import FirstComeLock
from greenlife.models import Claim
from tests.world import World


def test_nobody_waits_behind_more_than_those_who_asked_before() -> None:
    lock, gate = FirstComeLock(), threading.Event()
    order: list[int] = []

    def ask(number: int) -> None:
        with lock:
            order.append(number)

    threads = []
    with lock:
        for number in range(8):
            thread = threading.Thread(target=ask, args=(number,))
            thread.start()
            threads.append(thread)
            while len(lock._waiting) <= number:
                gate.wait(0.001)
    for thread in threads:
        thread.join()
    assert order == list(range(8))


def test_a_lock_is_free_again_after_an_error() -> None:
    lock = FirstComeLock()
    with pytest.raises(ValueError, match="inside"), lock:
        raise ValueError("inside")
    with lock:
        pass


def test_a_transaction_that_raises_leaves_nothing_and_the_next_one_goes_on(world: World) -> None:
    with pytest.raises(ValueError, match="inside"), world.database.writing() as session:
        session.add(Claim(key="one", claimed_at=world.now))
        session.flush()
        raise ValueError("inside")
    with world.database.writing() as session:
        assert session.scalar(select(func.count()).select_from(Claim)) == 0


def test_writers_begin_immediately_and_readers_do_not_wait_for_them(world: World) -> None:
    with world.database.writing() as session:
        session.add(Claim(key="one", claimed_at=world.now))
        session.flush()
        with world.database.reading() as reader:
            assert reader.scalar(select(func.count()).select_from(Claim)) == 0


def test_the_database_keeps_what_it_acknowledged(world: World) -> None:
    with world.database.reading() as session:
        assert session.scalar(text("PRAGMA journal_mode")) == "wal"
        assert session.scalar(text("PRAGMA synchronous")) == 2
        assert session.scalar(text("PRAGMA foreign_keys")) == 1
