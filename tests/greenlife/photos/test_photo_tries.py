"""A photo is counted before it is opened, however many are sent at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from greenlife.errors import TooManyPhotos
from greenlife.models import Resident
from greenlife.scans import count_photo
from greenlife.scans.photo_tries import MOST_A_DAY
from tests.world import World


def is_counted(world: World, person: Resident) -> bool:
    try:
        with world.database.writing() as session:
            count_photo(session, world.programme, resident=person, now=world.now)
    except TooManyPhotos as refusal:
        assert refusal.params == {"most": MOST_A_DAY}
        return False
    return True


def test_as_many_are_opened_as_a_day_allows_and_no_more(either_world: World) -> None:
    person = either_world.resident()
    with ThreadPoolExecutor(8) as crowd:
        counted = list(crowd.map(lambda _: is_counted(either_world, person), range(2 * MOST_A_DAY)))
    assert sum(counted) == MOST_A_DAY


def test_tomorrow_and_others_are_not_concerned(either_world: World) -> None:
    person, other = either_world.resident(), either_world.resident()
    assert [is_counted(either_world, person) for _ in range(MOST_A_DAY + 1)][-1] is False
    assert is_counted(either_world, other)
    either_world.now += timedelta(days=1)
    assert is_counted(either_world, person)


def test_what_is_counted_in_a_transaction_that_fails_is_not_counted(either_world: World) -> None:
    """Why it is committed before the photo is opened: the negative control."""
    person = either_world.resident()
    for _ in range(MOST_A_DAY):
        with pytest.raises(ZeroDivisionError), either_world.database.writing() as session:
            count_photo(session, either_world.programme, resident=person, now=either_world.now)
            raise ZeroDivisionError
    assert is_counted(either_world, person)
