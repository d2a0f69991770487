"""The same calls write the same rows on both stores, hash for hash."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

import ledger
from ledger import Entry, LedgerError
from tests.ledger.sample import (
    BOOK,
    FUND,
    GRAMS,
    LATER_LOT,
    LOT,
    NATURE,
    NOW,
    TABLES,
    Scribe,
    on_postgresql,
    on_sqlite,
)
from tests.postgres import Server

CALLS = 400

Rows = dict[str, list[tuple[Any, ...]]]


class Caller:
    """Makes calls of all kinds from a seed, good and bad ones, and keeps what they were answered."""

    def __init__(self, session: Session, seed: int) -> None:
        self.session = session
        self.scribe = Scribe(seed)
        self.random = Random(seed)
        self.entries: list[Entry] = []
        self.answers: list[object] = []
        self.now = NOW

    def call(self) -> None:
        """One of the calls, chosen at random, at a time with microseconds that moves on."""
        self.now += timedelta(microseconds=self.random.randrange(10**9))
        kinds = (self.one, self.many, self.back, self.again, self.too_much, self.odd)
        call = self.random.choices(kinds, weights=(8, 3, 3, 2, 2, 1))[0]
        try:
            self.answers.append(call())
        except LedgerError as error:
            self.answers.append((error.code, error.params))

    def make(self) -> Entry:
        legs = self.random.choice(
            (
                ((NATURE, -7), (GRAMS, 7), (FUND, -3), (LOT, 3)),
                ((FUND, -2), (LATER_LOT, 2)),
                ((LOT, -4), (LATER_LOT, 4)),
                ((LATER_LOT, -1), (FUND, 1)),
            )
        )
        book = self.random.choice((BOOK, BOOK, "huzhou-anji"))
        details = {"乡镇": "乾元镇", "n": self.random.getrandbits(50), "zero": "\x00", "list": [None, True, "é"]}
        entry = self.scribe.entry(*legs, book=book, occurred_at=self.now, details=details)
        self.entries.append(entry)
        return entry

    def one(self) -> object:
        return ledger.post(self.session, self.make(), now=self.now)

    def many(self) -> object:
        return ledger.post_many(self.session, [self.make() for _ in range(self.random.randint(2, 5))], now=self.now)

    def back(self) -> object:
        old = self.random.choice(self.entries)
        return self.scribe.reverse(self.session, old.id, book=old.book, occurred_at=self.now, now=self.now)

    def again(self) -> object:
        return ledger.post(self.session, self.random.choice(self.entries), now=self.now)

    def too_much(self) -> object:
        wanted = self.scribe.entry((FUND, -(10**9)), (LOT, 10**9))
        return ledger.post_many(self.session, [self.make(), wanted], now=self.now)

    def odd(self) -> object:
        old = self.random.choice(self.entries)
        changes: tuple[dict[str, Any], ...] = ({"kind": "gift"}, {"legs": ()}, {"reference": "a b"}, {"salt": b""})
        return ledger.post(self.session, replace(old, **self.random.choice(changes)), now=self.now)


def rows(session: Session) -> Rows:
    """All rows of all tables in the order of their keys, as the database sorts them."""
    found: Rows = {}
    for name in TABLES:
        table = ledger.metadata.tables[name]
        query = select(table).order_by(*table.primary_key.columns)
        found[name] = [tuple(row) for row in session.connection().execute(query)]
    return found


def write(session: Session, seed: int) -> tuple[list[object], Rows]:
    """The answers to the calls of a seed, and all that they wrote."""
    caller = Caller(session, seed)
    for book in (BOOK, "huzhou-anji"):
        entry = caller.scribe.deposit(500, book=book)
        caller.entries.append(entry)
        ledger.post(session, entry, now=NOW)
    for _ in range(CALLS):
        caller.call()
    session.commit()
    assert ledger.check_book(session, BOOK) is None
    return caller.answers, rows(session)


@pytest.fixture
def sessions(postgres: Server) -> Iterator[tuple[Session, Session]]:
    with on_sqlite() as here, on_postgresql(postgres) as there, Session(here) as one, Session(there) as other:
        yield one, other


def test_the_same_seed_gives_the_same_rows_on_both_stores(sessions: tuple[Session, Session]) -> None:
    (answers, written), (other_answers, other_written) = (write(session, seed=11) for session in sessions)

    assert answers == other_answers
    assert written == other_written
    codes = {answer[0] for answer in answers if isinstance(answer, tuple)}
    assert codes >= {"balance_too_low", "reference_conflict", "already_reversed"}
    assert len(written["ledger_entry"]) > 300


def test_another_seed_gives_other_rows(sessions: tuple[Session, Session]) -> None:
    (_, written), (_, other_written) = (write(session, seed) for session, seed in zip(sessions, (11, 12), strict=True))

    leaves, other_leaves = ({row[12] for row in found["ledger_entry"]} for found in (written, other_written))
    assert not leaves & other_leaves
