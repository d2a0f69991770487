"""The history in memory answers as the interface says."""

from datetime import timedelta
from random import Random

from greenlife.review import Point, Tally, bands, metres_between
from tests.greenlife.review.build import HERE, NOON, day_of, days, history, north, scan, seen, weighed


def test_answers_are_the_newest_first_within_both_ends_and_never_more_than_asked_for() -> None:
    rows = [scan(minute) for minute in (3, 1, 2, 0)]
    past = history(*rows)
    hour = {"since": NOON, "until": NOON + timedelta(minutes=2)}
    assert [one.occurred_at.minute for one in past.of_resident("resident", most=9, **hour)] == [2, 1, 0]
    assert [one.occurred_at.minute for one in past.of_resident("resident", most=2, **hour)] == [2, 1]
    assert [one.occurred_at.minute for one in past.at_site("site-0", most=2, **hour)] == [2, 1]
    assert [one.occurred_at.minute for one in past.on_device("phone", most=2, **hour)] == [2, 1]
    assert past.of_resident("somebody else", most=9, **hour) == []


def test_one_unit_alone_can_be_asked_for() -> None:
    past = history(seen(0), weighed("1", 1))
    hour = {"since": NOON, "until": NOON + timedelta(hours=1)}
    assert [one.unit for one in past.of_resident("resident", unit="kg", most=9, **hour)] == ["kg"]


def test_pairs_and_staff_are_counted_by_day_and_by_what_was_done() -> None:
    past = history(
        weighed("1.5", 0),
        weighed("1.235", 1),
        weighed("2", days(2), resident_id="other"),
        seen(3, staff_id="attendant"),
    )
    assert past.pair("attendant", "resident", weighed=True, since=day_of(0)) == Tally(2, 2735, 1, 1)
    assert past.staff("attendant", weighed=True, since=day_of(0)) == Tally(3, 4735, 2, 1)
    assert past.staff("attendant", weighed=True, since=day_of(days(1))) == Tally(1, 2000, 1)
    assert past.pair("attendant", "resident", weighed=False, since=day_of(0)) == Tally(1, 0, 0)


def test_photos_of_at_most_three_different_bits_always_share_a_band() -> None:
    rng = Random(5)
    for _ in range(500):
        photo = rng.getrandbits(64)
        other = photo
        for bit in rng.sample(range(64), 3):
            other ^= 1 << bit
        assert set(bands(photo)) & set(bands(other))


def test_photos_of_four_different_bits_may_not() -> None:
    photo = 0x0123_4567_89AB_CDEF
    assert not set(bands(photo)) & set(bands(photo ^ 0x0001_0001_0001_0001))


def test_old_photos_are_forgotten() -> None:
    past = history(seen(0, photo_hash=7))
    assert [one.photo_hash for one in past.photos_like(7, since=day_of(0), most=5)] == [7]
    assert past.photos_like(7, since=day_of(days(1)), most=5) == []


def test_distances_are_those_of_the_ground() -> None:
    assert abs(metres_between(HERE, north(5_000)) - 5_000) < 1
    east = Point(HERE.latitude, HERE.longitude + 0.01)
    assert abs(metres_between(HERE, east) - 954.4) < 1
