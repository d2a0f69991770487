"""A code that is shown again and again, by four processes at once, is worth one credit."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from greenlife.codes import resident_code
from tests.greenlife.replayer import Replays, scan_again, show_again
from tests.greenlife.test_devices import phone_of
from tests.greenlife.test_kiosks import set_up, shown
from tests.world import World, make_world

# A server that has imported everything forks a process in no time, and is free of threads of ours.
FORKS = get_context("forkserver")
FORKS.set_forkserver_preload(["tests.greenlife.replayer"])
PROCESSES = 4
REPLAYS = 10_000 if os.environ.get("GREENLIFE_TEST_THOROUGH") else 400
FEW = 40
"""Enough for a control: what is not protected fails at once."""


@pytest.fixture(params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    url = None
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_url").render_as_string(hide_password=False)
    world = make_world(tmp_path, url)
    yield world
    world.database.engine.dispose()


def by_four(
    world: World, act: Callable[[Replays], Counter[str]], *, person: str, code: str, times: int, guarded: bool = True
) -> Counter[str]:
    replays = Replays(
        url=world.database.engine.url.render_as_string(hide_password=False),
        person=person,
        code=code,
        now=world.now,
        times=times // PROCESSES,
        guarded=guarded,
    )
    with ProcessPoolExecutor(PROCESSES, FORKS) as pool:
        return sum(pool.map(act, [replays] * PROCESSES), Counter())


def test_a_screens_code_is_booked_once(world: World) -> None:
    _, kiosk = set_up(world)
    found = by_four(world, scan_again, person=world.resident().id, code=shown(world, kiosk), times=REPLAYS)
    assert found == {"done": 1, "evidence_claimed": REPLAYS - 1}


def test_control_without_the_claim_only_the_days_cap_stops_it(world: World) -> None:
    _, kiosk = set_up(world)
    person, code = world.resident().id, shown(world, kiosk)
    assert by_four(world, scan_again, person=person, code=code, times=FEW, guarded=False) == {
        "done": 2,
        "cap_reached": FEW - 2,
    }


def test_a_phones_code_opens_one_visit(world: World) -> None:
    code = resident_code(phone_of(world, world.resident()), now=world.now).text
    found = by_four(world, show_again, person=world.attendant().id, code=code, times=REPLAYS)
    assert found == {"done": 1, "code_used": REPLAYS - 1}


def test_control_without_the_claim_each_showing_opens_a_visit(world: World) -> None:
    code = resident_code(phone_of(world, world.resident()), now=world.now).text
    person = world.attendant().id
    assert by_four(world, show_again, person=person, code=code, times=FEW, guarded=False) == {"done": FEW}
