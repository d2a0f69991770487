"""A log whose newest database is lost: another one begins under another name, and nothing forks."""

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

import ledger
from greenlife.public_log import (
    advance_log,
    keeper_of,
    origin_of,
    published_folder,
    recheck_log,
    refound_log,
    verifiers_of,
)
from greenlife.runtime import Runtime
from ledger import LogKeeper
from ledger.stores import open_store
from ledger.tree import read_leaves, tree_size
from tests.greenlife.logs import assert_whole, database_leaves, fill, kept, make_log, opened, read_published
from tests.greenlife.test_ledger_commands import run
from tests.greenlife.test_log_refusals import change, copy_of
from tests.world import ANJI, DEQING, World, make_world

REASON = "the disk of the server burnt"


@dataclass
class Loss:
    """What is left: an older copy of three entries, of which the log had five."""

    runtime: Runtime
    world: World
    receipt: bytes
    """Of an entry that is lost."""


@pytest.fixture
def loss(tmp_path: Path) -> Loss:
    world = make_world(tmp_path)
    runtime = make_log(world, tmp_path)
    fill(world, 2)
    advance_log(runtime)
    copy = copy_of(runtime.database, tmp_path)
    fill(world, 2)
    advance_log(runtime)
    with runtime.database.reading() as session:
        newest, _ = _leaves(session)[-1]
        receipt = ledger.make_receipt(session, DEQING, newest)
    old = replace(world, database=copy)
    runtime = old.runtime(tmp_path)
    runtime = replace(runtime, settings=replace(runtime.settings, database_url=f"sqlite:///{tmp_path / 'copy.db'}"))
    with pytest.raises(ledger.LogRewound):
        advance_log(runtime)
    return Loss(runtime, old, receipt)


def _leaves(session: Session) -> list[tuple[str, bytes]]:
    store = open_store(session.connection())
    return read_leaves(store, DEQING, 0, tree_size(store, DEQING))


def test_another_log_begins_with_what_is_left_under_another_name(loss: Loss) -> None:
    founding = refound_log(loss.runtime, DEQING, reason=REASON)

    assert founding.lost is not None
    assert (founding.lost.size, founding.lost.origin) == (5, origin_of(loss.runtime.settings, DEQING, 1))
    assert (founding.first.size, founding.first.origin) == (3, origin_of(loss.runtime.settings, DEQING))
    assert founding.first.origin != founding.lost.origin
    assert advance_log(loss.runtime) == 0
    assert read_published(loss.runtime) == (founding.first, database_leaves(loss.runtime))
    fill(loss.world, 2)
    assert advance_log(loss.runtime) == 2
    assert_whole(loss.runtime, 5)
    assert recheck_log(loss.runtime) > 0


def test_nothing_is_signed_under_the_old_name_any_more(loss: Loss, tmp_path: Path) -> None:
    """Two trees under one name would be a fork, and whoever kept the old one would call it that."""
    folder = tmp_path / "demo" / "log" / DEQING
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "lock"}
    shown = published_folder(loss.runtime.settings, DEQING, 1)
    published = {path: path.read_bytes() for path in shown.rglob("*") if path.is_file()}
    refound_log(loss.runtime, DEQING, reason=REASON)
    fill(loss.world, 4)
    advance_log(loss.runtime)

    assert "stopped" in before
    assert {name: (folder / name).read_bytes() for name in before} == before
    assert {path: path.read_bytes() for path in published} == published
    with pytest.raises(ledger.SignatureUnknown):
        opened(loss.runtime, (folder / "checkpoint").read_bytes())
    old = verifiers_of(loss.runtime.settings, DEQING, 1)
    note = keeper_of(loss.runtime.settings).checkpoint(DEQING) or b""
    with pytest.raises(ledger.SignatureUnknown):
        ledger.open_checkpoint(note, origin=origin_of(loss.runtime.settings, DEQING, 1), verifiers=old)


def test_with_the_old_name_kept_there_would_be_two_trees_under_it(loss: Loss) -> None:
    """The control: what refounding prevents. Sizes 5 and 5, one name, two roots."""
    lost = kept(loss.runtime)
    fill(loss.world, 2)
    with loss.runtime.database.writing() as session:
        head = ledger.recompute_log(session, DEQING, lost=lost)
        under_old_name = ledger.Checkpoint(lost.origin, head.size, head.root)
        forked = ledger.extend_log(session, DEQING, kept=under_old_name)

    assert forked.size == lost.size
    assert forked.root != lost.root


def test_a_receipt_of_a_lost_entry_stays_verifiable(loss: Loss) -> None:
    refound_log(loss.runtime, DEQING, reason=REASON)
    advance_log(loss.runtime)

    settings = loss.runtime.settings
    shown = ledger.open_receipt(
        loss.receipt, origin=origin_of(settings, DEQING, 1), verifiers=verifiers_of(settings, DEQING, 1)
    )
    assert shown.index == 4
    with pytest.raises(ledger.SignatureUnknown):
        ledger.open_receipt(loss.receipt, origin=origin_of(settings, DEQING), verifiers=verifiers_of(settings, DEQING))


def test_receipts_of_the_new_log_are_of_the_new_name(loss: Loss) -> None:
    refound_log(loss.runtime, DEQING, reason=REASON)
    fill(loss.world, 1)
    advance_log(loss.runtime)
    settings = loss.runtime.settings

    with loss.runtime.database.reading() as session:
        for entry_id, _ in _leaves(session):
            text = ledger.make_receipt(session, DEQING, entry_id)
            shown = ledger.open_receipt(
                text, origin=origin_of(settings, DEQING), verifiers=verifiers_of(settings, DEQING)
            )
            assert (shown.id, shown.book) == (entry_id, DEQING)


def test_the_founding_is_signed_kept_and_published(loss: Loss) -> None:
    refound_log(loss.runtime, DEQING, reason=f"{REASON}\nsize: 0")
    advance_log(loss.runtime)

    kept_one = keeper_of(loss.runtime.settings).founding(DEQING) or b""
    assert (published_folder(loss.runtime.settings, DEQING) / "founding").read_bytes() == kept_one
    said = dict(line.split(": ", 1) for line in kept_one.decode().split("\n\n")[0].splitlines())
    assert (said["size"], said["lost-size"], said["reason"]) == ("3", "5", f"{REASON} size: 0")
    assert said["follows"] == origin_of(loss.runtime.settings, DEQING, 1)
    assert f"— {said['log']} ".encode() in kept_one


def test_a_sound_log_is_not_begun_again(loss: Loss, tmp_path: Path) -> None:
    with pytest.raises(ledger.LogSound):
        refound_log(loss.runtime, ANJI, reason=REASON)
    refound_log(loss.runtime, DEQING, reason=REASON)
    with pytest.raises(ledger.LogSound):
        refound_log(loss.runtime, DEQING, reason=REASON)
    assert keeper_of(loss.runtime.settings).generation(DEQING) == 2


DAMAGE: list[tuple[str, type[ledger.LedgerError]]] = [
    ("UPDATE ledger_entry SET kind = 'gift'", ledger.LeafFalse),
    ("UPDATE ledger_entry SET closes = '{'", ledger.RowUnreadable),
    ("UPDATE ledger_node SET hash = (SELECT hash FROM ledger_leaf WHERE leaf_index = 0)", ledger.LogForked),
    ("DELETE FROM ledger_leaf WHERE leaf_index = 2", ledger.LogRewound),
]


@pytest.mark.parametrize(("damage", "refusal"), DAMAGE)
def test_a_copy_that_is_not_sound_in_itself_begins_nothing(
    loss: Loss, damage: str, refusal: type[ledger.LedgerError]
) -> None:
    change(loss.runtime.database, damage)

    with pytest.raises(refusal):
        refound_log(loss.runtime, DEQING, reason=REASON)
    assert keeper_of(loss.runtime.settings).generation(DEQING) == 1


def test_a_lost_keeper_is_a_loss_too(loss: Loss, tmp_path: Path) -> None:
    """Nothing kept and nothing published: what there was nobody knows any more, and the founding says so."""
    (tmp_path / "demo" / "log" / DEQING / "checkpoint").unlink()
    shutil.rmtree(published_folder(loss.runtime.settings, DEQING))

    assert refound_log(loss.runtime, DEQING, reason=REASON).lost is None
    assert b"lost-size: unknown" in (keeper_of(loss.runtime.settings).founding(DEQING) or b"")
    fill(loss.world, 1)
    advance_log(loss.runtime)
    assert_whole(loss.runtime, 4)


@pytest.mark.parametrize("is_published", [False, True])
def test_who_rewound_the_keeper_too_is_held_against_what_was_published(
    loss: Loss, tmp_path: Path, is_published: bool
) -> None:
    note = ledger.sign_checkpoint(
        ledger.Checkpoint(origin_of(loss.runtime.settings, DEQING), 0, ledger.EMPTY_ROOT),
        keeper_of(loss.runtime.settings).signers(origin_of(loss.runtime.settings, DEQING)),
    )
    keeper_of(loss.runtime.settings).keep_checkpoint(DEQING, note)
    if is_published:
        lost = refound_log(loss.runtime, DEQING, reason=REASON).lost
        assert lost is not None and lost.size == 5
    else:
        shutil.rmtree(published_folder(loss.runtime.settings, DEQING))
        with pytest.raises(ledger.LogSound):
            refound_log(loss.runtime, DEQING, reason=REASON)


def test_a_founding_that_is_cut_off_is_none(loss: Loss, monkeypatch: pytest.MonkeyPatch) -> None:
    replace_file = ledger.keeper.replace_file

    def cut(path: Path, content: bytes) -> None:
        if path.name == "checkpoint":
            raise KeyboardInterrupt
        replace_file(path, content)

    with monkeypatch.context() as broken:
        broken.setattr(ledger.keeper, "replace_file", cut)
        with pytest.raises(KeyboardInterrupt):
            refound_log(loss.runtime, DEQING, reason=REASON)

    assert keeper_of(loss.runtime.settings).generation(DEQING) == 1
    refound_log(loss.runtime, DEQING, reason=REASON)
    fill(loss.world, 1)
    advance_log(loss.runtime)
    assert_whole(loss.runtime, 4)


def test_a_second_log_that_is_lost_is_followed_by_a_third(loss: Loss, tmp_path: Path) -> None:
    refound_log(loss.runtime, DEQING, reason=REASON)
    advance_log(loss.runtime)
    (tmp_path / "second").mkdir()
    copy = copy_of(loss.runtime.database, tmp_path / "second")
    fill(loss.world, 1)
    advance_log(loss.runtime)
    runtime = replace(loss.runtime, database=copy)

    refound_log(runtime, DEQING, reason=REASON)

    assert origin_of(runtime.settings, DEQING).endswith(f"/log/3/{DEQING}")
    fill(replace(loss.world, database=copy), 2)
    advance_log(runtime)
    assert_whole(runtime, 5)
    assert len(database_leaves(loss.runtime)) == 4


def test_a_folder_that_is_no_log_is_no_generation(tmp_path: Path) -> None:
    keeper = LogKeeper(tmp_path)
    for name in ("7", "old", "²"):
        (tmp_path / DEQING / name).mkdir(parents=True)
    (tmp_path / DEQING / "old" / "checkpoint").touch()
    (tmp_path / DEQING / "²" / "checkpoint").touch()

    assert keeper.generation(DEQING) == 1


def test_the_command_asks_for_the_books_name(loss: Loss) -> None:
    words = ("refound", DEQING, "--reason", REASON)
    refused = run(loss.runtime, *words)
    assert refused.exit_code == 1
    assert keeper_of(loss.runtime.settings).generation(DEQING) == 1

    answer = run(loss.runtime, *words, "--yes")

    assert answer.exit_code == 0, answer.output
    assert f"/log/2/{DEQING} begins with 3 entries" in answer.stdout
    assert "had 5" in answer.stdout
    assert run(loss.runtime, *words, "--yes").exit_code == 1


def test_a_checkpoint_of_the_old_log_still_tells_what_is_lost(loss: Loss, tmp_path: Path) -> None:
    old = shutil.copy(published_folder(loss.runtime.settings, DEQING) / "checkpoint", tmp_path / "old")
    refound_log(loss.runtime, DEQING, reason=REASON)
    advance_log(loss.runtime)

    answer = run(loss.runtime, "verify", "--against", old)

    assert answer.exit_code == 1
    assert "log_rewound" in answer.stderr
    assert run(loss.runtime, "verify").exit_code == 0
    keys = run(loss.runtime, "keys", "show").stdout
    assert f"/log/2/{DEQING}+" in keys and f"/log/{DEQING}+" in keys
