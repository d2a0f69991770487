"""Rules about phones, photos, trees, steps, trips, and about what waits already."""

from datetime import timedelta

import pytest

from greenlife.review import Inspection, MemoryHistory
from tests.greenlife.review.build import day_of, days, history, outcome, says, scan, seen, trip, walk

DEVICE, PHOTO, TREE = "many_residents_on_device", "photo_reused", "tree_dead"
STEPS, TRIP, PENDING = "steps_shaken", "trip_too_fast", "already_pending"
HASH = 0x9F3A_22C1_70E4_5B8D


# --- devices ---


def rounds(residents: int, sites: int) -> list:
    return [
        scan(days(site) + number, metres=site * 100, resident_id=f"resident {number}")
        for site in range(sites)
        for number in range(residents)
    ]


def test_the_seventh_resident_on_a_phone_is_held() -> None:
    assert outcome(DEVICE, scan(9, resident_id="one more"), rounds(6, 1)) == "hold"


def test_a_family_of_six_with_one_phone_is_left_alone() -> None:
    assert outcome(DEVICE, scan(9, resident_id="resident 5"), rounds(5, 1)) is None
    assert outcome(DEVICE, scan(days(6), resident_id="resident 1"), rounds(6, 6)) is None


def test_a_phone_that_makes_the_round_with_all_its_accounts_every_day_is_held() -> None:
    assert outcome(DEVICE, scan(days(11), resident_id="resident 1"), rounds(5, 11)) == "hold"


def test_what_comes_without_a_phone_is_left_alone() -> None:
    earlier = [scan(number, resident_id=f"resident {number}", device_id=None) for number in range(9)]
    assert outcome(DEVICE, scan(9, device_id=None), earlier) is None


# --- photos ---


def plate(minutes: float, photo: int, **given: object):
    return seen(minutes, action="clean_plate", tier="declared", photo_hash=photo, **given)


@pytest.mark.parametrize("changed", [0, 0b1, 0b11 << 40, 0b1111_1111])
def test_a_photo_saved_again_is_held(changed: int) -> None:
    before = plate(0, HASH, resident_id="somebody else")
    suspicion = says(PHOTO, plate(days(3), HASH ^ changed), [before])
    assert suspicion is not None and suspicion.outcome == "hold"
    assert suspicion.related == (before.id,)
    assert suspicion.params == {"bits": changed.bit_count(), "own": 0, "days": 3}


def test_the_same_table_photographed_again_is_left_alone() -> None:
    assert outcome(PHOTO, plate(days(3), HASH ^ 0b1111_1111_1111), [plate(0, HASH)]) is None


# --- trees ---


def tree(minutes: float, name: str = "tree 1"):
    return seen(minutes, action="tree_care", tier="declared", tree_id=name)


def inspected(*alive: bool) -> MemoryHistory:
    past = history()
    for number, one in enumerate(alive, 1):
        past.inspect(Inspection(tree_id=f"tree {number}", resident_id="resident", on=day_of(0), alive=one))
    return past


def test_care_for_a_tree_that_was_found_dead_is_held() -> None:
    assert outcome(TREE, tree(days(1)), inspected(False)) == "hold"


def test_a_living_tree_of_somebody_who_lost_others_is_left_alone() -> None:
    assert outcome(TREE, tree(days(1)), inspected(True, False, False, False)) is None


def test_a_tree_that_nobody_looked_at_yet_is_held_only_where_most_others_were_dead() -> None:
    assert outcome(TREE, tree(days(1), "new"), inspected(False, False, True)) == "hold"
    assert outcome(TREE, tree(days(1), "new"), inspected(False, True, True)) is None
    assert outcome(TREE, tree(days(1), "new"), inspected(False)) is None


def test_a_second_look_counts_and_the_first_no_longer() -> None:
    past = inspected(False)
    past.inspect(Inspection(tree_id="tree 1", resident_id="resident", on=day_of(days(1)), alive=True))
    assert outcome(TREE, tree(days(2)), past) is None


# --- steps ---


def test_four_hours_at_one_pace_are_held() -> None:
    assert outcome(STEPS, walk(24_000, 240)) == "hold"


def test_a_hike_with_pauses_is_left_alone() -> None:
    assert outcome(STEPS, walk(15_000, 240)) is None


def test_a_walk_that_moved_is_left_alone_however_long() -> None:
    assert outcome(STEPS, walk(30_000, 300, moved_metres=20_000)) is None


def test_an_hour_on_a_treadmill_every_day_at_one_pace_is_left_alone() -> None:
    past = [walk(6_750, 60, days(day), moved_metres=20) for day in range(8)]
    assert outcome(STEPS, walk(6_750, 60, days(8), moved_metres=20), past) is None


def test_more_in_a_day_than_a_treadmill_gives_is_held() -> None:
    past = [walk(9_000, 80, hour * 60, moved_metres=10) for hour in (-3, 0)]
    assert outcome(STEPS, walk(9_000, 80, 180, moved_metres=10), past) == "hold"


def test_long_ones_of_always_the_same_pace_are_held() -> None:
    past = [walk(11_000, 100, days(day)) for day in range(4)]
    assert outcome(STEPS, walk(11_100, 100, days(4)), past) == "hold"
    assert outcome(STEPS, walk(9_500, 100, days(4)), past) is None


# --- trips ---


def test_a_trip_at_the_speed_of_a_car_is_held() -> None:
    assert outcome(TRIP, trip(46)) == "hold"


def test_a_fast_trip_once_is_left_alone() -> None:
    assert outcome(TRIP, trip(31, days(6)), [trip(17, days(day)) for day in range(6)]) is None


def test_usual_trips_too_fast_for_a_bicycle_are_held() -> None:
    past = [trip(27, days(day)) for day in range(8)]
    suspicion = says(TRIP, trip(26.5, days(8)), past)
    assert suspicion is not None and suspicion.outcome == "hold"
    assert suspicion.params == {"kmh": 26, "fast_trips": 0, "usual_kmh": 27}
    assert outcome(TRIP, trip(26, days(8)), past[1:]) is None
    assert outcome(TRIP, trip(12, days(8)), past) is None


def test_after_two_trips_that_no_electric_bicycle_makes_a_slower_one_is_held() -> None:
    rides = [trip(18, days(day)) for day in range(8)]
    fast = [trip(29, days(day) + 60) for day in (2, 5)]
    assert outcome(TRIP, trip(19, days(8)), [*rides, *fast]) == "hold"
    assert outcome(TRIP, trip(19, days(8)), [*rides, fast[0]]) is None
    assert outcome(TRIP, trip(12, days(8)), [*rides, *fast]) is None


def test_two_jumps_of_the_position_in_two_months_are_left_alone() -> None:
    assert outcome(TRIP, trip(19, days(60)), [trip(34, days(2)), trip(34, days(45))]) is None


def test_an_electric_bicycle_in_a_hurry_is_left_alone() -> None:
    assert outcome(TRIP, trip(24, days(9)), [trip(22 + day % 3, days(day)) for day in range(9)]) is None


def test_trips_that_an_operator_reports_are_the_operators_matter() -> None:
    assert outcome(TRIP, trip(80, tier="partner")) is None


def test_a_trip_without_a_length_in_time_has_no_speed() -> None:
    new = trip(20)
    assert outcome(TRIP, trip(20, started_at=new.occurred_at + timedelta(minutes=1))) is None
    assert outcome(TRIP, trip(20, started_at=None)) is None


# --- what waits already ---


def test_three_that_wait_make_the_next_one_wait() -> None:
    past = history()
    for number in range(3):
        assert outcome(PENDING, scan(number), past) is None
        past.add(scan(number), held=True)
    assert outcome(PENDING, scan(4), past) == "hold"
    assert outcome(PENDING, scan(4, action="own_bag"), past) is None
    assert outcome(PENDING, scan(4, resident_id="somebody else"), past) is None
    assert outcome(PENDING, scan(days(40)), past) is None
