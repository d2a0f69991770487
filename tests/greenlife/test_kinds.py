"""Action kinds as data: points, limits, and what their files must not have."""

import dataclasses
from decimal import Decimal
from pathlib import Path

import pytest

from greenlife import kinds as kinds_package
from greenlife.errors import ConfigInvalid
from greenlife.kinds import TIERS, ActionKind, PointsRule, load_kinds, load_tiers
from greenlife.kinds.load import load_kind
from greenlife.methodology import load_methodologies

DATA = Path(kinds_package.__file__).parent / "data"
METHODOLOGIES = load_methodologies()
KINDS, _ = load_kinds(methodologies=METHODOLOGIES, tiers=TIERS)


def test_five_tiers_rise_from_a_claim_to_a_partners_data() -> None:
    assert [(tier.level, tier.id) for tier in load_tiers().values()] == list(enumerate(TIERS, 1))


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_posters_earn_few_points_and_no_weight(kind: ActionKind) -> None:
    if poster := kind.tiers.get("poster"):
        assert poster.weight == 0
        assert poster.points.most <= 2
        assert poster.daily_cap <= 4


@pytest.mark.parametrize(
    ("quantity", "points"), [("0.05", 1), ("0.39", 1), ("0.40", 2), ("3.20", 16), ("3.39", 16), ("30", 150)]
)
def test_points_by_weight_are_rounded_down_and_never_nothing(quantity: str, points: int) -> None:
    assert KINDS["recyclables"].tiers["attended"].points.points(Decimal(quantity)) == points


def test_points_stop_at_their_most() -> None:
    rule = PointsRule(base=1, per_unit=Decimal("0.5"), least=1, most=10)
    assert [rule.points(Decimal(km)) for km in ("0.2", "1.999", "2", "17.9", "18", "50")] == [1, 1, 2, 9, 10, 10]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('code = "recyclables"', 'code = "rubbish"', "code"),
        ('group = "goods"', 'group = "misc"', "group"),
        ('methodology = "recyclables"', 'methodology = "alchemy"', "methodology"),
        ('icon = "recycle"', 'icon = "Recycle!"', "icon"),
        ("[tier.attended]", "[tier.rumour]", "tier.rumour"),
        ('weight = "1.00"', 'weight = "1.5"', "tier.attended.weight"),
        ("daily_cap = 20", "daily_cap = 0", "tier.attended.daily_cap"),
        ("least = 1, most = 150", "least = 0, most = 150", "tier.attended.points.least"),
        ("least = 1, most = 150", f"least = 1, most = {10**30}", "tier.attended.points.most"),
        ("base = 0", f"base = {10**30}", "tier.attended.points.most"),
        ('most = "30"', f'most = "{10**18}"', "unit[1].most"),
        ('status = "placeholder"', 'status = "rumoured"', "tier.attended.points.status"),
        ('least = "0.05"', 'least = "0"', "unit[1].least"),
        ("decimals = 3", "decimals = 4", "unit[1].decimals"),
        ('unit = "kg"', 'unit = "g"', "unit"),
        ('id = "glass"', 'id = "gold"', "material"),
        ('id = "glass"', 'id = "cardboard"', "material"),
        ("[tier.attended]", '[[unit]]\nunit = "kg"\nleast = "1"\nmost = "2"\ndecimals = 0\n\n[tier.attended]', "unit"),
        ('titles = { zh-CN = "玻璃", en = "Glass" }', "", "material[8].titles"),
        ('daily_quantity = "60"', 'daily_quantity = "0"', "tier.attended.daily_quantity"),
        ('daily_quantity = "60"', "interval_minutes = 0", "tier.attended.interval_minutes"),
        ('daily_quantity = "60"', "place_cap = 0", "tier.attended.place_cap"),
        ('daily_quantity = "60"', 'daily_quantity = "10000000000"', "tier.attended.daily_quantity"),
        ('daily_quantity = "60"', "interval_minutes = 9000000000000000000", "tier.attended.interval_minutes"),
        ('daily_quantity = "60"', "place_cap = 10000000000", "tier.attended.place_cap"),
        ('daily_quantity = "60"', "claim_days = -1", "tier.attended.claim_days"),
        ("dwell_seconds = 3", "dwell_seconds = 0", "tier.attended.dwell_seconds"),
        ("daily_cap = 20", "daily_cap = 99999999999999999999", "tier.attended.daily_cap"),
        ('places = ["station"]', 'places = ["moon"]', "tier.attended.places"),
    ],
)
def test_a_mistake_names_its_file_and_key(tmp_path: Path, old: str, new: str, key: str) -> None:
    text = (DATA / "recyclables.toml").read_text("utf-8")
    assert old in text
    file = tmp_path / "recyclables.toml"
    file.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ConfigInvalid) as refused:
        load_kind(file, dict(METHODOLOGIES), TIERS)
    assert (refused.value.params["where"], refused.value.params["key"]) == ("recyclables.toml", key)


def test_points_for_each_unit_need_one_unit_only(tmp_path: Path) -> None:
    text = (DATA / "bus_ride.toml").read_text("utf-8")
    file = tmp_path / "bus_ride.toml"
    file.write_text(text.replace('per_unit = "0"', 'per_unit = "1"', 1), "utf-8")
    with pytest.raises(ConfigInvalid, match="several units"):
        load_kind(file, dict(METHODOLOGIES), TIERS)


def test_partners_report_out_of_order_and_have_no_interval(tmp_path: Path) -> None:
    text = (DATA / "shared_bike.toml").read_text("utf-8")
    file = tmp_path / "shared_bike.toml"
    file.write_text(text.replace("daily_cap = 30", "daily_cap = 30\ninterval_minutes = 5", 1), "utf-8")
    with pytest.raises(ConfigInvalid, match="out of order"):
        load_kind(file, dict(METHODOLOGIES), TIERS)


def test_a_kind_is_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        KINDS["own_bag"].code = "other"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("kind", "old", "new", "why"),
    [
        ("own_cup", "review = true\n", "", "review = true"),
        ("own_cup", "review = true", "review = false", "review = true"),
        ("own_cup", 'least = "1"', 'least = "2"', "a photo shows one"),
        ("bus_ride", "[tier.poster]", "[tier.declared]\nreview = true", "a photo shows one"),
        ("recyclables", "[tier.attended]", "[tier.declared]\nreview = true", "a photo shows one"),
    ],
)
def test_what_is_declared_is_one_thing_that_somebody_looks_at(
    tmp_path: Path, kind: str, old: str, new: str, why: str
) -> None:
    text = (DATA / f"{kind}.toml").read_text("utf-8")
    assert old in text
    file = tmp_path / f"{kind}.toml"
    file.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ConfigInvalid, match=why) as refused:
        load_kind(file, dict(METHODOLOGIES), TIERS)
    assert refused.value.params["key"] == "tier.declared"
