"""A row that holds what its column cannot mean is damage with a name: table, key, column."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

import ledger
from ledger.rows import stream
from ledger.tlog.checkpoints import Checkpoint
from tests.ledger.sample import BOOK, NOW, SQLITE_ONLY, Scribe, drop_triggers, run

EVERYWHERE = [
    ("ledger_entry", f"closes = {closes}", "closes")
    for closes in ("'{'", "''", "'5'", "'{}'", "'[5]'", "'[\"\\ud800\"]'", f"'{'[' * 50_000}'")
]
"""Damage that both stores can keep."""

ON_SQLITE = [
    ("ledger_entry", "closes = x'00'", "closes"),
    ("ledger_entry", "closes = CAST(x'ff' AS TEXT)", "closes"),
    ("ledger_entry", "details = CAST(x'ff' AS TEXT)", "details"),
    ("ledger_entry", "details = CAST('{\"a\":\"' || x'ff' || '\"}' AS TEXT)", "details"),
    ("ledger_entry", "kind = CAST(x'ff' AS TEXT)", "kind"),
    ("ledger_entry", "salt = 'abc'", "salt"),
    ("ledger_entry", "salt = 5", "salt"),
    ("ledger_posting", "path = CAST(x'ff' AS TEXT)", "path"),
    ("ledger_posting", "unit = CAST(x'ff' AS TEXT)", "unit"),
]
"""SQLite keeps what it is given, whatever the type of the column."""

FALSE = ["details = '{'", "details = ''", "details = '[1]'", "kind = 'gift'"]
"""Of an entry: it can be read, and it is not what its leaf says."""


@pytest.fixture
def damage(session: Session, store: Engine, scribe: Scribe) -> Callable[[str, str, bool], tuple[str, Checkpoint]]:
    """One of twelve entries damaged, before or after it has its place in the log; its id, and what was signed."""

    def do(table: str, change: str, is_old: bool) -> tuple[str, Checkpoint]:
        posted = ledger.post_many(session, [scribe.action() for _ in range(11)], now=NOW)
        kept = Checkpoint("example.org/log", 0, ledger.EMPTY_ROOT)
        if is_old:
            head = ledger.extend_log(session, BOOK, kept=kept)
            kept = Checkpoint("example.org/log", head.size, head.root)
        session.commit()
        drop_triggers(store)
        column = "id" if table == "ledger_entry" else "entry_id"
        leg = " AND leg = 0" if table == "ledger_posting" else ""
        entry_id = sorted(one.entry_id for one in posted)[5]
        run(store, f"UPDATE {table} SET {change} WHERE {column} = '{entry_id}'{leg}")
        return entry_id, kept

    return do


def read(session: Session, kept: Checkpoint) -> object:
    """What the sequencer does with it."""
    if kept.size:
        return ledger.check_history(session, BOOK, kept=kept)
    return ledger.extend_log(session, BOOK, kept=kept)


def assert_named(session: Session, damage: Any, table: str, change: str, column: str, is_old: bool) -> None:
    entry_id, kept = damage(table, change, is_old)

    with pytest.raises(ledger.RowUnreadable) as refusal:
        read(session, kept)

    assert refusal.value.params["table"] == table
    assert refusal.value.params["column"] == column
    assert str(refusal.value.params["key"]).startswith(f"{BOOK} {entry_id}")


@pytest.mark.parametrize("is_old", [False, True])
@pytest.mark.parametrize(("table", "change", "column"), EVERYWHERE)
def test_what_an_entry_closes_and_cannot_be_read_is_named(
    session: Session, damage: Any, table: str, change: str, column: str, is_old: bool
) -> None:
    assert_named(session, damage, table, change, column, is_old)


@SQLITE_ONLY
@pytest.mark.parametrize("is_old", [False, True])
@pytest.mark.parametrize(("table", "change", "column"), ON_SQLITE)
def test_any_cell_that_cannot_be_read_is_named(
    session: Session, damage: Any, table: str, change: str, column: str, is_old: bool
) -> None:
    assert_named(session, damage, table, change, column, is_old)


@pytest.mark.parametrize("is_old", [False, True])
@pytest.mark.parametrize("change", FALSE)
def test_what_can_be_read_and_is_false_is_refused_by_its_leaf(
    session: Session, damage: Any, change: str, is_old: bool
) -> None:
    entry_id, kept = damage("ledger_entry", change, is_old)

    with pytest.raises(ledger.LeafFalse) as refusal:
        read(session, kept)

    assert refusal.value.params == {"book": BOOK, "entry_id": entry_id}


@SQLITE_ONLY
@pytest.mark.parametrize(
    ("change", "table", "column"),
    [
        ("UPDATE ledger_leaf SET hash = 'abc' WHERE leaf_index = 5", "ledger_leaf", "hash"),
        ("UPDATE ledger_leaf SET hash = 5 WHERE leaf_index = 11", "ledger_leaf", "hash"),
        ("UPDATE ledger_leaf SET hash = x'00' WHERE leaf_index = 11", "ledger_leaf", "hash"),
        ("UPDATE ledger_leaf SET entry_id = CAST(x'ff' AS TEXT) WHERE leaf_index = 5", "ledger_leaf", "entry_id"),
        ("UPDATE ledger_leaf SET leaf_index = 'x' WHERE leaf_index = 11", "ledger_leaf", "leaf_index"),
        ("UPDATE ledger_node SET hash = 'abc'", "ledger_node", "hash"),
        ("UPDATE ledger_node SET hash = x''", "ledger_node", "hash"),
    ],
)
def test_the_stored_tree_is_named_too(
    session: Session, store: Engine, damage: Any, change: str, table: str, column: str
) -> None:
    _, kept = damage("ledger_entry", "id = id", True)
    run(store, change)

    with pytest.raises(ledger.RowUnreadable) as refusal:
        ledger.extend_log(session, BOOK, kept=kept)
        read(session, kept)

    assert (refusal.value.params["table"], refusal.value.params["column"]) == (table, column)


def test_what_goes_wrong_for_another_reason_keeps_its_own_name() -> None:
    """The control: no fault of ours, and no lost connection, is taken for damage."""
    with pytest.raises(ConnectionError), stream.naming(lambda: None):
        raise ConnectionError
