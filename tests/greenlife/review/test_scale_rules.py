"""Rules about weighings and about who weighs."""

from tests.greenlife.review.build import days, outcome, says, seen, weighed

SALT, SPLIT, PAIR = "repeated_small_weighings", "bag_split", "pair_too_busy"


# --- small weighings ---


def test_the_eighth_dose_is_held_with_the_others() -> None:
    doses = [weighed("0.10", days(number / 2)) for number in range(7)]
    assert outcome(SALT, weighed("0.105", days(3.5)), doses[1:]) is None
    suspicion = says(SALT, weighed("0.105", days(3.5)), doses)
    assert suspicion is not None and suspicion.outcome == "hold"
    assert suspicion.params == {"weighings": 8, "grams": 105} and len(suspicion.related) == 7


def test_a_handful_of_cans_every_morning_is_not_a_dose() -> None:
    cans = [
        weighed(f"0.{hundredths}", days(number)) for number, hundredths in enumerate(("08", "31", "15", "22", "38"))
    ]
    assert outcome(SALT, weighed("0.19", days(4.5)), cans) is None


def test_little_of_four_materials_in_one_visit_is_left_alone() -> None:
    visit = [weighed("0.20", number, material=material) for number, material in enumerate(("pet", "steel", "glass"))]
    assert outcome(SALT, weighed("0.20", 4, material="film"), visit) is None


def test_many_small_ones_on_one_day_are_held_though_they_differ() -> None:
    weights = ("0.06", "0.11", "0.17", "0.24", "0.30", "0.39")
    assert (
        outcome(SALT, weighed("0.35", 300), [weighed(one, number * 40) for number, one in enumerate(weights)]) == "hold"
    )


def test_heavy_ones_do_not_count() -> None:
    assert outcome(SALT, weighed("4.1", 60), [weighed("4.1", number) for number in range(9)]) is None


# --- a split bag ---


def bag(minutes: float, parts: int, kilograms: str = "1.2") -> list:
    return [weighed(kilograms, minutes + number) for number in range(parts)]


def test_a_bag_in_five_parts_is_held_at_the_fifth() -> None:
    assert [outcome(SPLIT, weighed("1.2", 9), bag(0, parts)) for parts in (1, 2, 3, 4)] == [
        None,
        "flag",
        "flag",
        "hold",
    ]


def test_who_splits_as_a_habit_is_held_from_the_second_part_on() -> None:
    habit = [*bag(0, 3), *bag(days(1), 3)]
    assert outcome(SPLIT, weighed("1.2", days(2)), habit) is None
    assert outcome(SPLIT, weighed("1.2", days(2) + 1), [*habit, *bag(days(2), 1)]) == "hold"


def test_three_bags_of_paper_once_are_only_marked() -> None:
    assert outcome(SPLIT, weighed("3.5", 3), bag(0, 2, "3.5")) == "flag"
    assert outcome(SPLIT, weighed("3.5", days(2) + 1), [*bag(0, 3, "3.5"), *bag(days(2), 1, "3.5")]) is None


def test_loads_that_no_bag_holds_are_left_alone() -> None:
    assert outcome(SPLIT, weighed("21.4", 9), bag(0, 4, "18.2")) is None


def test_other_materials_are_other_bags() -> None:
    visit = [
        weighed("1.2", number, material=material) for number, material in enumerate(("pet", "film", "steel", "glass"))
    ]
    assert outcome(SPLIT, weighed("1.2", 5), visit) is None


# --- pairs ---


def test_eighteen_heavy_weighings_between_two_people_in_three_days_are_held() -> None:
    earlier = [weighed("9.235", days(number / 9)) for number in range(17)]
    assert outcome(PAIR, weighed("9.235", days(2)), earlier) == "hold"
    assert outcome(PAIR, weighed("9.235", days(2)), earlier[1:]) is None


def test_a_stall_holder_with_three_loads_a_day_is_left_alone() -> None:
    loads = [weighed("18.645", days(day) + load) for day in range(5) for load in range(3)]
    assert outcome(PAIR, weighed("18.645", days(5)), loads) is None


def far_loads(count: int, kilograms: str = "9.235") -> list:
    return [weighed(kilograms, days(number / 6), town="far") for number in range(count)]


def test_fourteen_heavy_weighings_in_three_days_far_from_home_are_held() -> None:
    assert outcome(PAIR, weighed("9.235", days(2.4), town="far"), far_loads(13)) == "hold"
    assert outcome(PAIR, weighed("9.235", days(2.4), town="far"), far_loads(12)) is None


def test_as_many_in_the_town_where_one_lives_are_left_alone() -> None:
    near = [weighed("9.235", days(number / 6), town="near") for number in range(13)]
    assert outcome(PAIR, weighed("9.235", days(2.4), town="near"), near) is None
    assert outcome(PAIR, weighed("9.235", days(2.4)), far_loads(13)) is None  # it is not known where


def test_a_stall_in_another_town_with_four_loads_a_day_is_left_alone() -> None:
    loads = [weighed("18.645", days(day) + load, town="far") for day in range(3) for load in range(4)]
    assert outcome(PAIR, weighed("1.235", days(2) + 9, town="far", material="film"), loads) is None


def test_little_things_far_from_home_are_left_alone() -> None:
    assert outcome(PAIR, weighed("0.435", days(2.4), town="far"), far_loads(14, "0.435")) is None


def test_an_old_lady_with_four_little_things_a_day_is_left_alone() -> None:
    little = [weighed("0.435", days(day) + thing) for day in range(3) for thing in range(5)]
    assert outcome(PAIR, weighed("0.435", days(2) + 9), little) is None


def test_weights_typed_round_for_one_resident_alone_are_held() -> None:
    others = [weighed(f"3.{number}15", number, resident_id=f"other {number}") for number in range(10, 35)]
    friend = [weighed("12.5", days(day)) for day in range(3)]
    assert outcome(PAIR, weighed("8.0", days(4)), [*others, *friend]) == "hold"
    assert outcome(PAIR, weighed("8.0", days(4)), [*others, *friend[1:]]) is None


def test_a_dial_gives_round_weights_to_everybody() -> None:
    others = [weighed("3.5", number, resident_id=f"other {number}") for number in range(25)]
    friend = [weighed("12.5", days(day)) for day in range(4)]
    assert outcome(PAIR, weighed("8.0", days(4)), [*others, *friend]) is None


def test_tenths_typed_where_a_dial_shows_halves_are_held() -> None:
    others = [weighed("3.5", number, resident_id=f"other {number}") for number in range(25)]
    friend = [weighed("12.3", days(day)) for day in range(4)]
    little = [weighed("0.3", days(day)) for day in range(4)]
    assert outcome(PAIR, weighed("8.7", days(4)), [*others, *friend]) == "hold"
    assert outcome(PAIR, weighed("0.7", days(4)), [*others, *little]) is None


def test_a_clerk_who_books_bags_for_one_resident_all_day_is_held() -> None:
    bags = [
        seen(days(number / 4), action="own_bag", tier="attended", unit="bag", staff_id="clerk") for number in range(7)
    ]
    new = seen(days(1.8), action="own_bag", tier="attended", unit="bag", staff_id="clerk")
    assert outcome(PAIR, new, bags) == "hold"
    assert outcome(PAIR, new, bags[::2]) is None


def test_another_clerk_is_another_pair() -> None:
    bags = [seen(days(number / 4), tier="attended", unit="bag", staff_id=f"clerk {number}") for number in range(9)]
    assert outcome(PAIR, seen(days(2.3), tier="attended", unit="bag", staff_id="clerk 1"), bags) is None
