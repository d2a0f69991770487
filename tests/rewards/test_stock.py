"""A person's share of an offer is counted by a row count, on each store."""

from collections.abc import Iterator

import pytest
from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

import ledger
from rewards.errors import LimitReached
from rewards.models import OfferUse
from rewards.stock import count_use


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    if request.param == "sqlite":
        engine = create_engine("sqlite://", module=sqlite)
    else:
        engine = create_engine(request.getfixturevalue("postgres_url"))
    ledger.metadata.create_all(engine, tables=[ledger.metadata.tables[OfferUse.__tablename__]])
    yield engine
    engine.dispose()


@pytest.mark.parametrize(("limit", "taken"), [(1, 1), (2, 2), (None, 5)])
def test_a_person_takes_as_many_as_the_limit_says(engine: Engine, limit: int | None, taken: int) -> None:
    found = 0
    with Session(engine) as session:
        for _ in range(5):
            try:
                count_use(session, book="b", holder="h", offer_id="o", limit=limit)
            except LimitReached:
                continue
            found += 1

    assert found == taken
