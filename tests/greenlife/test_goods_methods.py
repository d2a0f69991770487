"""What the methodologies of clothes, food and goods promise beyond their worked examples."""

from datetime import date
from decimal import Decimal

import pytest

from greenlife.methodology import Quantification, load_methodologies, quantify

METHODOLOGIES = load_methodologies()
DAY = date(2026, 10, 21)


def one(code: str, unit: str, material: str | None = None) -> Quantification:
    return quantify(METHODOLOGIES[code], quantity=Decimal(1), unit=unit, material=material, weight=Decimal(1), on=DAY)


def test_a_bag_of_unknown_contents_counts_as_its_weakest_material_and_never_as_more() -> None:
    recyclables = METHODOLOGIES["recyclables"]
    sorted_out = [one("recyclables", "kg", name).mg for name in recyclables.materials if name != "mixed"]
    assert one("recyclables", "kg", "mixed").mg == min(sorted_out)


def test_clothes_count_the_same_whether_handed_in_as_clothes_or_as_textiles() -> None:
    assert one("used-clothes", "kg").mg == one("recyclables", "kg", "textiles").mg


def test_sorting_saves_with_recyclables_and_food_waste_alone_saves_nothing_and_is_not_charged() -> None:
    full, food = one("full-sorting", "kg"), one("food-waste", "kg")
    assert full.exact_grams == Decimal("100.05")
    assert (food.exact_grams, food.mg) == (0, 0)
    assert food.rate.milligrams(Decimal(1), Decimal(1)) == Decimal(-68240)  # it is the cut at zero that holds


@pytest.mark.parametrize("code", ["own-cup", "bamboo", "food-waste"])
def test_what_earns_points_only_says_why_in_both_languages(code: str) -> None:
    why = METHODOLOGIES[code].no_grams
    assert why is not None
    assert "0" in why["zh-CN"]
    assert "0 g" in why["en"]


@pytest.mark.parametrize("code", ["second-hand-clothes", "second-hand-goods"])
def test_what_is_bought_second_hand_counts_for_a_small_part_of_a_new_one(code: str) -> None:
    displacement = METHODOLOGIES[code].displacement
    assert displacement.value <= Decimal("0.5")
    assert displacement.confidence == "placeholder"
