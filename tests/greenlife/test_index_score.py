"""The index from values: goalposts, missing data, weights, and contributions that add up."""

import dataclasses
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlife import lifestyle_index
from greenlife.errors import ConfigInvalid
from greenlife.lifestyle_index import Dimension, Framework, Indicator, load_framework, score_framework
from greenlife.lifestyle_index.score import normalise
from greenlife.programme import load_programme

ACTIONS = load_programme("huzhou").actions
FRAMEWORK = load_framework(actions=ACTIONS)
DATA = Path(lifestyle_index.__file__).parent / "data" / "framework.toml"
HUNDRED = Decimal(100)
TEXT = {"zh-CN": "指标", "en": "indicator"}


def indicator(name: str, weight: str = "1", worst: str = "0", best: str = "100") -> Indicator:
    direction = "more_is_better" if Decimal(worst) < Decimal(best) else "less_is_better"
    return Indicator(
        id=name, titles=TEXT, units=TEXT, direction=direction, worst=Decimal(worst), best=Decimal(best),
        weight=Decimal(weight), measure=None, note=TEXT,
    )  # fmt: skip


def framework(*dimensions: tuple[str, tuple[Indicator, ...]]) -> Framework:
    return dataclasses.replace(
        FRAMEWORK,
        dimensions=tuple(
            Dimension(id=f"d{number}", titles=TEXT, weight=Decimal(weight), indicators=indicators)
            for number, (weight, indicators) in enumerate(dimensions, 1)
        ),
    )


TWO = framework(("0.6", (indicator("a", "0.75"), indicator("b", "0.25"))), ("0.4", (indicator("c"),)))


def decimals(**values: str | None) -> dict[str, Decimal | None]:
    return {name: None if value is None else Decimal(value) for name, value in values.items()}


def test_a_full_score_is_the_weighted_mean() -> None:
    score = score_framework(TWO, decimals(a="80", b="40", c="50"))
    assert [one.contribution for one in score.contributions] == [Decimal(36), Decimal(6), Decimal(20)]
    assert [one.score for one in score.dimensions] == [Decimal(70), Decimal(50)]
    assert (score.index, score.coverage) == (Decimal(62), Decimal(1))


def test_a_missing_indicator_leaves_its_weight_inside_its_dimension() -> None:
    score = score_framework(TWO, decimals(a="80", b=None, c="50"))
    assert [(one.contribution, one.missing) for one in score.contributions] == [
        (Decimal(48), False), (Decimal(0), True), (Decimal(20), False),
    ]  # fmt: skip
    assert (score.index, score.coverage) == (Decimal(68), Decimal("0.85"))
    assert score.dimensions[0].coverage == Decimal("0.75")


def test_a_dimension_without_data_is_left_out_not_counted_as_zero() -> None:
    score = score_framework(TWO, decimals(c="50"))
    assert (score.index, score.coverage) == (Decimal(50), Decimal("0.40"))
    assert score.dimensions[0].score is None
    assert [one.share for one in score.contributions] == [Decimal(0), Decimal(0), Decimal(1)]


def test_no_data_at_all_is_no_index_and_zero_is_an_index() -> None:
    nothing = score_framework(TWO, {})
    assert (nothing.index, nothing.coverage) == (None, Decimal(0))
    assert score_framework(TWO, decimals(a="0", b="0", c="0")).index == Decimal(0)


@pytest.mark.parametrize(
    ("worst", "best", "value", "points"),
    [("0", "10", "2.5", 25), ("0", "10", "-1", 0), ("0", "10", "11", 100), ("2000", "600", "1300", 50),
     ("2000", "600", "2500", 0), ("2000", "600", "0", 100), ("50", "100", "75", 50)],
)  # fmt: skip
def test_goalposts_fix_what_nothing_and_everything_are(worst: str, best: str, value: str, points: int) -> None:
    assert normalise(indicator("x", worst=worst, best=best), Decimal(value)) == points


def test_a_neighbours_value_moves_nobody() -> None:
    # Goalposts, not the best of seven: the score is a function of the own values alone.
    assert score_framework(TWO, decimals(a="80", b="40", c="50")) == score_framework(
        TWO, decimals(a="80", b="40", c="50", neighbour="100")
    )


values = st.one_of(st.none(), st.decimals(min_value=-50, max_value=3000, places=6))


@given(st.lists(values, min_size=len(FRAMEWORK.indicators), max_size=len(FRAMEWORK.indicators)))
def test_contributions_add_up_to_the_index_to_the_last_digit(drawn: list[Decimal | None]) -> None:
    named = dict(zip((one.id for one in FRAMEWORK.indicators), drawn, strict=True))
    score = score_framework(FRAMEWORK, named)
    if score.index is None:
        assert set(drawn) == {None}
        return
    assert sum(one.contribution for one in score.contributions) == score.index
    assert sum(one.contribution for one in score.dimensions) == score.index
    assert 0 <= score.index <= HUNDRED
    assert abs(sum(one.share for one in score.contributions) - 1) < Decimal("0.002")
    assert 0 <= score.coverage <= 1


@given(st.decimals(min_value=0, max_value=100, places=6), st.decimals(min_value=0, max_value=100, places=6))
def test_a_better_value_never_lowers_the_index(first: Decimal, second: Decimal) -> None:
    low, high = sorted((first, second))
    before, after = (score_framework(TWO, decimals(b="40", c="50") | {"a": value}).index for value in (low, high))
    assert before is not None
    assert after is not None
    assert before <= after


def test_the_framework_has_the_five_dimensions_of_the_standard_and_says_what_is_a_placeholder() -> None:
    assert [one.titles["zh-CN"] for one in FRAMEWORK.dimensions] == [
        "绿色居住", "绿色出行", "绿色消费", "绿色服务", "绿色素养",
    ]  # fmt: skip
    assert (FRAMEWORK.weights_status, FRAMEWORK.goalposts_status) == ("placeholder", "placeholder")
    assert sum(one.weight for one in FRAMEWORK.dimensions) == 1
    for dimension in FRAMEWORK.dimensions:
        assert sum(one.weight for one in dimension.indicators) == 1, dimension.id
        assert any(one.measure for one in dimension.indicators), dimension.id
        assert any(one.measure is None for one in dimension.indicators), dimension.id


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('weights_status = "placeholder"', 'weights_status = "true"', "weights_status"),
        ('weight = "0.50"', 'weight = "0"', "dimension[1].indicator[1].weight"),
        ('best = "10"', 'best = "0"', "dimension[1].indicator[1].best"),
        ('worst = "2000"', 'worst = "500"', "dimension[1].indicator[2].best"),
        ('kind = "quantity_per_participant"', 'kind = "magic"', "dimension[1].indicator[1].measure.kind"),
        ('actions = ["own_bag"]', 'actions = ["own_bug"]', "dimension[3].indicator[1].measure.actions"),
        (', unit = "kg"', "", "dimension[1].indicator[1].measure.unit"),
        ('id = "household_water"', 'id = "household_electricity"', "dimension[1].indicator[3].id"),
        ('note = { zh-CN = "待供电部门提供。", en = "To come from the grid company." }', "",
         "dimension[1].indicator[2].note"),
        ('standard = "DB3305/T 224—2022"', 'standard = "DB3305/T 224—2022"\nrank = 1', "rank"),
    ],
)  # fmt: skip
def test_a_mistake_names_its_file_and_key(tmp_path: Path, old: str, new: str, key: str) -> None:
    text = DATA.read_text("utf-8")
    assert old in text
    file = tmp_path / "framework.toml"
    file.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ConfigInvalid) as refused:
        load_framework(file, actions=ACTIONS)
    assert (refused.value.params["where"], refused.value.params["key"]) == ("framework.toml", key)
