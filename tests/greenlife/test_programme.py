"""The programme as a whole, and the city's days."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from greenlife.errors import ConfigInvalid
from greenlife.programme import Programme, load_programme
from greenlife.review import RULES


@pytest.fixture(scope="module")
def programme() -> Programme:
    return load_programme("huzhou")


def test_a_day_begins_at_the_citys_midnight(programme: Programme) -> None:
    assert programme.local_day(datetime(2026, 10, 20, 15, 59, 59, tzinfo=UTC)) == date(2026, 10, 20)
    assert programme.local_day(datetime(2026, 10, 20, 16, 0, tzinfo=UTC)) == date(2026, 10, 21)
    assert programme.midnight(date(2026, 10, 21)) == datetime(2026, 10, 20, 16, 0, tzinfo=UTC)
    assert programme.midnight(date(2026, 10, 21)).tzinfo is UTC


def test_an_instant_without_a_zone_has_no_day(programme: Programme) -> None:
    with pytest.raises(ValueError, match="time zone"):
        programme.local_day(datetime(2026, 10, 20))  # noqa: DTZ001


def test_actions_tiers_and_indicators_fit_together(programme: Programme) -> None:
    off = {action.replace("_", "-") for action in programme.city.actions_off}
    assert {kind.methodology for kind in programme.actions.values()} == set(programme.methodologies) - off
    for kind in programme.actions.values():
        assert set(kind.tiers) <= set(programme.tiers)
    for indicator in programme.framework.indicators:
        if indicator.measure:
            assert set(indicator.measure.actions) <= set(programme.actions)


def test_a_city_leaves_out_rules_that_would_judge_by_what_nobody_shows(programme: Programme) -> None:
    asked = {rule.code for rule in programme.rulebook.rules}
    assert asked == set(RULES) - set(programme.city.rules_off)
    assert "poster_shared" in programme.city.rules_off


def test_a_rule_that_is_none_cannot_be_left_out(programme: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = replace(programme.city, rules_off=("poster_shred",))
    monkeypatch.setattr("greenlife.programme.load_city", lambda _: wrong)
    with pytest.raises(ConfigInvalid) as refused:
        load_programme("huzhou")
    assert (refused.value.params["where"], refused.value.params["key"]) == ("huzhou/city.toml", "rules_off")


def test_an_unknown_city_does_not_start() -> None:
    with pytest.raises(ConfigInvalid):
        load_programme("atlantis")
