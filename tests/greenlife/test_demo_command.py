"""`greenlife demo`: a log of its own, which goes with the data that it is of."""

from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

import greenlife.demo as demo_city
import ledger
from greenlife.cli import demo as commands
from greenlife.cli.demo import demo
from greenlife.demo import Size, build_demo
from greenlife.public_log import advance_log, keeper_of
from greenlife.runtime import Runtime, open_runtime
from greenlife.settings import read_settings
from tests.greenlife.logs import assert_whole, database_leaves

TINY = Size(residents=75, days=3, actions=200, redemptions=10)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo_city, "build_demo", partial(build_demo, size=TINY))


def start(folder: Path, *words: str) -> Runtime:
    """The command as far as the city is built, and what the server would open."""
    environment = {"GREENLIFE_VAR": str(folder), "GREENLIFE_DATABASE_URL": f"sqlite:///{folder / 'demo.db'}"}
    answer = CliRunner(env=environment).invoke(demo, ["--build-only", *words], catch_exceptions=False)
    assert answer.exit_code == 0
    return open_runtime(read_settings({"GREENLIFE_VAR": str(folder)}))


def keys(runtime: Runtime) -> object:
    return keeper_of(runtime.settings).verifiers("demo")


def test_a_second_start_goes_on_with_the_log_and_a_reset_begins_another(tmp_path: Path) -> None:
    first = start(tmp_path)
    assert advance_log(first) > 0
    before = keys(first)

    second = start(tmp_path)
    assert keys(second) == before
    assert advance_log(second) == 0

    third = start(tmp_path, "--reset")
    assert keys(third) != before
    assert advance_log(third) > 0
    assert_whole(third, len(database_leaves(third)))


def test_a_reset_that_kept_the_old_checkpoints_would_be_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control of the test above."""
    advance_log(start(tmp_path))
    monkeypatch.setattr(commands, "forget_log", lambda _settings: None)

    with pytest.raises(ledger.LogRewound):
        advance_log(start(tmp_path, "--reset"))
