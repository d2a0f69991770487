"""Fixtures of the domain's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ledger.sample import STORES
from tests.world import World, make_world


@pytest.fixture
def world(tmp_path: Path) -> World:
    return make_world(tmp_path)


@pytest.fixture(params=STORES)
def either_world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """A world on each of the stores: what a module's own ``world`` gives where SQL differs."""
    url = None
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_url").render_as_string(hide_password=False)
    world = make_world(tmp_path, url)
    yield world
    world.database.engine.dispose()


SQLITE = pytest.mark.parametrize("either_world", ["sqlite"], indirect=True)
"""For a test of such a module that has nothing to do with SQL, or with SQLite only."""
