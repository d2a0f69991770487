"""Two feeds that report the same people in another order wait for one another once, and never both ways."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from time import sleep
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from greenlife.actions import intervals
from greenlife.scans.own_code import ref_of
from tests.greenlife.test_caps import MINUTE, book, claim, ruled
from tests.world import World

POSTGRESQL = pytest.mark.parametrize("either_world", ["postgresql"], indirect=True)
"""SQLite has one writer at a time."""


@pytest.fixture
def world(either_world: World) -> World:
    return either_world


def cross(world: World, monkeypatch: pytest.MonkeyPatch) -> list[Exception]:
    """Two batches of two days, whose rows meet nowhere but in the intervals; answers what went wrong."""
    programme = ruled(world, "recyclables", "attended", interval=MINUTE, place_cap=None)
    refs, barrier, keep = [ref_of(world.resident()) for _ in range(2)], Barrier(2), intervals._keep

    def keep_slowly(*told: Any) -> None:
        keep(*told)
        sleep(0.3)

    def report(batch: int) -> Exception | None:
        at = world.now - timedelta(days=1 - batch)
        order = refs if batch else refs[::-1]
        claims = [claim(world, ref, batch, at=at) for ref in order]
        barrier.wait()
        try:
            book(world, programme, *claims)
        except Exception as error:
            return error
        return None

    monkeypatch.setattr(intervals, "_keep", keep_slowly)
    with ThreadPoolExecutor(2) as pool:
        return [error for error in pool.map(report, range(2)) if error]


@POSTGRESQL
def test_batches_of_different_days_do_not_wait_for_one_another(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not [error for error in cross(world, monkeypatch) if isinstance(error, OperationalError)]


@POSTGRESQL
def test_control_in_the_order_in_which_they_came_they_would(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def as_they_came(uses: Sequence[Any]) -> Sequence[Any]:
        return uses

    monkeypatch.setattr(intervals, "_in_order", as_they_came)
    assert [type(error) for error in cross(world, monkeypatch)] == [OperationalError]
