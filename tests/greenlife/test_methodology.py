"""Methodologies: worked examples, derivations, and the arithmetic behind them."""

import dataclasses
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, localcontext
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlife.errors import InputMissing, InputUnknown, MaterialUnknown, MethodologyUnknown, UnitUnknown
from greenlife.methodology import FORMULAS, Example, Input, Methodology, Quantification, load_methodologies, quantify
from greenlife.methodology.document import write_document
from greenlife.methodology.formula import outcome
from greenlife.methodology.load_unused import load_unused

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
        inputs=example.inputs, weight=example.weight, on=example.on,
    )  # fmt: skip
    assert (result.exact_grams, result.mg) == (example.grams, example.mg)


@pytest.mark.parametrize(
    ("methodology", "example"),
    [pytest.param(*one, id=f"{one[0].code}: {one[1].titles['en']}") for one in examples()],
)
def test_what_is_shown_is_what_is_booked(methodology: Methodology, example: Example) -> None:
    """The factors that were multiplied once and for all give what the steps give, read downwards."""
    result = quantify(
        methodology, quantity=example.quantity, unit=example.unit, material=example.material,
        inputs=example.inputs, weight=example.weight, on=example.on,
    )  # fmt: skip
    if result.steps:
        *shown, last = result.steps
        assert max(Decimal(0), outcome(shown)) * 1000 == result.exact_grams
        assert last.value == Decimal(result.mg).scaleb(-3)
    else:
        assert result.mg == 0
        assert methodology.no_grams


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
def test_the_conservative_value_of_those_that_were_read_in_a_source_is_the_chosen_one(methodology: Methodology) -> None:
    for parameter in methodology.parameters:
        read = [one.converted for one in parameter.rejected if one.confidence != "unverified"]
        if FORMULAS[methodology.formula].roles[parameter.role].most_is_safe:
            assert all(parameter.converted >= value for value in read), parameter.id
        else:
            assert all(parameter.converted <= value for value in read), parameter.id
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
    new = dataclasses.replace(old, id="bike-km-2027", converted=Decimal("0.05"), valid_from=date(2027, 1, 1))
    old = dataclasses.replace(old, valid_to=date(2026, 12, 31))
    changed = dataclasses.replace(bike, parameters=(old, new))
    for day, mg in ((date(2026, 12, 31), 40_000), (date(2027, 1, 1), 50_000)):
        one_km = quantify(changed, quantity=Decimal(1), unit="km", material=None, weight=Decimal(1), on=day)
        assert one_km.mg == mg


def test_a_difference_is_shown_from_its_beginning_and_never_below_zero() -> None:
    bike = METHODOLOGIES["shared-bike"]
    (factor,) = bike.parameters
    baseline = dataclasses.replace(factor, role="baseline", converted=Decimal("0.25"))
    project = dataclasses.replace(factor, id="project", role="project", converted=Decimal("0.05"))
    for worse, shown, mg in (
        (False, ["0.25 kg/km", "− 0.05 kg/km", "× 2 km", "× 1.00", "× 1", "= 400.000 g"], 400_000),
        (True, ["0.25 kg/km", "− 0.30 kg/km", "× 2 km", "× 1.00", "× 1", "= 0.000 g"], 0),
    ):
        spent = dataclasses.replace(project, converted=Decimal("0.30")) if worse else project
        changed = dataclasses.replace(bike, formula="baseline_minus_project", parameters=(baseline, spent))
        result = quantify(changed, quantity=Decimal(2), unit="km", material=None, weight=Decimal(1), on=DAY)
        assert [f"{step.operator} {step.value} {step.unit}".strip() for step in result.steps] == shown
        assert result.mg == mg


def with_formula(formula: str, **values: str) -> Methodology:
    """The own bag's methodology with another formula, its roles as told."""
    bag = METHODOLOGIES["own-bag"]
    return dataclasses.replace(
        bag,
        formula=formula,
        inputs=tuple(
            Input(id=name, unit="", least=Decimal(1), most=Decimal(99), decimals=0, titles={"zh-CN": name, "en": name})
            for name in (*FORMULAS[formula].inputs, *FORMULAS[formula].optional_inputs)
        ),
        parameters=tuple(
            dataclasses.replace(bag.parameters[0], id=role, role=role, converted=Decimal(value))
            for role, value in values.items()
        ),
    )


def grams_of(methodology: Methodology, quantity: str, **inputs: str) -> str:
    result = quantify(
        methodology, quantity=Decimal(quantity), unit="bag", material=None, weight=Decimal(1), on=DAY,
        inputs={name: Decimal(value) for name, value in inputs.items()},
    )  # fmt: skip
    return f"{result.exact_grams.normalize():f}"


def test_people_who_share_a_car_save_their_share_of_it_less_the_detour() -> None:
    carpool = with_formula("shared_car", car="0.2", detour="0.1")
    assert grams_of(carpool, "10", persons="2") == "900"  # 2 kg × (1 − 1.1 / 2)
    assert grams_of(carpool, "10", persons="3") == "1266.6"  # a share of 0.63333… is cut
    assert grams_of(carpool, "10", persons="1") == "0"  # alone, the detour is all there is
    with pytest.raises(InputMissing):
        grams_of(carpool, "10")
    with pytest.raises(InputUnknown):
        grams_of(carpool, "10", persons="2", wheels="4")
    with pytest.raises(InputUnknown):
        grams_of(METHODOLOGIES["own-bag"], "1", persons="2")


def test_a_household_saves_below_the_citys_mean_or_else_below_its_own() -> None:
    household = with_formula("household_baseline", per_person="3", grid="0.5")
    assert grams_of(household, "150", persons="2", days="30") == "15000"  # (3 × 2 × 30 − 150) × 0.5 kg
    assert grams_of(household, "150", persons="2", days="30", own_mean="4") == "15000"  # the city's mean comes first
    assert grams_of(household, "200", persons="2", days="30", own_mean="8") == "20000"  # (8 × 30 − 200) × 0.5 kg
    assert grams_of(household, "200", persons="2", days="30") == "0"
    assert grams_of(household, "200", persons="2", days="30", own_mean="5") == "0"


def test_a_stretch_of_days_without_a_factor_computes_nothing() -> None:
    bus = METHODOLOGIES["bus-ride"]
    ended = tuple(dataclasses.replace(one, valid_to=date(2026, 3, 31)) for one in bus.parameters)
    later = dataclasses.replace(bus.parameters[0], id="later", valid_from=date(2026, 5, 1))
    changed = dataclasses.replace(bus, parameters=(*ended, later))
    for day, known in ((date(2026, 3, 31), True), (date(2026, 4, 1), False), (date(2026, 5, 1), True)):
        if known:
            assert changed.rate("km", None, day).parameters
        else:
            with pytest.raises(MethodologyUnknown):
                changed.rate("km", None, day)


positive = st.decimals(min_value=0, max_value=1000, places=3)
share = st.decimals(min_value=0, max_value=1, places=2)


@given(quantity=positive, factor=st.decimals(min_value=0, max_value=100, places=5), displacement=share, weight=share)
def test_the_product_is_exact_whatever_the_callers_precision(
    quantity: Decimal, factor: Decimal, displacement: Decimal, weight: Decimal
) -> None:
    bag = METHODOLOGIES["own-bag"]
    changed = dataclasses.replace(
        bag,
        parameters=(dataclasses.replace(bag.parameters[0], converted=factor),),
        displacement=dataclasses.replace(bag.displacement, value=displacement),
    )
    with localcontext(prec=3):
        result = quantify(changed, quantity=quantity, unit="bag", material=None, weight=weight, on=DAY)
        grams, mg = result.exact_grams, result.mg
    parts = [int(one.scaleb(5)) for one in (quantity, factor, displacement, weight)]
    exact = parts[0] * parts[1] * parts[2] * parts[3]
    assert int(grams.scaleb(17)) == exact
    assert mg == exact // 10**14


@given(quantity=positive, more=positive)
def test_more_activity_never_avoids_less(quantity: Decimal, more: Decimal) -> None:
    assert cardboard(str(quantity + more)).mg >= cardboard(str(quantity)).mg


def test_the_document_is_what_the_data_says() -> None:
    written = write_document(METHODOLOGIES.values(), load_unused())
    assert DOCUMENT.read_text("utf-8") == written, "run python -m greenlife.methodology.document docs/methodology.md"
