"""The rules as a whole: their file, what they may know, and what they may ask."""

import ast
import dataclasses
import inspect
import re
import sys
import tomllib
import typing
from pathlib import Path

import pytest

from greenlife import review
from greenlife.errors import ConfigInvalid
from greenlife.review import RULES, History, Observation, Suspicion, load_rulebook
from tests.greenlife.review.build import history, north, scan, walk

PACKAGE = Path(review.__file__).parent
DATA = PACKAGE / "data" / "rules.toml"
DOCUMENT = PACKAGE.parents[1] / "docs" / "review.md"
ALLOWED = ("greenlife.review", "greenlife.errors", "greenlife.checked_table")


def test_every_rule_has_its_table_and_every_threshold_is_a_placeholder() -> None:
    rulebook = load_rulebook()
    assert [rule.code for rule in rulebook.rules] == list(RULES)
    assert rulebook.placeholders == set(RULES)


def wrong(tmp_path: Path, before: str, after: str) -> dict[str, object]:
    text = DATA.read_text("utf-8")
    assert before in text
    (tmp_path / "rules.toml").write_text(text.replace(before, after, 1), "utf-8")
    with pytest.raises(ConfigInvalid) as caught:
        load_rulebook(tmp_path / "rules.toml")
    return caught.value.params


@pytest.mark.parametrize(
    ("before", "after", "key"),
    [
        ("most_kmh = 130", "most_kmh = 0", "too_fast_between_places.most_kmh"),
        ("most_kmh = 130", 'most_kmh = "130"', "too_fast_between_places.most_kmh"),
        ("most_kmh = 130", "", "too_fast_between_places.most_kmh"),
        ("most_kmh = 130", "most_kmh = 130\nmost_mph = 80", "too_fast_between_places.most_mph"),
        ('status = "placeholder"', 'status = "proven"', "too_fast_between_places.status"),
        ('outcome = "hold"', 'outcome = "punish"', "too_fast_between_places.outcome"),
        ("[tree_dead]", "[tree_dying]", "tree_dead"),
        ("habit_parts = 3", "habit_parts = 5", "bag_split.habit_parts"),
        ("least_scans = 10", "least_scans = 60", "poster_shared.least_scans"),
        ("digits_others_percent = 60", "digits_others_percent = 90", "pair_too_busy.digits_others_percent"),
        ("usual_kmh = 25", "usual_kmh = 60", "trip_too_fast.usual_kmh"),
        ("fast_kmh = 28", "fast_kmh = 41", "trip_too_fast.fast_kmh"),
        ("far_weighings = 13", "far_weighings = 18", "pair_too_busy.far_weighings"),
    ],
)
def test_nonsense_does_not_start_and_names_the_setting(tmp_path: Path, before: str, after: str, key: str) -> None:
    params = wrong(tmp_path, before, after)
    assert (params["where"], params["key"]) == ("rules.toml", key)


def test_each_threshold_has_bounds(tmp_path: Path) -> None:
    for code, values in tomllib.loads(DATA.read_text("utf-8")).items():
        for name, value in values.items():
            if isinstance(value, int):
                for nonsense in (-1, 10**9):
                    text = DATA.read_text("utf-8")
                    head, rest = text.split(f"[{code}]", 1)
                    (tmp_path / "rules.toml").write_text(
                        f"{head}[{code}]{re.sub(rf'(?m)^{name} = .*$', f'{name} = {nonsense}', rest, count=1)}", "utf-8"
                    )
                    with pytest.raises(ConfigInvalid, match=name):
                        load_rulebook(tmp_path / "rules.toml")


def test_a_rule_can_be_made_to_mark_only(tmp_path: Path) -> None:
    text = DATA.read_text("utf-8").replace('outcome = "hold"', 'outcome = "flag"', 1)
    (tmp_path / "rules.toml").write_text(text.replace('status = "placeholder"', 'status = "set_by_city"', 1), "utf-8")
    rulebook = load_rulebook(tmp_path / "rules.toml")
    verdict = rulebook.judge(scan(2, metres=20_000), history(scan(0)))
    assert [one.code for one in verdict.suspicions] == ["too_fast_between_places"] and not verdict.held
    assert load_rulebook().judge(scan(2, metres=20_000), history(scan(0))).held
    assert "too_fast_between_places" not in rulebook.placeholders


def test_an_ordinary_action_raises_nothing_and_several_rules_may_speak() -> None:
    rulebook = load_rulebook()
    assert rulebook.judge(scan(0), history()).suspicions == ()
    far = scan(3, metres=20_000, fix=review.Fix(north(0), 10))
    past = history(*(scan(number, metres=number * 100) for number in range(3)))
    said = [one.code for one in rulebook.judge(far, past).suspicions]
    assert said == ["too_fast_between_places", "too_many_at_once", "far_from_the_code"]


def test_rules_know_nothing_but_observations_errors_and_tables() -> None:
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [node.module] if isinstance(node, ast.ImportFrom) else []
            names += [one.name for one in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                assert name.startswith(ALLOWED) or name.split(".")[0] in sys.stdlib_module_names, (path, name)


def test_rules_are_given_an_observation_and_a_history_and_nothing_else() -> None:
    for rule in RULES.values():
        hints = typing.get_type_hints(rule.judge)
        assert hints == {"new": Observation, "history": History, "return": Suspicion | None}


def test_an_observation_has_only_what_a_booking_has() -> None:
    assert {field.name for field in dataclasses.fields(Observation)} == {
        "id", "resident_id", "action", "tier", "quantity", "unit", "occurred_at", "local_day", "material", "device_id",
        "staff_id", "site_id", "site", "town", "fix", "started_at", "moved_metres", "photo_hash", "tree_id",
    }  # fmt: skip


def test_judging_changes_neither_the_history_nor_the_verdict() -> None:
    past = history(*(walk(11_000, 100, number * 1440) for number in range(4)))
    new = walk(11_100, 100, 4 * 1440)
    assert load_rulebook().judge(new, past) == load_rulebook().judge(new, past)


def test_every_question_has_a_bound() -> None:
    for name, method in inspect.getmembers(History, inspect.isfunction):
        names = set(inspect.signature(method).parameters)
        if name.startswith("_"):
            continue
        assert (
            "most" in names
            or "since" in names
            or names in ({"self", "tree_id"}, {"self", "resident_id"}, {"self", "town"})
        ), name


def test_the_document_names_every_rule_with_its_thresholds() -> None:
    text = DOCUMENT.read_text("utf-8")
    for code, values in tomllib.loads(DATA.read_text("utf-8")).items():
        (row,) = [line for line in text.splitlines() if line.startswith(f"| `{code}`")]
        for name, value in values.items():
            if name not in {"status", "outcome"}:
                assert f"{name} = {value}" in row, (code, name)
