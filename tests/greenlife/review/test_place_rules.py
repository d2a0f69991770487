"""Rules about where somebody was: each with what honest people do that comes near."""

from greenlife.review import Fix, Observation
from tests.greenlife.review.build import days, located, north, outcome, says, scan, seen, weighed

SPEED, VELOCITY = "too_fast_between_places", "too_many_at_once"
COORDINATES, ELSEWHERE, SHARED = "identical_coordinates", "far_from_the_code", "poster_shared"


# --- speed ---


def test_twenty_kilometres_in_two_minutes_are_held_with_the_other_scan() -> None:
    before = scan(0)
    suspicion = says(SPEED, scan(2, metres=20_000), [before])
    assert suspicion is not None and suspicion.outcome == "hold"
    assert suspicion.related == (before.id,) and suspicion.params == {"metres": 20_000, "minutes": 2}


def test_what_was_queued_without_a_network_is_held_against_what_happened_after_it() -> None:
    assert outcome(SPEED, scan(-3, metres=20_000), [scan(0)]) == "hold"


def test_a_card_can_be_lent_and_is_only_marked() -> None:
    card = seen(-3, tier="partner", site_id="far", site=north(20_000))
    assert outcome(SPEED, card, [scan(0)]) == "flag"


def test_a_train_to_the_next_city_is_left_alone() -> None:
    assert outcome(SPEED, scan(20, metres=40_000), [scan(0)]) is None


def test_the_clock_of_a_bus_may_be_wrong_by_minutes() -> None:
    card = seen(1, tier="partner", site_id="stop", site=north(4_000))
    assert outcome(SPEED, card, [scan(0)]) is None


def test_one_phone_has_one_clock_and_is_looked_at_more_closely() -> None:
    assert outcome(SPEED, scan(1, metres=4_000), [scan(0)]) == "hold"
    assert outcome(SPEED, scan(8, metres=4_000), [scan(0)]) is None


def test_a_printed_code_can_be_shown_by_somebody_else_and_is_only_marked() -> None:
    assert outcome(SPEED, weighed("2", 2, site_id="far", site=north(20_000)), [scan(0)]) == "flag"


def test_two_phones_of_one_account_are_two_people_and_only_marked() -> None:
    assert outcome(SPEED, scan(2, metres=20_000, device_id="other phone"), [scan(0)]) == "flag"


def on_two_phones(*earlier: Observation) -> list[Observation]:
    """An account that was on another phone, too, some days ago."""
    return [scan(days(-3), device_id="other phone"), *earlier]


def test_an_account_on_two_phones_is_only_marked_the_first_time_and_held_the_second() -> None:
    first = on_two_phones(scan(0))
    assert outcome(SPEED, scan(2, metres=20_000), first) == "flag"
    again = [*first, scan(2, metres=20_000), scan(days(2))]
    assert outcome(SPEED, scan(days(2) + 2, metres=20_000), again) == "hold"


def test_who_stays_within_what_runs_on_two_phones_has_no_first_time() -> None:
    commute = on_two_phones(scan(0), scan(40, metres=20_000), scan(days(2)))
    assert outcome(SPEED, scan(days(2) + 2, metres=20_000), commute) == "flag"


def test_a_phone_that_was_replaced_long_ago_is_no_second_phone() -> None:
    assert outcome(SPEED, scan(2, metres=20_000), [scan(days(-20), device_id="old phone"), scan(0)]) == "hold"


def test_what_has_no_place_has_no_speed() -> None:
    assert outcome(SPEED, seen(1), [scan(0, metres=20_000)]) is None
    assert outcome(SPEED, scan(1, metres=20_000), [seen(0)]) is None


# --- velocity ---


def test_four_posters_in_ten_minutes_are_held() -> None:
    earlier = [scan(minute, metres=minute * 100) for minute in (1, 4, 7)]
    assert outcome(VELOCITY, scan(10, metres=1000), earlier) == "hold"


def test_three_posters_on_the_way_home_are_left_alone() -> None:
    assert outcome(VELOCITY, scan(10, metres=1000), [scan(1), scan(5, metres=400)]) is None


def test_a_visit_with_six_materials_is_one_place_and_no_matter_of_speed() -> None:
    visit = [weighed("2", minute, tier="rotating", staff_id=None, device_id="phone") for minute in range(6)]
    assert outcome(VELOCITY, weighed("2", 7, tier="rotating", staff_id=None), visit) is None
    assert outcome(VELOCITY, scan(8), visit) is None


def test_photo_after_photo_is_held() -> None:
    plates = [seen(minute, action="clean_plate", tier="declared") for minute in range(5)]
    assert outcome(VELOCITY, seen(6, action="clean_plate", tier="declared"), plates) == "hold"
    assert outcome(VELOCITY, seen(6, action="clean_plate", tier="declared"), plates[:2]) is None


# --- identical coordinates ---


def test_one_sharp_position_on_three_days_is_held() -> None:
    typed = Fix(north(3), 5)
    earlier = [located(days(day), fix=typed) for day in (0, 1)]
    assert outcome(COORDINATES, located(days(2), fix=typed), earlier[1:]) is None
    assert outcome(COORDINATES, located(days(2), fix=typed), earlier) == "hold"


def test_the_same_stop_every_day_with_a_position_that_wanders_is_left_alone() -> None:
    earlier = [located(days(day), phone=day * 1.5) for day in range(9)]
    assert outcome(COORDINATES, located(days(9), phone=14), earlier) is None


def test_a_shop_known_by_its_radio_repeats_itself_and_says_so_by_its_radius() -> None:
    by_radio = Fix(north(20), 40)
    assert (
        outcome(COORDINATES, located(days(5), fix=by_radio), [located(days(day), fix=by_radio) for day in range(5)])
        is None
    )


def test_one_position_at_several_places_is_held_unless_the_phone_repeats_its_last_one() -> None:
    fix = Fix(north(3), 30)
    earlier = [located(0, fix=fix), located(1, metres=400, fix=fix)]
    assert outcome(COORDINATES, located(60, metres=900, fix=fix), earlier) == "hold"
    assert outcome(COORDINATES, located(12, metres=900, fix=fix), earlier) is None


def test_a_phone_that_gives_an_old_position_once_is_left_alone() -> None:
    fix = Fix(north(3), 10)
    assert outcome(COORDINATES, located(days(1), metres=900, fix=fix), [located(0, fix=fix)]) is None


def test_a_blurred_position_is_left_alone() -> None:
    blurred = Fix(north(400), 2000)
    assert outcome(COORDINATES, located(60, metres=900, fix=blurred), [located(0, fix=blurred)]) is None


# --- far from the code ---


def test_the_third_time_far_from_the_code_is_held() -> None:
    earlier = [located(days(day), phone=9_000) for day in range(2)]
    assert outcome(ELSEWHERE, located(days(2), phone=9_000), earlier) == "hold"


def test_a_phone_that_errs_once_is_only_marked() -> None:
    assert outcome(ELSEWHERE, located(1, phone=9_000), [located(0)]) == "flag"
    assert outcome(ELSEWHERE, located(1, phone=800), [located(0)]) is None


def test_a_phone_that_knows_it_is_blurred_is_believed() -> None:
    assert outcome(ELSEWHERE, located(0, phone=4_000, accuracy=2_000)) is None


def test_no_position_is_no_suspicion() -> None:
    assert outcome(ELSEWHERE, scan(0)) is None


# --- a poster shared in a chat ---


def chat(count: int, *, apart: float = 90) -> list:
    return [
        scan(number * apart, resident_id=f"member {number}", device_id=f"phone {number}") for number in range(count)
    ]


def test_who_comes_from_far_again_and_again_without_a_position_to_such_a_poster_is_held() -> None:
    before = scan(0, town="far")
    assert outcome(SHARED, scan(days(1), town="far"), [*chat(12), before]) == "hold"


def test_a_tourist_scans_such_a_poster_once_and_is_only_marked() -> None:
    assert outcome(SHARED, scan(days(1), town="far"), chat(12)) == "flag"


def test_who_lives_there_is_only_marked() -> None:
    assert outcome(SHARED, scan(days(1), town="here"), [*chat(12), scan(0, town="here")]) == "flag"


def test_who_is_seen_there_by_others_is_only_marked() -> None:
    work = seen(days(1) - 30, tier="partner", site_id="stop", site=north(1_000))
    earlier = [*chat(12), scan(0, town="far"), work]
    assert outcome(SHARED, scan(days(1), town="far"), earlier) == "flag"


def test_where_most_show_that_they_are_there_nobody_has_to() -> None:
    crowd = [located(number * 90, resident_id=f"passer-by {number}") for number in range(8)]
    earlier = [*chat(4), *crowd, scan(0, town="far")]
    assert outcome(SHARED, scan(days(1), town="far"), earlier) is None


def test_many_at_once_without_a_position_are_held_the_first_time_unless_they_live_there() -> None:
    assert outcome(SHARED, scan(20, town="far"), chat(9, apart=2)) == "hold"
    assert outcome(SHARED, scan(20, town="here"), chat(9, apart=2)) == "flag"


def test_a_family_with_one_phone_is_no_crowd() -> None:
    family = [scan(number, resident_id=f"child {number}") for number in range(9)]
    assert outcome(SHARED, scan(20), family) is None


def test_a_festival_is_a_crowd_that_is_there() -> None:
    crowd = [located(number, resident_id=f"guest {number}") for number in range(14)]
    assert outcome(SHARED, scan(20), [*chat(6, apart=3), *crowd]) is None
