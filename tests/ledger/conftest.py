"""A store of each kind in turn, a session on it, and a fund with 1,000 points."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

import ledger
from tests.ledger.sample import BOOK, NOW, STORES, OpenStore, Scribe, on_postgresql, on_sqlite
from tests.postgres import Server


@pytest.fixture(params=STORES)
def open_store(request: pytest.FixtureRequest) -> OpenStore:
    """What promises to be the same on both stores is tested on both."""
    if request.param == "sqlite":
        return on_sqlite
    server: Server = request.getfixturevalue("postgres")
    return lambda _path=None: on_postgresql(server)


@pytest.fixture
def store(open_store: OpenStore) -> Iterator[Engine]:
    with open_store() as store:
        yield store


@pytest.fixture
def scribe() -> Scribe:
    return Scribe()


@pytest.fixture
def session(store: Engine, scribe: Scribe) -> Iterator[Session]:
    with Session(store) as session:
        ledger.post(session, scribe.deposit(1000), now=NOW - timedelta(hours=1))
        session.commit()
        yield session


@pytest.fixture
def logged(session: Session, scribe: Scribe) -> Session:
    """Four of its five entries are in the log, with a checkpoint."""
    ledger.post_many(session, [scribe.deposit(1) for _ in range(3)], now=NOW - timedelta(minutes=30))
    head = ledger.extend_log(session, BOOK, kept=None)
    ledger.note_checkpoint(session, head, b"a note", now=NOW)
    ledger.post(session, scribe.deposit(1), now=NOW - timedelta(minutes=20))
    session.commit()
    return session
