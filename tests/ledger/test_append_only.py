"""The database itself refuses every change but new rows and new balances; without its triggers it would not.

What only one of the stores has a statement for stands in the module of that store.
"""

from contextlib import suppress

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

import ledger
from tests.ledger.sample import BOOK, GUARDED, drop_triggers, everything, run

CHANGES = [
    "UPDATE ledger_entry SET details = '{}'",
    "UPDATE ledger_entry SET id = id",
    "UPDATE ledger_posting SET amount = amount * 2",
    "UPDATE ledger_account SET floor = NULL",
    "UPDATE ledger_account SET path = 'thief', balance = balance",
    "UPDATE ledger_account SET unit = 'mgCO2e'",
    "UPDATE ledger_account SET opened_at = '2020-01-01T00:00:00.000000Z'",
    *[f"DELETE FROM {table}" for table in GUARDED],
    "INSERT INTO ledger_account SELECT * FROM ledger_account WHERE true ON CONFLICT (book, path, stripe) DO UPDATE SET floor = -1",
]


@pytest.mark.parametrize("change", CHANGES)
def test_the_database_refuses_a_change(logged: Session, store: Engine, change: str) -> None:
    check_refuses(logged, store, change)


def check_refuses(session: Session, store: Engine, *statements: str) -> None:
    before = everything(session)
    session.commit()

    with pytest.raises(IntegrityError, match="append-only"):
        run(store, *statements)

    assert everything(session) == before


@pytest.mark.parametrize("change", CHANGES)
def test_without_its_triggers_the_database_takes_the_change(logged: Session, store: Engine, change: str) -> None:
    check_takes(store, change)


def check_takes(store: Engine, *statements: str) -> None:
    drop_triggers(store)

    with suppress(IntegrityError):  # some meet another constraint
        run(store, *statements)
        return
    with pytest.raises(IntegrityError, match="constraint"):
        run(store, *statements)


def test_an_edit_that_goes_through_without_the_triggers_is_found(session: Session, store: Engine) -> None:
    drop_triggers(store)
    run(store, "UPDATE ledger_entry SET details = '{}'")

    difference = ledger.check_book(session, BOOK)

    assert difference is not None and difference.table == "ledger_entry"


def test_the_triggers_can_be_dropped_and_made_again(store: Engine) -> None:
    for _ in range(2):
        drop_triggers(store)
        run(store, *ledger.append_only_ddl(store.dialect.name))
