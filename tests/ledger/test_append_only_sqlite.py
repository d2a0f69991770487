"""SQLite's own ways round an append-only table: REPLACE, which asks no DELETE trigger, and the hidden rowid."""

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

import ledger
from tests.ledger.sample import GUARDED, NOW, SQLITE_ONLY, Scribe, run
from tests.ledger.test_append_only import CHANGES, check_refuses, check_takes

pytestmark = SQLITE_ONLY

ENTRY = "book, id, home, reference, kind, occurred_at, recorded_at, local_day, details, content_hash, salt, commitment"
COLUMNS = f"{ENTRY}, leaf_hash, reverses"
COPY = f"SELECT {COLUMNS} FROM ledger_entry"
AT_ITS_PLACE = COPY.replace(
    "SELECT book, id, home, reference",
    "SELECT rowid, book, id || 1, home, reference || 1",
)
REPLACEMENTS = [
    "UPDATE ledger_entry SET rowid = rowid + 100",
    "UPDATE OR REPLACE ledger_account SET path = 'fund:city'",
    *[f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}" for table in GUARDED],
    f"REPLACE INTO ledger_entry ({COLUMNS}) {COPY.replace('book, id,', 'book, id || 1,')}",
    f"REPLACE INTO ledger_entry ({COLUMNS}) {COPY.replace('reference', 'reference || 1')}",
    f"REPLACE INTO ledger_entry (rowid, {COLUMNS}) {AT_ITS_PLACE}",
]


@pytest.mark.parametrize("change", [*CHANGES, *REPLACEMENTS])
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_the_database_refuses_a_change(logged: Session, store: Engine, change: str, recursive: str) -> None:
    check_refuses(logged, store, f"PRAGMA recursive_triggers = {recursive}", change)


@pytest.mark.parametrize("change", REPLACEMENTS)
def test_without_its_triggers_the_database_takes_the_change(logged: Session, store: Engine, change: str) -> None:
    check_takes(store, change)


def test_a_second_reversal_written_past_the_ledger_is_refused(session: Session, store: Engine, scribe: Scribe) -> None:
    action = ledger.post(session, scribe.action(), now=NOW)
    scribe.reverse(session, action.entry_id)
    session.commit()

    with pytest.raises(IntegrityError, match="append-only"):
        run(
            store,
            f"REPLACE INTO ledger_entry ({COLUMNS}) "
            f"{COPY.replace('book, id,', 'book, id || 1,').replace('reference', 'reference || 1')} "
            "WHERE reverses IS NOT NULL",
        )
