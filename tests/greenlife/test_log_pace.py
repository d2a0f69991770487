"""A long first signing: it says how far it is, and ends soon when the process is to end."""

import logging
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

import ledger
from greenlife.public_log import advance_log, keeper_of
from greenlife.public_log import pace as pacing
from greenlife.runtime import Runtime
from greenlife.scheduler import lead
from tests.greenlife.logs import assert_whole, fill, kept, make_log, read_published
from tests.world import DEQING, World, make_world


@pytest.fixture
def world(tmp_path: Path) -> World:
    return make_world(tmp_path)


@pytest.fixture
def runtime(world: World, tmp_path: Path) -> Runtime:
    """30 entries that wait, to be taken in batches of 7."""
    runtime = make_log(world, tmp_path)
    fill(world, 29)
    return runtime


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    extend = ledger.extend_log
    monkeypatch.setattr(ledger, "extend_log", lambda *at, **by: extend(*at, **by, limit=7))


def stop_after(runtime: Runtime, monkeypatch: pytest.MonkeyPatch, name: str, times: int) -> None:
    """The process is told to end after so many calls of a step."""
    whole, count = getattr(ledger, name), iter(range(times, -100, -1))

    def step(*at: object, **by: object) -> object:
        done = whole(*at, **by)
        if next(count) == 1:
            runtime.stopping.set()
        return done

    monkeypatch.setattr(ledger, name, step)


@pytest.mark.parametrize("batches", [1, 2, 4])
def test_a_run_ends_after_the_batch_in_which_it_is_told_to(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch, batches: int
) -> None:
    with monkeypatch.context() as told:
        stop_after(runtime, told, "extend_log", batches)
        assert advance_log(runtime, DEQING) == 7 * batches
    assert kept(runtime).size == 7 * batches
    assert keeper_of(runtime.settings).stopped(DEQING) is None

    again = replace(runtime, stopping=threading.Event())
    assert advance_log(again, DEQING) == 30 - 7 * batches
    assert_whole(again, 30)


def test_what_is_not_told_to_end_goes_on_to_the_end(runtime: Runtime) -> None:
    """The control."""
    assert advance_log(runtime, DEQING) == 30
    assert_whole(runtime, 30)


def test_publishing_ends_too_and_shows_nothing_half(
    runtime: Runtime, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    advance_log(runtime, DEQING)
    fill(world, 3)
    before = read_published(runtime)
    with monkeypatch.context() as told:
        stop_after(runtime, told, "note_checkpoint", 1)
        advance_log(runtime, DEQING)
    assert read_published(runtime) == before
    assert kept(runtime).size == 33

    again = replace(runtime, stopping=threading.Event())
    assert advance_log(again, DEQING) == 0
    assert_whole(again, 33)


def test_a_long_run_says_how_far_it_is(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(pacing, "SECONDS", 0.0)
    with caplog.at_level(logging.WARNING):
        advance_log(runtime, DEQING)

    said = [record.getMessage() for record in caplog.records]
    assert said[0] == f"the log of {DEQING} is behind: 7 entries are signed, 23 wait"
    assert len(said) == 4


def test_a_short_run_says_nothing(runtime: Runtime, caplog: pytest.LogCaptureFixture) -> None:
    """The control."""
    advance_log(runtime, DEQING)

    assert not caplog.records


def test_who_leads_and_is_told_to_end_ends_in_the_middle_of_a_signing(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    over, began = threading.Event(), threading.Event()
    extend = ledger.extend_log

    def slow(*at: object, **by: object) -> object:
        began.set()
        time.sleep(0.2)
        return extend(*at, **by)

    monkeypatch.setattr(ledger, "extend_log", slow)
    leader = threading.Thread(target=lead, args=(runtime,), kwargs={"until": over})
    leader.start()
    assert began.wait(20)
    over.set()
    leader.join(20)

    assert not leader.is_alive()
    assert kept(runtime).size < 30
