"""Methodologies: worked examples, derivations, and the arithmetic behind them."""

import dataclasses
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, localcontext
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlife.errors import MaterialUnknown, MethodologyUnknown, UnitUnknown
from greenlife.methodology import FORMULAS, Example, Methodology, Quantification, load_methodologies, quantify
from greenlife.methodology.document import write_document
from greenlife.methodology.formula import avoided_grams

METHODOLOGIES = load_methodologies()
DAY = date(2026, 10, 21)
DOCUMENT = Path(__file__).parents[2] / "docs" / "methodology.md"


def examples() -> Iterator[tuple[Methodology, Example]]:
    for methodology in METHODOLOGIES.values():
        for example in methodology.examples:
            yield methodology, example


def cardboard(kilograms: str, weight: str = "1.00") -> Quantification:
    return quantify(
        METHODOLOGIES["recyclables"], quantity=Decimal(kilograms), unit="kg", material="cardboard",
        weight=Decimal(weight), on=DAY,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("methodology", "example"),
    [pytest.param(*one, id=f"{one[0].code}: {one[1].titles['en']}") for one in examples()],
)
def test_worked_examples_come_out_as_written(methodology: Methodology, example: Example) -> None:
    result = quantify(
        methodology, quantity=example.quantity, unit=example.unit, material=example.material,
        weight=example.weight, on=example.on,
    )  # fmt: skip
    assert (result.exact_grams, result.mg) == (example.grams, example.mg)


def test_a_receipt_shows_each_step_from_the_weighing_to_the_gram() -> None:
    shown = [f"{step.operator} {step.value} {step.unit}".strip() for step in cardboard("3.20").steps]
    assert shown == ["3.20 kg", "× 0.10161 kg/kg", "× 1.00", "× 1.00", "= 325.152 g"]
    assert [step.label["zh-CN"] for step in cardboard("3.20").steps] == [
        "称出来的纸板", "每千克减碳，废纸代新浆", "替代比例", "证据权重", "零头舍去",
    ]  # fmt: skip


def test_a_receipt_shows_both_sources_the_smaller_one_chosen() -> None:
    (parameter,) = cardboard("3.20").parameters
    assert [str(one.value) for one in parameter.sources] == ["0.10161", "3.4561"]
    assert parameter.sources[0] is parameter


@pytest.mark.parametrize("methodology", METHODOLOGIES.values(), ids=METHODOLOGIES)
def test_the_cautious_one_of_the_values_that_were_read_in_a_source_is_the_chosen_one(methodology: Methodology) -> None:
    for parameter in methodology.parameters:
        read = [one.converted for one in parameter.rejected if one.confidence != "unverified"]
        most_is_safe = methodology.the_formula.roles[parameter.role].most_is_safe
        assert parameter.converted == (max if most_is_safe else min)([parameter.converted, *read]), parameter.id
        assert parameter.rejected or parameter.note, "show what else there is, or say that there is nothing"


def test_what_is_below_a_milligram_is_cut_off_never_rounded_up() -> None:
    assert cardboard("0.001").exact_grams == Decimal("0.10161")
    assert cardboard("0.001").mg == 101
    assert cardboard("3.20", weight="0.00").mg == 0


def test_units_materials_and_days_that_a_methodology_does_not_cover_are_refused() -> None:
    recyclables = METHODOLOGIES["recyclables"]
    covered = {"quantity": Decimal(1), "unit": "kg", "material": "pet", "weight": Decimal(1), "on": DAY}
    for changed, error in (
        ({"unit": "km"}, UnitUnknown),
        ({"material": "gold"}, MaterialUnknown),
        ({"material": None}, MaterialUnknown),
        ({"on": date(2025, 12, 31)}, MethodologyUnknown),
    ):
        with pytest.raises(error):
            quantify(recyclables, **(covered | changed))  # type: ignore[arg-type]


def test_the_factor_is_that_of_the_day_of_the_action() -> None:
    bike = METHODOLOGIES["shared-bike"]
    (old,) = bike.parameters
    new = dataclasses.replace(old, id="bike-km-2027", value=Decimal("0.05"), valid_from=date(2027, 1, 1))
    old = dataclasses.replace(old, valid_to=date(2026, 12, 31))
    changed = dataclasses.replace(bike, parameters=(old, new))
    for day, mg in ((date(2026, 12, 31), 40_000), (date(2027, 1, 1), 50_000)):
        one_km = quantify(changed, quantity=Decimal(1), unit="km", material=None, weight=Decimal(1), on=day)
        assert one_km.mg == mg


def test_a_difference_is_shown_from_its_beginning_and_never_below_zero() -> None:
    bike = METHODOLOGIES["shared-bike"]
    (factor,) = bike.parameters
    baseline = dataclasses.replace(factor, role="baseline", value=Decimal("0.25"))
    project = dataclasses.replace(factor, id="project", role="project", value=Decimal("0.05"))
    for worse, shown, mg in (
        (False, ["0.25 kg/km", "− 0.05 kg/km", "× 2 km", "× 1.00", "× 1", "= 400.000 g"], 400_000),
        (True, ["0.25 kg/km", "− 0.30 kg/km", "× 2 km", "× 1.00", "× 1", "= 0.000 g"], 0),
    ):
        spent = dataclasses.replace(project, value=Decimal("0.30")) if worse else project
        changed = dataclasses.replace(bike, formula="baseline_minus_project", parameters=(baseline, spent))
        result = quantify(changed, quantity=Decimal(2), unit="km", material=None, weight=Decimal(1), on=DAY)
        assert [f"{step.operator} {step.value} {step.unit}".strip() for step in result.steps] == shown
        assert result.mg == mg


positive = st.decimals(min_value=0, max_value=1000, places=3)
share = st.decimals(min_value=0, max_value=1, places=2)


@given(quantity=positive, factor=st.decimals(min_value=0, max_value=100, places=5), displacement=share, weight=share)
def test_the_product_is_exact_whatever_the_callers_precision(
    quantity: Decimal, factor: Decimal, displacement: Decimal, weight: Decimal
) -> None:
    with localcontext(prec=3):
        grams = avoided_grams(
            FORMULAS["net_saving"], [factor], quantity=quantity, displacement=displacement, weight=weight
        )
    parts = [int(one.scaleb(5)) for one in (quantity, factor, displacement, weight)]
    assert int(grams.scaleb(20)) == parts[0] * parts[1] * parts[2] * parts[3] * 1000


@given(quantity=positive, more=positive)
def test_more_activity_never_avoids_less(quantity: Decimal, more: Decimal) -> None:
    assert cardboard(str(quantity + more)).mg >= cardboard(str(quantity)).mg


def test_the_document_is_what_the_data_says() -> None:
    written = write_document(METHODOLOGIES.values())
    assert DOCUMENT.read_text("utf-8") == written, "run python -m greenlife.methodology.document docs/methodology.md"
