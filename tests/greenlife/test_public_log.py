"""The public log: everything in it once, signed and published, wherever a run was cut off."""

import os
import signal
import stat
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import ledger
from greenlife.errors import ConfigInvalid
from greenlife.public_log import advance as advancing
from greenlife.public_log import (
    advance_log,
    books_of,
    forget_log,
    keeper_of,
    make_first_key,
    origin_of,
    published_folder,
    recheck_log,
    verifiers_of,
)
from greenlife.runtime import Runtime
from greenlife.scheduler import JOBS, lead
from ledger import LogKeeper
from tests.greenlife.conftest import SQLITE
from tests.greenlife.cut_off import STEPS, CutOff
from tests.greenlife.logs import assert_whole, database_leaves, fill, kept, make_log, opened, read_published
from tests.greenlife.test_processes import wait_for
from tests.world import ANJI, DEQING, World


@pytest.fixture
def world(either_world: World) -> World:
    return either_world


@pytest.fixture
def runtime(world: World, tmp_path: Path) -> Runtime:
    """A key, one entry in one book, and no log yet."""
    return make_log(world, tmp_path)


def files(folder: Path) -> dict[str, tuple[int, bytes]]:
    """What lies in a folder and when it was written."""
    return {
        str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_everything_that_waits_is_signed_and_published(runtime: Runtime, world: World) -> None:
    world.fund(3, ANJI)

    assert advance_log(runtime) == 2
    assert_whole(runtime, 1)
    assert_whole(runtime, 1, ANJI)
    for book in set(books_of(runtime)) - {DEQING, ANJI}:
        assert read_published(runtime, book) == (kept(runtime, book), [])


def test_the_published_log_is_the_naive_tree_whatever_the_batches(
    runtime: Runtime, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(advancing, "BATCHES", 1)
    extend = ledger.extend_log
    monkeypatch.setattr(ledger, "BATCH", 7)
    monkeypatch.setattr(ledger, "extend_log", lambda *at, **by: extend(*at, **by, limit=7))
    for count in (1, 6, 7, 8, 250, 3):
        fill(world, count)
        assert advance_log(runtime) == count + (count == 1)
        assert_whole(runtime, len(database_leaves(runtime)))


def test_nothing_new_writes_nothing(runtime: Runtime, tmp_path: Path) -> None:
    advance_log(runtime)
    before = files(tmp_path / "demo")

    assert advance_log(runtime) == 0
    assert files(tmp_path / "demo") == before


def test_partial_tiles_go_when_they_are_full(runtime: Runtime, world: World) -> None:
    folder = published_folder(runtime.settings, DEQING)
    advance_log(runtime)
    assert (folder / "tile/0/000.p/1").exists()
    assert (folder / "tile/entries/000.p/1").exists()
    fill(world, 255)
    advance_log(runtime)

    assert_whole(runtime, 256)
    assert sorted(files(folder)) == ["checkpoint", "tile/0/000", "tile/1/000.p/1", "tile/entries/000"]


def test_the_first_checkpoint_is_kept_before_there_is_a_leaf(runtime: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(ledger, "extend_log", _cut)
        with pytest.raises(CutOff):
            advance_log(runtime, DEQING)

    assert kept(runtime).size == 0
    assert advance_log(runtime, DEQING) == 1
    assert_whole(runtime, 1)


def _cut(*_at: object, **_by: object) -> None:
    raise CutOff


@pytest.mark.parametrize("size", [0, 254])
@pytest.mark.parametrize("step", STEPS)
def test_a_run_that_is_cut_off_is_gone_on_with(
    runtime: Runtime, world: World, step: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    if size:
        fill(world, size - 1)
        advance_log(runtime)
        fill(world, 3)
    with monkeypatch.context() as broken:
        STEPS[step](broken, _cut)
        with pytest.raises(CutOff):
            advance_log(runtime)

    assert advance_log(runtime) <= 3  # none, where they are in the log already
    assert_whole(runtime, size + 3 if size else 1)
    assert advance_log(runtime) == 0
    assert keeper_of(runtime.settings).stopped(DEQING) is None


@SQLITE
@pytest.mark.parametrize("step", STEPS)
def test_a_process_that_is_killed_between_two_steps_leaves_a_log_that_goes_on(
    runtime: Runtime, world: World, tmp_path: Path, step: str
) -> None:
    advance_log(runtime)
    world.fund(1)
    world.database.engine.dispose()

    ended = subprocess.run([sys.executable, "-m", "tests.greenlife.cut_off", str(tmp_path), step], check=False)

    assert ended.returncode == -signal.SIGKILL
    assert advance_log(runtime) <= 1
    assert_whole(runtime, 2)


def test_two_who_run_at_once_sign_one_log(runtime: Runtime, world: World) -> None:
    with ThreadPoolExecutor(4) as threads:
        for _ in range(5):
            fill(world, 4)
            list(threads.map(lambda _: advance_log(runtime), range(4)))

    assert_whole(runtime, 21)
    assert keeper_of(runtime.settings).stopped(DEQING) is None


def test_the_elected_process_advances_the_log(runtime: Runtime, world: World) -> None:
    over = threading.Event()
    leader = threading.Thread(target=lead, args=(runtime,), kwargs={"until": over})
    leader.start()
    try:
        wait_for(lambda: keeper_of(runtime.settings).checkpoint(DEQING) and kept(runtime).size == 1)
        world.fund(1)
        wait_for(lambda: kept(runtime).size == 2)
    finally:
        over.set()
        leader.join()

    advance_log(runtime)
    assert_whole(runtime, 2)
    assert {job.name: job.seconds for job in JOBS if "log" in job.name} == {"advance_log": 1, "recheck_log": 10}


# Keys.
def test_a_rotation_has_an_overlap_in_which_either_key_opens_the_log(runtime: Runtime, world: World) -> None:
    keeper, origin = keeper_of(runtime.settings), origin_of(runtime.settings, DEQING)
    (old,) = keeper.verifiers(origin)
    advance_log(runtime)
    keeper.add_key(world.entropy)
    _, new = keeper.verifiers(origin)

    assert advance_log(runtime) == 0  # nothing new, and signed again
    for verifier in (old, new):
        assert opened(runtime, published(runtime), verifiers=(verifier,)).size == 1

    keeper.retire_key()
    world.fund(1)
    advance_log(runtime)
    assert_whole(runtime, 2)
    assert opened(runtime, published(runtime), verifiers=(new,)).size == 2
    with pytest.raises(ledger.SignatureUnknown):
        opened(runtime, published(runtime), verifiers=(old,))
    assert verifiers_of(runtime.settings, DEQING) == (new, old)  # receipts outlive the key


def published(runtime: Runtime) -> bytes:
    return (published_folder(runtime.settings, DEQING) / "checkpoint").read_bytes()


def test_the_only_key_is_not_retired(runtime: Runtime) -> None:
    assert keeper_of(runtime.settings).retire_key() is None
    assert keeper_of(runtime.settings).has_keys


def test_only_the_owner_reads_what_is_kept(runtime: Runtime, tmp_path: Path) -> None:
    keeper_of(runtime.settings).add_key(os.urandom)
    keeper_of(runtime.settings).retire_key()
    advance_log(runtime)
    recheck_log(runtime)
    keeper_of(runtime.settings).stop(ANJI, "a test")

    folder = tmp_path / "demo" / "log"
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.rglob("*"))}
    assert {path.name for path in modes} >= {"keys", "0001.retired", "0002.key", "checkpoint", "rechecked", "stopped"}
    assert all(mode == (0o700 if path.is_dir() else 0o600) for path, mode in modes.items())
    shown = published_folder(runtime.settings, DEQING)
    assert all(stat.S_IMODE(path.stat().st_mode) & 0o044 == 0o044 for path in shown.rglob("*"))


def test_without_a_key_nothing_is_signed_and_nothing_stopped(world: World, tmp_path: Path) -> None:
    runtime = world.runtime(tmp_path)

    with pytest.raises(ConfigInvalid, match="db upgrade"):
        advance_log(runtime)
    assert keeper_of(runtime.settings).stopped(DEQING) is None
    assert make_first_key(runtime.settings, books_of(runtime), world.entropy) is not None
    assert make_first_key(runtime.settings, books_of(runtime), world.entropy) is None
    assert advance_log(runtime) == 1


def test_a_key_file_that_holds_no_key_stops_nothing(runtime: Runtime, tmp_path: Path) -> None:
    (key,) = (tmp_path / "demo" / "log" / "keys").iterdir()
    whole = key.read_text(encoding="ascii")
    key.write_text(whole[:-9], encoding="ascii")
    with pytest.raises(ledger.KeyMalformed):
        advance_log(runtime)

    key.write_text(whole, encoding="ascii")
    assert advance_log(runtime) == 1


def test_a_lost_key_is_not_replaced_in_silence(runtime: Runtime, world: World, tmp_path: Path) -> None:
    advance_log(runtime)
    for key in (tmp_path / "demo" / "log" / "keys").iterdir():
        key.unlink()

    with pytest.raises(ConfigInvalid, match="restore"):
        make_first_key(runtime.settings, books_of(runtime), world.entropy)


def test_a_demo_throws_away_its_own_log_and_no_citys(runtime: Runtime, tmp_path: Path) -> None:
    citys = LogKeeper(tmp_path / "log")
    citys.add_key(os.urandom)
    advance_log(runtime)

    forget_log(runtime.settings)

    assert not keeper_of(runtime.settings).has_keys
    assert not published_folder(runtime.settings, DEQING).exists()
    assert citys.has_keys
