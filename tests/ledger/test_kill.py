"""``kill -9`` again and again while thousands of entries are posted: nothing acknowledged is lost, nothing is doubled."""

import multiprocessing
import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

import ledger
from tests.ledger.sample import BOOK, FUND, LOT, NOW, OpenStore, Scribe
from tests.ledger.writer import BATCH, Job, work

BATCHES = 250
KILLS = 20

# A server that has imported everything forks a writer in no time, and is free of threads of ours.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.ledger.writer"])


@pytest.fixture
def store(open_store: OpenStore, tmp_path: Path) -> Iterator[Engine]:
    """One that processes share, with enough in its fund."""
    with open_store(tmp_path / "ledger.db") as store:
        with Session(store) as session, session.begin():
            ledger.post(session, Scribe().deposit(100_000), now=NOW)
        yield store


@dataclass
class Run:
    """What came of it: which batches were acknowledged, which of them again, and how many lives it took."""

    acknowledged: set[int] = field(default_factory=set)
    replayed: int = 0
    kills: int = 0

    def take(self, pipe: Connection, most: int) -> None:
        """Acknowledgements until there are so many more, or until the writer is gone."""
        until = len(self.acknowledged) + most
        try:
            while len(self.acknowledged) < until:
                number, replayed = pipe.recv()
                self.acknowledged.add(number)
                self.replayed += replayed
        except EOFError:
            pass


def run(store: Engine, batches: int, lives: list[tuple[int, str]], **careless: bool) -> Run:
    """A life for each (batches until it is killed, moment), and one more in which it comes to its end."""
    found, random, url = Run(), Random(7), store.url.render_as_string(hide_password=False)
    for life, (most, moment) in enumerate([*lives, (batches, "end")]):
        left = [number for number in range(batches) if number not in found.acknowledged]
        fatal = left[min(most, len(left) - 1)] if moment in ("before", "after") else -1
        job = Job(url, life, left, fatal, moment, **careless)
        ours, its = PROCESSES.Pipe(duplex=False)
        writer = PROCESSES.Process(target=work, args=(job, its))
        writer.start()
        its.close()
        if moment == "anywhere":
            found.take(ours, most)
            time.sleep(random.random() * 0.005)
            os.kill(writer.pid or 0, signal.SIGKILL)
        found.take(ours, batches)
        writer.join()
        found.kills += writer.exitcode == -signal.SIGKILL
    return found


def booked(store: Engine) -> Counter[str]:
    """How often each form is in the ledger."""
    with Session(store) as session:
        details = session.execute(text("SELECT details FROM ledger_entry WHERE kind = 'action'")).scalars()
        return Counter(details)


def forms(batches: set[int]) -> set[str]:
    return {f'{{"form":"form:{number}:{at}"}}' for number in batches for at in range(BATCH)}


def test_nothing_acknowledged_is_lost_and_nothing_is_doubled(store: Engine) -> None:
    random = Random(3)
    moments = ["anywhere"] * (KILLS - 8) + ["before", "after"] * 4
    random.shuffle(moments)

    found = run(store, BATCHES, [(random.randrange(1, 2 * BATCHES // KILLS - 5), moment) for moment in moments])

    assert found.kills == KILLS
    assert found.replayed >= 4
    assert found.acknowledged == set(range(BATCHES))
    assert booked(store) == Counter(forms(found.acknowledged))
    with Session(store) as session:
        assert ledger.balance(session, BOOK, LOT.path) == BATCHES * BATCH
        assert ledger.balance(session, BOOK, FUND.path) == 100_000 - BATCHES * BATCH
        assert ledger.check_book(session, BOOK) is None


def test_who_acknowledges_before_the_commit_loses_what_was_acknowledged(store: Engine) -> None:
    found = run(store, 10, [(5, "before")], acknowledges_early=True)

    assert found.acknowledged == set(range(10))
    assert forms(found.acknowledged) - set(booked(store)) == forms({5})


def test_who_sends_again_under_new_references_books_twice(store: Engine) -> None:
    found = run(store, 10, [(5, "after")], has_references=False)

    assert found.acknowledged == set(range(10))
    with Session(store) as session:
        assert ledger.balance(session, BOOK, LOT.path) == 11 * BATCH
        assert ledger.check_book(session, BOOK) is None
