"""Two presses at the same moment are one: both get the answer of whichever came first."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from greenlife.actions import booking, guards
from greenlife.errors import CodeUsed, GreenlifeError, PlaceCapReached
from greenlife.scans import own_code, visits
from tests.greenlife.test_scans import points, scan
from tests.greenlife.test_weighing import open_for
from tests.world import World


@pytest.fixture
def world(either_world: World) -> World:
    return either_world


def at_once(world: World, act: Callable[[str], Any], *references: str) -> list[Any]:
    """What came of each: the answer, or the class of the refusal."""

    def press(reference: str) -> Any:
        try:
            return act(reference)
        except GreenlifeError as refusal:
            return type(refusal)

    with ThreadPoolExecutor(len(references)) as pool:
        return list(pool.map(press, references))


def after_both_looked(world: World, monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> None:
    """Nobody claims before both have seen that nothing was booked; on SQLite they come one after the other anyway."""
    seen, claim = Barrier(2, timeout=10), getattr(guards, name)

    def look_first(*told: Any, **named: Any) -> Any:
        if not world.database.is_sqlite:
            seen.wait()
        return claim(*told, **named)

    monkeypatch.setattr(module, name, look_first)


def test_a_scan_that_is_pressed_twice(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    after_both_looked(world, monkeypatch, booking, "claim_evidence")
    resident, poster = world.resident(), world.poster()
    one, other = at_once(world, lambda reference: scan(world, resident, poster.code, reference), "r1", "r1")
    assert one.booked.entry_id == other.booked.entry_id
    assert {one.booked.replayed, other.booked.replayed} == {False, True}
    assert points(world, resident) == one.booked.points


def test_control_two_scans_are_not_one(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    after_both_looked(world, monkeypatch, booking, "claim_evidence")
    resident, poster = world.resident(), world.poster()
    came_to = at_once(world, lambda reference: scan(world, resident, poster.code, reference), "r1", "r2")
    assert came_to.count(PlaceCapReached) == 1


def test_a_visit_that_is_opened_twice(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    after_both_looked(world, monkeypatch, visits, "claim_once")
    staff, code = world.attendant(), own_code(world.resident(), city="huzhou", now=world.now).text
    one, other = at_once(world, lambda reference: open_for(world, staff, code, reference), "v1", "v1")
    assert one.id == other.id


def test_control_one_code_opens_no_two_visits(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    after_both_looked(world, monkeypatch, visits, "claim_once")
    staff, code = world.attendant(), own_code(world.resident(), city="huzhou", now=world.now).text
    came_to = at_once(world, lambda reference: open_for(world, staff, code, reference), "v1", "v2")
    assert came_to.count(CodeUsed) == 1
