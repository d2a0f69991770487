"""The sequencer: dense indexes in the order of ids, and no signature under what it did not sign before."""

from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

import ledger
from ledger import Head
from ledger.stores import open_store as open_ledger_store
from ledger.tlog.checkpoints import Checkpoint
from ledger.tlog.inclusion import check_inclusion, prove_inclusion
from ledger.tlog.merkle import merkle_root
from ledger.tree import read_leaves, tree_reader, tree_size
from tests.ledger.sample import BOOK, NOW, Scribe, drop_triggers, run

ORIGIN = "example.org/log/huzhou-deqing"


def kept_of(head: Head) -> Checkpoint:
    return Checkpoint(ORIGIN, head.size, head.root)


def extend(session: Session, kept: Checkpoint | None = None, **limit: int) -> Checkpoint:
    return kept_of(ledger.extend_log(session, BOOK, kept=kept, **limit))


@pytest.fixture
def twelve(session: Session, scribe: Scribe) -> Checkpoint:
    """A log of twelve entries, and its checkpoint."""
    ledger.post_many(session, [scribe.action() for _ in range(11)], now=NOW)
    kept = extend(session)
    session.commit()
    return kept


def leaves(session: Session) -> list[tuple[str, bytes]]:
    store = open_ledger_store(session.connection())
    return read_leaves(store, BOOK, 0, tree_size(store, BOOK))


def test_entries_get_dense_indexes_in_the_order_of_their_ids(session: Session, twelve: Checkpoint) -> None:
    found = leaves(session)

    assert [entry_id for entry_id, _ in found] == sorted(entry_id for entry_id, _ in found)
    assert twelve.size == len(found) == 12
    assert twelve.root == merkle_root([leaf for _, leaf in found])
    assert ledger.get_entry(session, BOOK, found[3][0]).leaf_hash == found[3][1]


def test_batches_give_the_same_tree_as_a_naive_one(session: Session, scribe: Scribe) -> None:
    kept = None
    for count in (1, 2, 3, 5, 8, 13, 1, 1, 30):
        ledger.post_many(session, [scribe.deposit(1) for _ in range(count)], now=NOW)
        head = ledger.extend_log(session, BOOK, kept=kept, limit=7)
        while head.waiting:
            head = ledger.extend_log(session, BOOK, kept=kept_of(head), limit=7)
        kept = kept_of(head)
        assert kept.root == merkle_root([leaf for _, leaf in leaves(session)])
    assert kept is not None and kept.size == 65
    ledger.check_history(session, BOOK, kept=kept)
    for start, end in ((0, 65), (10, 20), (63, 64), (64, None), (65, None)):
        ledger.check_history(session, BOOK, kept=kept, start=start, end=end)


def test_each_leaf_is_proven_from_the_stored_tree(session: Session, twelve: Checkpoint) -> None:
    read = tree_reader(open_ledger_store(session.connection()), BOOK)

    for index, (_, leaf) in enumerate(leaves(session)):
        proof = prove_inclusion(read, index, twelve.size)
        check_inclusion(proof, index=index, size=twelve.size, leaf_hash=leaf, root=twelve.root)


def test_nothing_new_changes_nothing(session: Session, twelve: Checkpoint) -> None:
    head = ledger.extend_log(session, BOOK, kept=twelve)

    assert (head.added, head.waiting, kept_of(head)) == (0, False, twelve)


def test_what_was_extended_and_not_signed_is_recomputed_before_it_is(
    session: Session, store: Engine, twelve: Checkpoint, scribe: Scribe
) -> None:
    cut_off = ledger.post(session, scribe.deposit(1), now=NOW)
    ledger.extend_log(session, BOOK, kept=twelve)
    session.commit()

    assert ledger.extend_log(session, BOOK, kept=twelve).size == 13
    session.rollback()
    drop_triggers(store)
    run(store, f"UPDATE ledger_entry SET kind = 'gift' WHERE id = '{cut_off.entry_id}'")
    with pytest.raises(ledger.LeafFalse):
        ledger.extend_log(session, BOOK, kept=twelve)


def test_a_waiting_entry_that_was_changed_is_not_signed(
    session: Session, store: Engine, twelve: Checkpoint, scribe: Scribe
) -> None:
    waiting = ledger.post(session, scribe.deposit(1), now=NOW)
    session.commit()
    drop_triggers(store)
    run(store, f"UPDATE ledger_posting SET amount = amount * 2 WHERE entry_id = '{waiting.entry_id}'")

    with pytest.raises(ledger.LeafFalse) as refusal:
        ledger.extend_log(session, BOOK, kept=twelve)

    assert refusal.value.params["entry_id"] == waiting.entry_id


REWRITES: list[tuple[str, type[ledger.LedgerError]]] = [
    ("DELETE FROM ledger_leaf WHERE leaf_index = 11", ledger.LogRewound),
    ("DELETE FROM ledger_leaf", ledger.LogRewound),
    ("UPDATE ledger_node SET hash = (SELECT hash FROM ledger_leaf WHERE leaf_index = 0)", ledger.LogForked),
]


@pytest.mark.parametrize(("rewrite", "refusal"), REWRITES)
def test_another_past_is_not_signed(
    session: Session, store: Engine, twelve: Checkpoint, scribe: Scribe, rewrite: str, refusal: Any
) -> None:
    ledger.post(session, scribe.deposit(1), now=NOW)
    session.commit()
    drop_triggers(store)
    run(store, rewrite)

    with pytest.raises(refusal):
        ledger.extend_log(session, BOOK, kept=twelve)


def test_a_log_is_not_begun_anew_where_its_checkpoint_is_lost(session: Session, twelve: Checkpoint) -> None:
    with pytest.raises(ledger.LogForked):
        ledger.extend_log(session, BOOK, kept=None)


CHANGES = [
    "UPDATE ledger_entry SET details = '{{}}' WHERE id = '{entry}'",
    "UPDATE ledger_posting SET amount = amount + 1 WHERE entry_id = '{entry}' AND leg = 0",
    "DELETE FROM ledger_posting WHERE entry_id = '{entry}' AND leg = 0",
    "DELETE FROM ledger_entry WHERE id = '{entry}'",
    "UPDATE ledger_account SET floor = -5 WHERE path = 'fund:city'",
]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("index", [0, 5, 11])
def test_an_old_entry_that_was_changed_or_is_gone_is_found_by_its_history(
    session: Session, store: Engine, twelve: Checkpoint, change: str, index: int
) -> None:
    entry_id = leaves(session)[index][0]
    session.rollback()
    drop_triggers(store)
    run(store, change.format(entry=entry_id))

    for start in (0, index):
        with pytest.raises(ledger.LeafFalse):
            ledger.check_history(session, BOOK, kept=twelve, start=start)


def test_a_history_rewritten_with_its_hashes_is_found_by_the_kept_checkpoint(
    session: Session, store: Engine, twelve: Checkpoint, scribe: Scribe
) -> None:
    """Whoever owns the database makes a whole second log, correct in itself."""
    session.rollback()
    drop_triggers(store)
    run(store, *(f"DELETE FROM {table}" for table in ("ledger_leaf", "ledger_node", "ledger_pending")))
    run(store, "INSERT INTO ledger_pending SELECT book, id FROM ledger_entry WHERE kind = 'deposit'")
    ledger.post_many(session, [scribe.deposit(1) for _ in range(20)], now=NOW)
    second = extend(session)
    session.commit()

    assert second.size > twelve.size
    ledger.check_history(session, BOOK, kept=second)
    for check in (
        lambda: ledger.check_history(session, BOOK, kept=twelve),
        lambda: ledger.extend_log(session, BOOK, kept=twelve),
    ):
        with pytest.raises(ledger.LogForked):
            check()
