"""`greenlife quantify`: grams, points and the derivation line by line, without a database."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from greenlife.cli.quantify import quantify
from greenlife.errors import (
    ActionUnknown,
    ConfigInvalid,
    MethodologyUnknown,
    QuantityInvalid,
    TierNotAccepted,
    UnitUnknown,
)


def run(*words: str, **environment: str) -> Result:
    env = {"LANG": "C", "LC_ALL": None, "GREENLIFE_LOCALE": None, "GREENLIFE_VAR": "/nowhere"} | environment
    return CliRunner(env=env).invoke(quantify, words)


def test_the_whole_derivation_is_printed_line_by_line() -> None:
    said = run("recyclables", "--on", "2026-10-21", "kg=3.20", "material=cardboard").output.splitlines()
    assert [line.split() for line in said[1:6]] == [
        ["3.20", "kg", "cardboard,", "weighed"],
        ["×", "0.10161", "kg/kg", "avoided", "per", "kilogram,", "waste", "paper", "for", "new", "pulp"],
        ["×", "1.00", "share", "that", "replaces", "the", "baseline"],
        ["×", "1.00", "evidence", "weight,", "seen", "by", "an", "attendant"],
        ["=", "325.152", "g", "rounded", "down"],
    ]
    assert said[0] == "Recyclables handed in · recyclables@2026.1 · attended"
    assert "cardboard-desnz-2025: 0.10161 kgCO2e/kg" in said[6]
    assert said[-1] == "325152 mg CO2e, 16 points"


def test_it_speaks_the_language_of_the_terminal() -> None:
    said = run("bus_ride", "--on", "2026-10-21", "km=6.4", GREENLIFE_LOCALE="zh-CN").output
    assert "172160 毫克二氧化碳当量，2 积分" in said


def test_the_tier_is_the_strongest_unless_told() -> None:
    assert "0 mg CO2e, 1 points" in run("bus_ride", "--on", "2026-10-21", "ride=1", "tier=poster").output


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("flying", "km=1"), ActionUnknown),
        (("bus_ride",), UnitUnknown),
        (("bus_ride", "kg=1"), UnitUnknown),
        (("bus_ride", "km=many"), QuantityInvalid),
        (("bus_ride", "km=1", "tier=rumour"), TierNotAccepted),
    ],
)
def test_what_cannot_be_computed_has_its_own_error(words: tuple[str, ...], error: type[Exception]) -> None:
    assert isinstance(run(*words, "--on", "2026-10-21").exception, error)


def test_before_the_methodology_began_nothing_is_computed() -> None:
    assert isinstance(run("bus_ride", "km=1", "--on", "2025-12-31").exception, MethodologyUnknown)


@pytest.mark.parametrize("words", [("bus_ride", "km"), ("bus_ride", "=1"), ("bus_ride", "km=1", "km=2")])
def test_what_is_no_pair_is_told(words: tuple[str, ...]) -> None:
    assert "is not KEY=VALUE" in run(*words, "--on", "2026-10-21").output
    assert "不是“键=值”" in run(*words, "--on", "2026-10-21", GREENLIFE_LOCALE="zh-CN").output


def test_a_folder_of_actions_that_is_not_there_is_named() -> None:
    found = run("bus_ride", "km=1", "--on", "2026-10-21", GREENLIFE_ACTIONS="/nowhere").exception
    assert isinstance(found, ConfigInvalid)
    assert found.params["key"] == "GREENLIFE_ACTIONS"


def test_one_file_is_a_new_action(tmp_path: Path) -> None:
    """The file of docs/how-to/add-an-action.md, word for word."""
    how_to = (Path(__file__).parents[2] / "docs" / "how-to" / "add-an-action.md").read_text("utf-8")
    (tmp_path / "refill_soap.toml").write_text(how_to.partition("```toml\n")[2].partition("```")[0], "utf-8")
    said = run("refill_soap", "item=2", "--on", "2026-12-01", GREENLIFE_ACTIONS=str(tmp_path)).output
    assert said.splitlines()[-1] == "60000 mg CO2e, 3 points"
    assert "30 gCO2e/item, To be set by the city\n" in said  # a source without an address ends with its name
    assert isinstance(run("refill_soap", "item=2", "--on", "2026-12-01").exception, ActionUnknown)
