"""What the log refuses to sign: anything that does not continue what it signed before, whoever put it there."""

import os
import shutil
from contextlib import closing, nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import text

import ledger
from greenlife.db import Database, open_database
from greenlife.public_log import advance_log, keeper_of, origin_of, published_folder, recheck_log
from greenlife.public_log import recheck as rechecking
from greenlife.runtime import Runtime
from ledger import Checkpoint, LogKeeper, records
from tests.greenlife.logs import assert_whole, fill, kept, make_log, read_published
from tests.world import ANJI, DEQING, World, make_world


@pytest.fixture
def world(tmp_path: Path) -> World:
    return make_world(tmp_path)


@pytest.fixture
def runtime(world: World, tmp_path: Path) -> Runtime:
    """A signed log of three entries."""
    runtime = make_log(world, tmp_path)
    fill(world, 2)
    advance_log(runtime)
    return runtime


def sign(runtime: Runtime, size: int, root: bytes, book: str = DEQING) -> bytes:
    """A checkpoint by the log's own key."""
    origin = origin_of(runtime.settings, book)
    return ledger.sign_checkpoint(Checkpoint(origin, size, root), keeper_of(runtime.settings).signers(origin))


def keep(runtime: Runtime, note: bytes) -> None:
    keeper_of(runtime.settings).keep_checkpoint(DEQING, note)


def kept_file(folder: Path, book: str = DEQING) -> Path:
    return folder / "demo" / "log" / book / "checkpoint"


def change(database: Database, *statements: str) -> None:
    """As somebody would who owns the database."""
    with database.writing() as session:
        for statement in (*ledger.drop_append_only_ddl("sqlite"), *statements):
            session.execute(text(statement))


def copy_of(database: Database, folder: Path) -> Database:
    """What a backup of this moment is."""
    assert database.path is not None
    with closing(sqlite.connect(database.path)) as source, closing(sqlite.connect(folder / "copy.db")) as target:
        source.backup(target)
    return open_database(f"sqlite:///{folder / 'copy.db'}")


def assert_stopped(runtime: Runtime, code: str, caplog: pytest.LogCaptureFixture) -> None:
    """Refused, said loudly, and nothing more is signed, while the other books go on."""
    before = keeper_of(runtime.settings).checkpoint(DEQING)
    with pytest.raises(ledger.LogError) as refusal:
        advance_log(runtime)
    assert refusal.value.code == code
    assert any(code in record.message for record in caplog.records if record.levelname == "CRITICAL")

    assert code in (keeper_of(runtime.settings).stopped(DEQING) or "")
    advance_log(runtime)
    with pytest.raises(ledger.LogStopped) as stopped:
        advance_log(runtime, DEQING)
    assert code in str(stopped.value.params["why"])
    assert keeper_of(runtime.settings).checkpoint(DEQING) == before


def test_a_kept_checkpoint_that_is_ahead_stops_the_book_and_no_other(
    runtime: Runtime, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    keep(runtime, sign(runtime, 4, b"r" * 32))
    fill(world, 1)
    fill(world, 1, ANJI)

    assert_stopped(runtime, "log_rewound", caplog)
    assert_whole(runtime, 1, ANJI)
    fill(world, 1, ANJI)
    assert advance_log(runtime) == 1


def test_a_kept_checkpoint_of_another_tree_stops_it(
    runtime: Runtime, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    keep(runtime, sign(runtime, 3, b"r" * 32))
    fill(world, 1)

    assert_stopped(runtime, "log_forked", caplog)


def test_a_lost_checkpoint_is_no_beginning(runtime: Runtime, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    kept_file(tmp_path).unlink()

    assert_stopped(runtime, "log_forked", caplog)
    assert not kept_file(tmp_path).exists()


def test_a_lost_checkpoint_with_an_emptied_tree_is_no_beginning_either(
    runtime: Runtime, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    kept_file(tmp_path).unlink()
    change(runtime.database, *(f"DELETE FROM ledger_{one}" for one in ("leaf", "node", "checkpoint")))

    assert_stopped(runtime, "log_rewound", caplog)  # what was published is ahead


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "note_malformed"),
        (b"\xff\n\n", "note_malformed"),
        (b"one\n2\nthree\n\n\xe2\x80\x94 me AAAAAAAA\n", "signature_unknown"),
    ],
)
def test_a_kept_file_that_does_not_open_is_no_fresh_start(
    runtime: Runtime, tmp_path: Path, content: bytes, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    kept_file(tmp_path).write_bytes(content)

    assert_stopped(runtime, code, caplog)


def test_the_checkpoint_of_another_book_is_refused(
    runtime: Runtime, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.copy(kept_file(tmp_path, ANJI), kept_file(tmp_path))

    assert_stopped(runtime, "signature_unknown", caplog)


def test_another_key_does_not_go_on(runtime: Runtime, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (key,) = (tmp_path / "demo" / "log" / "keys").iterdir()
    key.unlink()
    keeper_of(runtime.settings).add_key(os.urandom)

    assert_stopped(runtime, "signature_unknown", caplog)


def test_an_older_copy_of_the_database_is_refused(
    runtime: Runtime, world: World, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    copy = copy_of(runtime.database, tmp_path)
    fill(world, 2)
    advance_log(runtime)
    old = replace(world, database=copy)

    assert_stopped(old.runtime(tmp_path), "log_rewound", caplog)
    # Nor does it get further by being written to until it is longer.
    (tmp_path / "demo" / "log" / DEQING / "stopped").unlink()
    fill(old, 9)
    with pytest.raises(ledger.LogRewound):
        advance_log(old.runtime(tmp_path), DEQING)


def test_an_older_copy_of_database_and_keeper_is_refused_by_what_was_published(
    runtime: Runtime, world: World, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    copy = copy_of(runtime.database, tmp_path)
    old_note = kept_file(tmp_path).read_bytes()
    fill(world, 2)
    advance_log(runtime)
    kept_file(tmp_path).write_bytes(old_note)
    old = replace(world, database=copy)
    fill(old, 1)

    assert_stopped(old.runtime(tmp_path), "log_rewound", caplog)


def test_a_published_folder_that_was_thrown_away_is_made_again(runtime: Runtime) -> None:
    """The control: what can be recomputed is no refusal."""
    shutil.rmtree(published_folder(runtime.settings, DEQING))

    assert advance_log(runtime) == 0
    assert_whole(runtime, 3)


def test_a_waiting_entry_that_was_changed_is_never_signed(
    runtime: Runtime, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    fill(world, 1)
    change(
        runtime.database,
        "UPDATE ledger_entry SET kind = 'gift' WHERE id IN (SELECT entry_id FROM ledger_pending)",
    )

    assert_stopped(runtime, "leaf_false", caplog)
    assert read_published(runtime)[0].size == 3


@pytest.mark.parametrize("column", ["closes", "details"])
@pytest.mark.parametrize("content", ["'{'", "CAST(x'ff' AS TEXT)"])
def test_a_waiting_entry_that_cannot_be_read_stops_its_book_and_no_other(
    runtime: Runtime, world: World, column: str, content: str, caplog: pytest.LogCaptureFixture
) -> None:
    fill(world, 1)
    fill(world, 1, ANJI)
    change(
        runtime.database,
        f"UPDATE ledger_entry SET {column} = {content} WHERE book = '{DEQING}' "
        "AND id IN (SELECT entry_id FROM ledger_pending)",
    )
    code = "leaf_false" if (column, content) == ("details", "'{'") else "row_unreadable"

    assert_stopped(runtime, code, caplog)

    why = keeper_of(runtime.settings).stopped(DEQING) or ""
    assert code == "leaf_false" or f"table=ledger_entry key={DEQING} ent_" in why
    assert code == "leaf_false" or f"column={column}" in why
    assert_whole(runtime, 1, ANJI)


def test_without_the_closer_look_such_an_entry_stops_nothing_and_fails_each_second(
    runtime: Runtime, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    fill(world, 1)
    change(runtime.database, "UPDATE ledger_entry SET closes = '{' WHERE id IN (SELECT entry_id FROM ledger_pending)")
    monkeypatch.setattr(records, "naming", lambda _: nullcontext())

    for _ in range(2):
        with pytest.raises(ValueError, match="Expecting"):
            advance_log(runtime)
    assert keeper_of(runtime.settings).stopped(DEQING) is None


def test_an_entry_that_was_changed_after_it_was_signed_is_not_published(
    runtime: Runtime, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.rmtree(published_folder(runtime.settings, DEQING))
    change(runtime.database, "UPDATE ledger_entry SET kind = 'gift'")

    assert_stopped(runtime, "leaf_false", caplog)
    assert not (published_folder(runtime.settings, DEQING) / "checkpoint").exists()


def test_somebody_who_looked_lets_it_go_on(runtime: Runtime, world: World, tmp_path: Path) -> None:
    note = kept_file(tmp_path).read_bytes()
    keep(runtime, sign(runtime, 4, b"r" * 32))
    with pytest.raises(ledger.LogRewound):
        advance_log(runtime, DEQING)
    keep(runtime, note)
    with pytest.raises(ledger.LogStopped):
        advance_log(runtime, DEQING)

    (tmp_path / "demo" / "log" / DEQING / "stopped").unlink()
    fill(world, 1)
    assert advance_log(runtime, DEQING) == 1
    assert_whole(runtime, 4)


def test_the_first_reason_stays(tmp_path: Path) -> None:
    keeper = LogKeeper(tmp_path)
    keeper.stop(DEQING, "first")
    keeper.stop(DEQING, "second")
    assert keeper.stopped(DEQING) == "first"


# The walk over old leaves.
@pytest.fixture
def walked(runtime: Runtime, world: World, monkeypatch: pytest.MonkeyPatch) -> Runtime:
    """A log of eleven entries, looked at four at a time."""
    fill(world, 8)
    advance_log(runtime)
    monkeypatch.setattr(rechecking, "STRETCH", 4)
    return runtime


def test_the_walk_goes_on_where_it_ended_and_begins_again(walked: Runtime, world: World) -> None:
    keeper = keeper_of(walked.settings)
    places = []
    for _ in range(4):
        places.append((recheck_log(walked), keeper.place(DEQING)))

    assert places == [(4, 4), (4, 8), (3, 0), (4, 4)]


@pytest.mark.parametrize("index", range(11))
def test_an_old_entry_that_was_changed_is_found_by_the_walk(
    walked: Runtime, index: int, caplog: pytest.LogCaptureFixture
) -> None:
    change(
        walked.database,
        "UPDATE ledger_entry SET kind = 'gift' "
        f"WHERE id = (SELECT entry_id FROM ledger_leaf WHERE leaf_index = {index})",
    )
    assert advance_log(walked) == 0  # the control: nobody looks there otherwise

    with pytest.raises(ledger.LeafFalse):
        for _ in range(3):
            recheck_log(walked)
    assert "leaf_false" in (keeper_of(walked.settings).stopped(DEQING) or "")
    recheck_log(walked)
    assert caplog.records[-1].levelname == "ERROR"
    assert DEQING in caplog.records[-1].message


@pytest.mark.parametrize("place", [b"", b"-4", b"nine", b"\xff", b"99999999999"])
def test_a_place_that_nobody_can_read_is_a_beginning_or_the_end(walked: Runtime, tmp_path: Path, place: bytes) -> None:
    (tmp_path / "demo" / "log" / DEQING / "rechecked").write_bytes(place)

    assert recheck_log(walked) in {1, 4}
    assert kept(walked).size == 11
