"""A store in memory, a session on it, and a fund with 1,000 points."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

import ledger
from tests.ledger.sample import NOW, Scribe, open_store


@pytest.fixture
def store() -> Engine:
    return open_store()


@pytest.fixture
def scribe() -> Scribe:
    return Scribe()


@pytest.fixture
def session(store: Engine, scribe: Scribe) -> Iterator[Session]:
    with Session(store) as session:
        ledger.post(session, scribe.deposit(1000), now=NOW)
        session.commit()
        yield session
