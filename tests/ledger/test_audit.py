"""check_book finds every single change to any row, and names it."""

from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

import ledger
from tests.ledger.sample import BOOK, NOW, POSTGRESQL_ONLY, SQLITE_ONLY, Scribe, drop_triggers, run

ACTION, UNDO = "ent_action", "ent_undo"
ZEROS = "zeros(32)"
"""Stands for so many bytes, which each store writes in its own way."""


@pytest.fixture
def unguarded(session: Session, store: Engine, scribe: Scribe) -> Session:
    """A sound book with an action, a reversed one and its reversal, whose triggers are gone."""
    ledger.post(session, scribe.action(id=ACTION), now=NOW)
    ledger.post(session, scribe.action(id="ent_undone"), now=NOW)
    scribe.reverse(session, "ent_undone", id=UNDO)
    session.commit()
    assert ledger.check_book(session, BOOK) is None
    session.commit()
    drop_triggers(store)
    return session


def entry(change: str, entry_id: str = ACTION) -> str:
    return f"UPDATE ledger_entry SET {change} WHERE id = '{entry_id}'"


def posting(change: str, leg: int = 3) -> str:
    return f"UPDATE ledger_posting SET {change} WHERE entry_id = '{ACTION}' AND leg = {leg}"


def account(change: str, path: str = "fund:city") -> str:
    return f"UPDATE ledger_account SET {change} WHERE path = '{path}'"


TAMPERED: list[tuple[str, str, str]] = [
    *[
        (entry(change), "ledger_entry", column)
        for change, column in (
            ("home = 'resident:thief'", "content_hash"),
            ("reference = 'form:other'", "content_hash"),
            ("kind = 'gift'", "content_hash"),
            ("occurred_at = '2026-06-05T04:00:01.000000Z'", "content_hash"),
            ("local_day = '2026-06-04'", "content_hash"),
            ("details = '{}'", "content_hash"),
            ("details = '{'", "content_hash"),
            (f"content_hash = {ZEROS}", "content_hash"),
            ("recorded_at = '2026-06-05T04:00:01.000000Z'", "leaf_hash"),
            (f"salt = {ZEROS}", "leaf_hash"),
            (f"commitment = {ZEROS}", "leaf_hash"),
            (f"leaf_hash = {ZEROS}", "leaf_hash"),
            ("reverses = 'ent_undone2'", "content_hash"),
        )
    ],
    (entry("reverses = NULL", UNDO), "ledger_entry", "content_hash"),
    (entry("id = 'ent_other'"), "ledger_posting", "leg"),
    (f"DELETE FROM ledger_entry WHERE id = '{ACTION}'", "ledger_entry", "id"),
    (posting("amount = amount + 1"), "ledger_entry", "sum of point"),
    (posting("leg = 9"), "ledger_posting", "leg"),
    (posting("unit = 'mgCO2e'"), "ledger_posting", "unit"),
    (posting("path = 'resident:thief'"), "ledger_account", "path"),
    (posting("path = 'fund:city'"), "ledger_entry", "content_hash"),
    (
        f"DELETE FROM ledger_posting WHERE entry_id = '{ACTION}' AND leg > 1",
        "ledger_entry",
        "content_hash",
    ),
    (
        f"DELETE FROM ledger_posting WHERE entry_id = '{ACTION}'",
        "ledger_posting",
        "leg",
    ),
    (
        (
            "INSERT INTO ledger_posting SELECT book, 'ent_zz', leg, path, unit, amount FROM ledger_posting "
            "WHERE true ON CONFLICT DO NOTHING"
        ),
        "ledger_entry",
        "id",
    ),
    (account("balance = balance + 1"), "ledger_account", "balance"),
    (account("floor = NULL"), "ledger_entry", "content_hash"),
    (
        account("opened_at = '2026-06-05T04:00:01.000000Z'"),
        "ledger_account",
        "opened_at",
    ),
    (account("unit = 'mgCO2e'"), "ledger_posting", "unit"),
    ("DELETE FROM ledger_account WHERE path = 'fund:city'", "ledger_account", "path"),
    (
        f"INSERT INTO ledger_account VALUES ('{BOOK}', 'new', 'point', NULL, 5, '2026-06-05T04:00:00.000000Z')",
        "ledger_account",
        "balance",
    ),
    (
        f"INSERT INTO ledger_account VALUES ('{BOOK}', 'new', 'point', NULL, 0, '2026-06-05T04:00:00.000000Z')",
        "ledger_account",
        "opened_at",
    ),
]


# SQLite takes a value of any type into any column.
ODDLY_TYPED: list[tuple[str, str, str]] = [
    *[
        (entry(change), "ledger_entry", column)
        for change, column in (
            ("occurred_at = 'yesterday'", "row"),
            ("local_day = 'yesterday'", "row"),
            ("salt = 'abc'", "salt"),
            ("leaf_hash = 'abc'", "leaf_hash"),
            ("details = x'00'", "content_hash"),
            ("details = 5", "content_hash"),
        )
    ],
    (posting("amount = 'many'"), "ledger_posting", "amount"),
    (posting("leg = 'x'"), "ledger_posting", "leg"),
]

# PostgreSQL knows days and times that Python has no value for.
BEYOND_PYTHON = [
    (entry(change), "ledger_entry", "row")
    for change in (
        "occurred_at = 'infinity'",
        "recorded_at = '10000-01-01T00:00:00Z'",
        "local_day = '-infinity'",
        "local_day = '0044-03-15 BC'",
    )
]


def check_finds(unguarded: Session, store: Engine, change: str, table: str, column: str) -> None:
    run(store, change)

    difference = ledger.check_book(unguarded, BOOK)

    assert difference is not None
    assert (difference.table, difference.column) == (table, column)
    assert difference.key[0] == BOOK


@pytest.mark.parametrize(("change", "table", "column"), TAMPERED)
def test_a_change_is_found_and_named(unguarded: Session, store: Engine, change: str, table: str, column: str) -> None:
    zeros = {"sqlite": "zeroblob(32)", "postgresql": "decode(repeat('00', 32), 'hex')"}[store.dialect.name]
    check_finds(unguarded, store, change.replace(ZEROS, zeros), table, column)


@SQLITE_ONLY
@pytest.mark.parametrize(("change", "table", "column"), ODDLY_TYPED)
def test_a_value_of_another_type_is_found(
    unguarded: Session, store: Engine, change: str, table: str, column: str
) -> None:
    run(store, "PRAGMA ignore_check_constraints = ON")

    check_finds(unguarded, store, change, table, column)


@POSTGRESQL_ONLY
@pytest.mark.parametrize(("change", "table", "column"), BEYOND_PYTHON)
def test_a_time_that_cannot_be_read_is_found(
    unguarded: Session, store: Engine, change: str, table: str, column: str
) -> None:
    check_finds(unguarded, store, change, table, column)


def test_a_change_in_another_book_is_none_of_this_one(unguarded: Session, store: Engine, scribe: Scribe) -> None:
    deposit: dict[str, Any] = {"book": "huzhou-anji", "id": "ent_far"}
    ledger.post(unguarded, scribe.deposit(5, **deposit), now=NOW)
    unguarded.commit()
    run(store, entry("kind = 'gift'", "ent_far"))

    assert ledger.check_book(unguarded, BOOK) is None
    difference = ledger.check_book(unguarded, "huzhou-anji")
    assert difference is not None and difference.key == ("huzhou-anji", "ent_far")


def test_a_difference_says_what_it_should_be(unguarded: Session, store: Engine) -> None:
    run(store, account("balance = 5000"))

    found = ledger.check_book(unguarded, BOOK)

    assert found == ledger.Difference("ledger_account", (BOOK, "fund:city"), "balance", expected=997, found=5000)


def test_a_long_book_is_checked_to_its_end(session: Session, store: Engine, scribe: Scribe) -> None:
    entries = [scribe.action(points=1) for _ in range(600)]
    ledger.post_many(session, entries, now=NOW)
    last = max(item.id for item in entries)
    session.commit()
    drop_triggers(store)
    run(store, entry("kind = 'gift'", last))

    difference = ledger.check_book(session, BOOK)

    assert difference is not None and difference.key == (BOOK, last)


def test_an_entry_whose_hashes_were_forged_too_is_given_away_by_its_balance(
    unguarded: Session, store: Engine, scribe: Scribe
) -> None:
    stolen = scribe.action(id="ent_stolen", points=500)
    rows = unguarded.execute(text("SELECT count(*) FROM ledger_entry")).scalar_one()
    ledger.post(unguarded, stolen, now=NOW)
    unguarded.commit()
    run(store, account("balance = 997"))  # hide that it was paid

    difference = ledger.check_book(unguarded, BOOK)

    assert rows == 4
    assert difference is not None and difference.column == "balance"
