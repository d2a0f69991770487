"""The audit on PostgreSQL, whose columns hold nothing but what they can mean."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

import ledger
from tests.ledger.sample import BOOK, POSTGRESQL_ONLY, run
from tests.ledger.whole_book import make_whole

pytestmark = POSTGRESQL_ONLY

LATER = "+ interval '1 microsecond'"
ZEROS = "decode(repeat('00', 32), 'hex')"
CHANGES = [
    (f"UPDATE ledger_{table} SET {column} = {value} WHERE {where}", f"ledger_{table}", found)
    for table, column, value, where, found in (
        ("entry", "kind", "'gift'", "id = 'ent_lot'", "content_hash"),
        ("entry", "occurred_at", f"occurred_at {LATER}", "id = 'ent_lot'", "content_hash"),
        ("entry", "recorded_at", f"recorded_at {LATER}", "id = 'ent_lot'", "leaf_hash"),
        ("entry", "local_day", "local_day + 1", "id = 'ent_lot'", "content_hash"),
        ("entry", "deadline", f"deadline {LATER}", "id = 'ent_hold'", "content_hash"),
        ("entry", "salt", ZEROS, "id = 'ent_lot'", "leaf_hash"),
        ("entry", "recorded_at", "'infinity'", "id = 'ent_lot'", "recorded_at"),
        ("posting", "balance", "balance + 1", "entry_id = 'ent_lot' AND leg = 3", "balance"),
        ("posting", "recorded_at", f"recorded_at {LATER}", "entry_id = 'ent_lot' AND leg = 3", "recorded_at"),
        ("account", "balance", "balance + 1", "path = 'fund:city'", "balance"),
        ("account", "moved_at", f"moved_at {LATER}", "path = 'fund:city'", "moved_at"),
        ("account", "opened_at", f"opened_at {LATER}", "path = 'fund:city'", "opened_at"),
        ("account", "closed_by", "NULL", "path = 'held:rdm_1'", "closed_by"),
        ("leaf", "hash", ZEROS, "leaf_index = 3", "hash"),
        ("node", "hash", ZEROS, "level = 2 AND node_index = 1", "hash"),
        ("checkpoint", "root", ZEROS, "size = 7", "root"),
    )
]


@pytest.fixture
def session(store: Engine) -> Iterator[Session]:
    make_whole(store)
    with Session(store) as session:
        yield session


def test_each_change_is_found_and_named(session: Session, store: Engine) -> None:
    assert ledger.check_book(session, BOOK) is None
    for change, table, column in CHANGES:
        with store.connect() as connection:
            connection.exec_driver_sql(change)
            difference = ledger.check_book(Session(connection), BOOK)
            connection.rollback()

        assert difference is not None, change
        assert (difference.table, difference.column) == (table, column), difference
    run(store, "DELETE FROM ledger_entry WHERE id = 'ent_lot'")
    assert ledger.check_book(session, BOOK) == ledger.Difference(
        "ledger_entry", (BOOK, "ent_lot"), "id", expected="ent_lot", found=None
    )
