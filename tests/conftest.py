"""A PostgreSQL server for each test process that asks for one, and a new database for each test."""

from collections.abc import Iterator

import pytest
from sqlalchemy import URL

from tests.postgres import Server, open_server


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    with open_server() as server:
        yield server


@pytest.fixture
def postgres_url(postgres: Server) -> Iterator[URL]:
    """An empty database."""
    url = postgres.create_database()
    yield url
    postgres.drop_database(url)
