"""The database itself refuses every change but new rows and new balances; without its triggers it would not."""

from contextlib import suppress

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

import ledger
from tests.ledger.sample import BOOK, NOW, TABLES, Scribe, everything, open_store, run

ENTRY = "book, id, home, reference, kind, occurred_at, recorded_at, local_day, details, content_hash, salt, commitment"
COPY = f"SELECT {ENTRY}, leaf_hash, reverses FROM ledger_entry"
AT_ITS_PLACE = COPY.replace(
    "SELECT book, id, home, reference",
    "SELECT rowid, book, id || 1, home, reference || 1",
)
CHANGES = [
    "UPDATE ledger_entry SET details = '{}'",
    "UPDATE ledger_entry SET id = id",
    "UPDATE ledger_entry SET rowid = rowid + 100",
    "UPDATE ledger_posting SET amount = amount * 2",
    "UPDATE ledger_account SET floor = NULL",
    "UPDATE ledger_account SET path = 'thief', balance = balance",
    "UPDATE OR REPLACE ledger_account SET path = 'fund:city'",
    "UPDATE ledger_account SET unit = 'mgCO2e'",
    "UPDATE ledger_account SET opened_at = '2020'",
    *[f"DELETE FROM {table}" for table in TABLES],
    *[f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}" for table in TABLES],
    "INSERT INTO ledger_account SELECT * FROM ledger_account WHERE true ON CONFLICT DO UPDATE SET unit = 'mgCO2e'",
    f"REPLACE INTO ledger_entry {COPY.replace('book, id,', 'book, id || 1,')}",
    f"REPLACE INTO ledger_entry {COPY.replace('reference', 'reference || 1')}",
    f"REPLACE INTO ledger_entry (rowid, {ENTRY}, leaf_hash, reverses) {AT_ITS_PLACE}",
]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_the_database_refuses_a_change(session: Session, store: Engine, change: str, recursive: str) -> None:
    before = everything(session)
    session.commit()

    with pytest.raises(IntegrityError, match="append-only"):
        run(store, f"PRAGMA recursive_triggers = {recursive}", change)

    assert everything(session) == before


@pytest.mark.parametrize("change", CHANGES)
def test_without_its_triggers_the_database_takes_the_change(session: Session, store: Engine, change: str) -> None:
    run(store, *ledger.drop_append_only_ddl("sqlite"))

    with suppress(IntegrityError):  # some meet another constraint
        run(store, change)
        return
    with pytest.raises(IntegrityError, match="constraint failed"):
        run(store, change)


def test_an_edit_that_goes_through_without_the_triggers_is_found(session: Session, store: Engine) -> None:
    run(store, *ledger.drop_append_only_ddl("sqlite"))
    run(store, "UPDATE ledger_entry SET details = '{}'")

    difference = ledger.check_book(session, BOOK)

    assert difference is not None and difference.table == "ledger_entry"


def test_a_second_reversal_written_past_the_ledger_is_refused(session: Session, store: Engine, scribe: Scribe) -> None:
    action = ledger.post(session, scribe.action(), now=NOW)
    scribe.reverse(session, action.entry_id)
    session.commit()

    with pytest.raises(IntegrityError, match="append-only"):
        run(
            store,
            f"REPLACE INTO ledger_entry {COPY.replace('book, id,', 'book, id || 1,').replace('reference', 'reference || 1')} "
            "WHERE reverses IS NOT NULL",
        )


def test_the_triggers_of_postgresql_cover_each_table() -> None:
    statements = ledger.append_only_ddl("postgresql")

    for table in TABLES:
        for change in ("UPDATE", "DELETE", "TRUNCATE"):
            assert any(f"BEFORE {change} ON {table}" in statement for statement in statements), (table, change)
    assert len(ledger.drop_append_only_ddl("postgresql")) == len(statements)


def test_the_triggers_can_be_dropped_and_made_again() -> None:
    store = open_store()
    for _ in range(2):
        run(store, *ledger.drop_append_only_ddl("sqlite"))
        run(store, *ledger.append_only_ddl("sqlite"))
