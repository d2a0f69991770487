"""What is said of a command that is typed wrongly, in the language of the terminal."""

import gettext
import os
import re
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import click
import pytest
from babel.messages.extract import extract_from_dir

from greenlife.cli import main
from greenlife.cli.main import cli
from tests.world import World
from translations import texts_for
from translations.usage import ANSWERS, HELP, USAGE, VALUES

SETTINGS = {"GREENLIFE_SECRET_KEY": "s" * 40, "GREENLIFE_BASE_URL": "https://green.example"}
SHEETS = "posters print --out x.pdf"
NONE = "/nowhere/at-all"
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+(?:![rsa])?\}")
CASES = {
    "Usage:": "--help",
    "Options": "--help",
    "Commands": "--help",
    "required": "posters print --help",
    "default: {default}": "posters print --help",
    "Show this message and exit.": "--help",
    "Error: {message}": "nope",
    "Try '{command} {option}' for help.": "nope",
    "Missing option": "posters print",
    "Missing argument": "ledger publish",
    "No such command {name!r}.": "nope",
    "No such option {name!r}.": "demo --nope",
    "Did you mean {possibility}?": "postrs",
    "Option {name!r} requires an argument.": "posters print --out",
    "Option {name!r} does not take a value.": "demo --reset=1",
    "Got unexpected extra argument ({args})": "ledger keys show x",
    "Invalid value for {param_hint}: {message}": f"{SHEETS} --batch 0",
    "{value!r} is not a valid {number_type}.": f"{SHEETS} --batch many",
    "{value} is not in the range {range}.": f"{SHEETS} --batch 0",
    "{value!r} does not match the format {format}.": "quantify own_bag --on 2026-13-01",
    "{name} {filename!r} does not exist.": f"ledger verify --against {NONE}",
    "{name} {filename!r} is a file.": f"ledger publish {__file__}",
    "{name} {filename!r} is a directory.": f"ledger verify --against {Path(__file__).parent}",
    "{name} {filename!r} is not readable.": f"ledger verify --against {__file__}",
    "Could not open file {filename!r}: {message}": f"posters print --out {NONE}/x.pdf",
    "Error: invalid input": "resident forget {phone}",
}
"""What click says → a command line that makes it say so."""
OWN = {
    "--log, --origin, --totals and --write-totals belong to --openings": "ledger verify --origin x",
    "--openings needs --log and --key, and neither --against nor --since": f"ledger verify --openings {__file__}",
    "name either a FILE or a --draft": "rules simulate --since 2026-01-01",
    "either a PHONE or --again": "resident forget",
    "SQLite is served by one worker": "serve --workers 2",
    "whole number": f"{SHEETS} --batch many",
    "file": f"ledger verify --against {NONE}",
    "directory": f"ledger publish {__file__}",
}
PLURALS = dict(one for one in (*HELP, *USAGE, *VALUES, *ANSWERS) if not isinstance(one, str))
"""One → many."""
FONT = (
    Path(__file__).parents[1]
    / "browser/node_modules/@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf"
)


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The process as it was: gettext and LANGUAGE belong to all of it."""
    monkeypatch.setenv("LANGUAGE", "")
    before = gettext.textdomain()
    yield
    gettext.textdomain(before)


@pytest.fixture
def terminal(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """An installation for commands that look at their settings before they refuse."""
    world.poster()
    variables = SETTINGS | {
        "GREENLIFE_DATABASE_URL": str(world.database.engine.url),
        "GREENLIFE_VAR": str(tmp_path),
        "GREENLIFE_POSTER_FONT": str(FONT),
    }
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return world


def said(line: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, locale: str) -> str:
    monkeypatch.setenv("GREENLIFE_LOCALE", locale)
    # A process has one language, and click keeps the words of --help; here there are two.
    monkeypatch.setattr(cli, "_help_option", None)
    monkeypatch.setattr(sys, "argv", ["greenlife", *line.split()])
    monkeypatch.setattr(sys, "stdin", StringIO("perhaps\n"))
    with pytest.raises(SystemExit):
        main()
        sys.exit(0)
    captured = capsys.readouterr()
    return captured.out + captured.err


def first_forms() -> set[str]:
    return {one if isinstance(one, str) else one[0] for one in (*HELP, *USAGE, *VALUES, *ANSWERS)}


def parts(text: str) -> list[str]:
    """What stands between the places that are filled in."""
    return [part for part in PLACEHOLDER.split(text) if part]


def chinese(text: str) -> str:
    # Not every Python finds a text with a plural by its singular alone.
    plural = PLURALS.get(text)
    return texts_for("zh-CN").ngettext(text, plural, 1) if plural else texts_for("zh-CN").gettext(text)


@pytest.mark.parametrize("text", [*CASES, *OWN])
def test_it_is_said_in_the_language_of_the_terminal(
    terminal: World, text: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    line = (CASES | OWN)[text].replace("{phone}", terminal.resident().phone)
    if "not readable" in text:
        # Whoever runs the tests may be root, who can read everything.
        monkeypatch.setattr(os, "access", lambda *_: False)
    for locale, wanted in (("zh-CN", chinese(text)), ("en", text)):
        heard = said(line, capsys, monkeypatch, locale).lower()
        missing = [part for part in parts(wanted) if part.lower() not in heard]
        assert not missing, heard
        assert chinese(text) != text


def test_each_message_of_click_that_is_translated_is_provoked_above() -> None:
    assert first_forms() == set(CASES)


def test_click_still_says_it_in_these_words() -> None:
    """After an update of click a message that it words anew would be English, and nobody would see it."""
    found = extract_from_dir(
        Path(click.__file__).parent, method_map=[("**.py", "python")], keywords={"_": None, "ngettext": (1, 2)}
    )
    known = {message if isinstance(message, str) else message[0] for _, _, message, _, _ in found}
    assert first_forms() <= known


def test_control_without_the_binding_click_speaks_english(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "没有“nope”这个命令" in said("nope", capsys, monkeypatch, "zh-CN")
    monkeypatch.setattr(sys.modules["greenlife.cli.main"], "speak", lambda: None)
    gettext.textdomain("nothing")
    assert "No such command 'nope'." in said("nope", capsys, monkeypatch, "zh-CN")
