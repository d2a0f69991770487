"""What an action is worth, and what is no quantity."""

import contextlib
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlife.actions import Quote, parse_quantity, quote_action
from greenlife.errors import (
    ActionUnknown,
    GreenlifeError,
    MaterialUnknown,
    QuantityInvalid,
    QuantityOutOfRange,
    TierNotAccepted,
    UnitUnknown,
)
from greenlife.programme import load_programme
from translations.sentences import sentence

PROGRAMME = load_programme("huzhou")


def quote(
    action: str = "recyclables",
    tier: str = "attended",
    quantity: str = "3.20",
    unit: str = "kg",
    material: str | None = "cardboard",
) -> Quote:
    return quote_action(
        PROGRAMME, action=action, tier=tier, quantity=Decimal(quantity), unit=unit, material=material,
        on=date(2026, 10, 21),
    )  # fmt: skip


def test_a_weighing_has_grams_from_science_and_points_from_policy() -> None:
    found = quote()
    assert (found.mg, found.points, found.zero_reason) == (325_152, 16, None)
    assert (found.methodology, found.factors) == (
        "recyclables@2026.1", {"cardboard-desnz-2025": "0.10161 kgCO2e/kg"},
    )  # fmt: skip
    assert found.quantification.steps[3].label["zh-CN"] == "证据权重，专人核验"


def test_a_poster_gives_points_no_grams_and_the_reason() -> None:
    bag = quote("own_bag", "poster", "1", "bag", None)
    bus = quote("bus_ride", "poster", "1", "ride", None)
    assert (bag.mg, bag.points, bag.zero_reason) == (0, 2, "poster_no_grams")
    assert (bus.mg, bus.points, bus.zero_reason) == (0, 1, "poster_no_grams")


def test_partners_report_rides_by_distance_or_by_ride() -> None:
    assert quote("bus_ride", "partner", "6.4", "km", None).mg == 172_160
    assert quote("bus_ride", "partner", "1", "ride", None).mg == 80_000
    trip = quote("shared_bike", "partner", "1.437", "km", None)
    assert (trip.mg, trip.points) == (57_480, 1)


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"action": "flying"}, ActionUnknown),
        ({"tier": "declared"}, TierNotAccepted),
        ({"tier": "rumour"}, TierNotAccepted),
        ({"unit": "t"}, UnitUnknown),
        ({"material": "gold"}, MaterialUnknown),
        ({"material": None}, MaterialUnknown),
        ({"quantity": "0"}, QuantityOutOfRange),
        ({"quantity": "-1"}, QuantityOutOfRange),
        ({"quantity": "0.049"}, QuantityOutOfRange),
        ({"quantity": "30.01"}, QuantityOutOfRange),
        ({"quantity": "1e9"}, QuantityOutOfRange),
        ({"quantity": "NaN"}, QuantityOutOfRange),
        ({"quantity": "sNaN"}, QuantityOutOfRange),
        ({"quantity": "Infinity"}, QuantityOutOfRange),
        ({"quantity": "1.0001"}, QuantityInvalid),
    ],
)
def test_what_does_not_count_has_its_own_error(changed: dict[str, str], error: type[GreenlifeError]) -> None:
    with pytest.raises(error):
        quote(**changed)


def test_a_quantity_out_of_range_says_the_range_and_its_unit() -> None:
    with pytest.raises(QuantityOutOfRange) as refused:
        quote(quantity="31")
    assert refused.value.params == {"least": Decimal("0.05"), "most": Decimal(30), "unit": "kg"}


def test_a_material_where_there_are_none_and_half_a_bag_are_refused() -> None:
    with pytest.raises(MaterialUnknown):
        quote("own_bag", "poster", "1", "bag", "paper")
    with pytest.raises(QuantityInvalid) as half:
        quote("own_bag", "attended", "1.5", "bag", None)
    assert half.value.params["of"] == "whole"
    assert quote("own_bag", "attended", "2.0", "bag", None).mg == 10_000


@pytest.mark.parametrize(
    ("typed", "number"), [("3.20", "3.20"), (" 3.2 ", "3.2"), ("３．２０", "3.20"), ("007", "7"), ("1000000000", "1E9")]
)
def test_plain_and_full_width_numbers_are_read(typed: str, number: str) -> None:
    assert parse_quantity(typed) == Decimal(number)


def test_zeros_at_the_end_are_kept_as_typed() -> None:
    assert str(parse_quantity("3.20")) == "3.20"


@pytest.mark.parametrize(
    "typed",
    ["", " ", "NaN", "Infinity", "-1", "+1", "−1", "1e9", "1E3", "1,000", "1_000", "1.", ".5", "1.0000", "0x10", "三",
     "1 2", "٣", "1\n2", "½", "1" * 13, "1" * 100_000, "3.2kg", "<b>"],
)  # fmt: skip
def test_everything_else_is_no_quantity(typed: str) -> None:
    with pytest.raises(QuantityInvalid) as refused:
        parse_quantity(typed)
    assert len(str(refused.value.params["text"])) <= 40


@pytest.mark.parametrize(
    ("action", "why"),
    [("own_bag", "A whole number like 3"), ("bus_ride", "A number like 3.2"), ("recyclables", "A number like 3.2")],
)
def test_the_example_in_a_refusal_fits_the_action(action: str, why: str) -> None:
    with pytest.raises(QuantityInvalid) as refused:
        parse_quantity("some", PROGRAMME.actions[action])
    assert sentence("quantity_invalid", refused.value.params, str).why.startswith(why)


@given(st.text(max_size=100))
def test_whatever_is_typed_is_a_number_or_refused(typed: str) -> None:
    with contextlib.suppress(QuantityInvalid):
        assert parse_quantity(typed).is_finite()
