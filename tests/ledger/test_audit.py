"""check_book finds each kind of change to any row of any table, and names it."""

import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

import ledger
from ledger import POINT, Account
from tests.ledger.sample import BOOK, FUND, NOW, SPONSOR, Scribe, drop_triggers, on_sqlite, run
from tests.ledger.whole_book import CAP, LOT, OPEN_HELD, SIZE, whole_store

T = "2026-06-05T04:00:00.000001Z"


@pytest.fixture
def vandalized() -> Engine:
    """A sound book, in part in the log, without triggers."""
    return whole_store()


@pytest.fixture
def unguarded(vandalized: Engine) -> Iterator[Session]:
    with Session(vandalized) as session:
        yield session


def entry(change: str, entry_id: str = "ent_lot") -> str:
    return f"UPDATE ledger_entry SET {change} WHERE id = '{entry_id}'"


def posting(change: str, leg: int = 3, entry_id: str = "ent_lot") -> str:
    return f"UPDATE ledger_posting SET {change} WHERE entry_id = '{entry_id}' AND leg = {leg}"


def account(change: str, path: str = "fund:city", stripe: int = 0) -> str:
    return f"UPDATE ledger_account SET {change} WHERE path = '{path}' AND stripe = {stripe}"


def leaf(change: str, index: int = 3) -> str:
    return f"UPDATE ledger_leaf SET {change} WHERE leaf_index = {index}"


def node(change: str, level: int = 2, index: int = 1) -> str:
    return f"UPDATE ledger_node SET {change} WHERE level = {level} AND node_index = {index}"


def checkpoint(change: str) -> str:
    return f"UPDATE ledger_checkpoint SET {change} WHERE size = 7"


TAMPERED: list[tuple[str, str, str]] = [
    # What is sealed.
    *[
        (entry(change), "ledger_entry", column)
        for change, column in (
            ("home = 'resident:thief'", "content_hash"),
            ("reference = 'form:other'", "content_hash"),
            ("kind = 'gift'", "content_hash"),
            (f"occurred_at = '{T}'", "content_hash"),
            ("local_day = '2026-06-04'", "content_hash"),
            ("details = '{}'", "content_hash"),
            ("content_hash = zeroblob(32)", "content_hash"),
            ("recorded_at = '2026-06-05T05:00:00.000000Z'", "leaf_hash"),
            ("salt = zeroblob(32)", "leaf_hash"),
            ("commitment = zeroblob(32)", "leaf_hash"),
            ("leaf_hash = zeroblob(32)", "leaf_hash"),
            ("reverses = 'ent_undone2'", "content_hash"),
            ("act = 'sweep'", "content_hash"),
            ("closes = '[\"fund:city\"]'", "content_hash"),
        )
    ],
    (entry("reverses = NULL", "ent_undo"), "ledger_entry", "content_hash"),
    (entry("hold = 'ent_open_hold'", "ent_part"), "ledger_entry", "content_hash"),
    (entry(f"deadline = '{T}'", "ent_hold"), "ledger_entry", "content_hash"),
    # What can mean the same and is written another way.
    (entry("closes = '[ \"held:rdm_1\"]'", "ent_closing"), "ledger_entry", "closes"),
    (entry("closes = '[]'"), "ledger_entry", "closes"),
    (entry("details = details || ' '"), "ledger_entry", "details"),
    (entry("occurred_at = '2026-06-05T04:00:00Z'"), "ledger_entry", "occurred_at"),
    (entry("local_day = '2026-W23-5'"), "ledger_entry", "local_day"),
    # What cannot be meant.
    (entry("occurred_at = 'yesterday'"), "ledger_entry", "occurred_at"),
    (entry("recorded_at = 5"), "ledger_entry", "recorded_at"),
    (entry("recorded_at = '0001-01-01T00:00:00.000000+23:00'"), "ledger_entry", "recorded_at"),
    (entry("local_day = 20260605"), "ledger_entry", "local_day"),
    (entry("salt = 'abc'"), "ledger_entry", "salt"),
    (entry("salt = x'00'"), "ledger_entry", "salt"),
    (entry("leaf_hash = 'abc'"), "ledger_entry", "leaf_hash"),
    (entry("home = x'00'"), "ledger_entry", "home"),
    (entry("kind = CAST(x'ff' AS TEXT)"), "ledger_entry", "kind"),
    (entry("id = CAST(x'ff' AS TEXT)"), "ledger_entry", "id"),
    (entry("id = x'ff'"), "ledger_entry", "id"),
    (entry("kind = 'Not A Kind'"), "ledger_entry", "kind"),
    (entry("act = 'steal'"), "ledger_entry", "act"),
    (entry("hold = 'ent_hold'"), "ledger_entry", "act"),
    (entry("deadline = 'tomorrow'", "ent_hold"), "ledger_entry", "deadline"),
    *[(entry(f"details = {text}"), "ledger_entry", "details") for text in (
        "'{'", "5", "x'00'", "'[1]'", "'{\"a\":NaN}'", "'{\"a\":\"\\ud800\"}'",
        "replace(hex(zeroblob(50000)), '00', '[')",
    )],
    *[(entry(f"closes = {text}"), "ledger_entry", "closes") for text in ("'{'", "'5'", "'[5]'", "x'00'")],
    # Legs.
    (posting("amount = amount + 1"), "ledger_entry", "sum of point"),
    (posting("amount = 0"), "ledger_posting", "amount"),
    (posting("amount = 'many'"), "ledger_posting", "amount"),
    (posting("amount = 1e30"), "ledger_posting", "amount"),
    (posting("amount = 9223372036854775807"), "ledger_entry", "sum of point"),
    (posting("leg = 9"), "ledger_posting", "leg"),
    (posting("leg = 'x'"), "ledger_posting", "leg"),
    (posting("unit = 'mgCO2e'"), "ledger_posting", "unit"),
    (posting("path = 'resident:thief'"), "ledger_account", "path"),
    (posting("path = x'00'"), "ledger_posting", "path"),
    (posting("path = CAST(x'ff' AS TEXT)"), "ledger_posting", "path"),
    (posting("path = 'cap:day'"), "ledger_entry", "content_hash"),
    (posting("stripe = 7", 0), "ledger_posting", "stripe"),
    (posting("recorded_at = '2026-06-05T05:00:00.000000Z'"), "ledger_posting", "recorded_at"),
    (posting("recorded_at = 'soon'"), "ledger_posting", "recorded_at"),
    (posting("balance = balance + 1"), "ledger_posting", "balance"),
    (posting("balance = 'x'"), "ledger_posting", "balance"),
    ("DELETE FROM ledger_posting WHERE entry_id = 'ent_lot' AND leg = 1", "ledger_posting", "leg"),
    ("DELETE FROM ledger_posting WHERE entry_id = 'ent_lot' AND leg > 1", "ledger_entry", "content_hash"),
    ("DELETE FROM ledger_posting WHERE entry_id = 'ent_lot'", "ledger_posting", "leg"),
    ("DELETE FROM ledger_posting WHERE entry_id = 'ent_sweep'", "ledger_entry", "content_hash"),
    # Entries that come and go.
    (entry("id = 'ent_other'"), "ledger_entry", "id"),
    ("DELETE FROM ledger_entry WHERE id = 'ent_lot'", "ledger_entry", "id"),
    ("DELETE FROM ledger_entry WHERE id = 'ent_closing'", "ledger_leaf", "entry_id"),
    # Accounts.
    (account("balance = balance + 1"), "ledger_account", "balance"),
    (account("balance = 'much'"), "ledger_account", "balance"),
    (account("floor = NULL"), "ledger_entry", "content_hash"),
    (account("floor = 'x'"), "ledger_account", "floor"),
    (account("ceiling = 5", CAP.path), "ledger_entry", "content_hash"),
    (account("expires_at = NULL", LOT.path), "ledger_entry", "content_hash"),
    (account("expires_at = x'00'", LOT.path), "ledger_account", "expires_at"),
    (account("expires_at = CAST(x'ff' AS TEXT)", LOT.path), "ledger_account", "expires_at"),
    (account("unit = 'mgCO2e'"), "ledger_account", "unit"),
    (account("opened_at = '2026-06-05T04:00:01.000000Z'"), "ledger_account", "opened_at"),
    (account("opened_at = 'once'"), "ledger_account", "opened_at"),
    (account("moved_at = '2026-06-05T04:00:01.000000Z'"), "ledger_account", "moved_at"),
    (account("held_by = 'ent_hold'"), "ledger_account", "held_by"),
    (account("held_by = NULL", OPEN_HELD.path), "ledger_account", "held_by"),
    (account("held_by = 'ent_hold'", OPEN_HELD.path), "ledger_account", "held_by"),
    (account("closed_by = 'ent_sweep'"), "ledger_account", "closed_by"),
    (account("closed_by = 'ent_none'"), "ledger_account", "closed_by"),
    (account("closed_by = NULL", LOT.path), "ledger_account", "closed_by"),
    (account("path = 'fund:other'"), "ledger_account", "path"),
    ("DELETE FROM ledger_account WHERE path = 'fund:city'", "ledger_account", "path"),
    ("DELETE FROM ledger_account WHERE path = 'nature:huzhou-deqing' AND stripe = 0", "ledger_account", "path"),
    ("DELETE FROM ledger_account WHERE path = 'nature:huzhou-deqing' AND stripe > 0", "ledger_account", "path"),
    ("UPDATE ledger_account SET unit = 'point' WHERE path LIKE 'nature%' AND stripe > 0", "ledger_account", "unit"),
    ("UPDATE ledger_account SET floor = -9 WHERE path LIKE 'nature%' AND stripe > 0", "ledger_account", "floor"),
    ("UPDATE ledger_account SET held_by = 'ent_hold' WHERE path LIKE 'nature%' AND stripe > 0", "ledger_account", "held_by"),
    (f"INSERT INTO ledger_account VALUES ('{BOOK}', 'new', 0, 'point', NULL, NULL, NULL, NULL, '{T}', 0, '{T}', NULL)",
     "ledger_account", "opened_at"),
    (f"INSERT INTO ledger_account VALUES ('{BOOK}', '{FUND.path}', 5, 'point', 0, NULL, NULL, NULL, '{T}', 0, '{T}', NULL)",
     "ledger_account", "opened_at"),
    # The queue and the log.
    ("DELETE FROM ledger_pending WHERE entry_id = 'ent_undone'", "ledger_pending", "entry_id"),
    (f"INSERT INTO ledger_pending VALUES ('{BOOK}', 'ent_none')", "ledger_pending", "entry_id"),
    (f"INSERT INTO ledger_pending VALUES ('{BOOK}', x'00')", "ledger_pending", "entry_id"),
    (f"INSERT INTO ledger_pending SELECT '{BOOK}', entry_id FROM ledger_leaf LIMIT 1", "ledger_pending", "entry_id"),
    ("DELETE FROM ledger_leaf WHERE leaf_index = 5", "ledger_leaf", "leaf_index"),
    ("DELETE FROM ledger_leaf WHERE leaf_index = 12", "ledger_leaf", "leaf_index"),
    (leaf("hash = zeroblob(32)"), "ledger_leaf", "hash"),
    (leaf("hash = 'x'"), "ledger_leaf", "hash"),
    (leaf("entry_id = 'ent_none'"), "ledger_pending", "entry_id"),
    (posting("leg = -1"), "ledger_posting", "leg"),
    (leaf("leaf_index = 99"), "ledger_leaf", "leaf_index"),
    (leaf("leaf_index = -1"), "ledger_leaf", "leaf_index"),
    (leaf("leaf_index = 'x'"), "ledger_leaf", "leaf_index"),
    ("UPDATE ledger_leaf SET leaf_index = leaf_index + 1 WHERE leaf_index > 11", "ledger_leaf", "leaf_index"),
    (f"INSERT INTO ledger_leaf VALUES ('{BOOK}', {SIZE}, 'ent_none', zeroblob(32))", "ledger_leaf", "entry_id"),
    (node("hash = zeroblob(32)"), "ledger_node", "hash"),
    (node("hash = 5"), "ledger_node", "hash"),
    (node("level = 7"), "ledger_node", "node_index"),
    (node("level = 2.5"), "ledger_node", "node_index"),
    (node("level = 'x'", 3, 0), "ledger_node", "node_index"),
    (node("node_index = 9"), "ledger_node", "node_index"),
    (node("node_index = -1"), "ledger_node", "node_index"),
    (node("node_index = 'x'"), "ledger_node", "node_index"),
    ("DELETE FROM ledger_node WHERE level = 3", "ledger_node", "node_index"),
    *[(f"INSERT INTO ledger_node VALUES ('{BOOK}', {at}, zeroblob(32))", "ledger_node", column) for at, column in (
        ("0, 0", "node_index"), ("1, 6", "node_index"), ("4, 0", "node_index"), ("2.5, 0", "level"), ("'x', 0", "level"),
        ("2, 'x'", "node_index"),
    )],
    (checkpoint("root = zeroblob(32)"), "ledger_checkpoint", "root"),
    (checkpoint("root = 'x'"), "ledger_checkpoint", "root"),
    (checkpoint("size = 6"), "ledger_checkpoint", "root"),
    (checkpoint("size = 99"), "ledger_checkpoint", "size"),
    (checkpoint("size = 'x'"), "ledger_checkpoint", "size"),
    (checkpoint("signed_at = 'late'"), "ledger_checkpoint", "signed_at"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "table", "column"), TAMPERED)
def test_a_change_is_found_and_named(
    unguarded: Session, vandalized: Engine, change: str, table: str, column: str
) -> None:
    run(vandalized, change)

    difference = ledger.check_book(unguarded, BOOK)

    assert difference is not None
    assert (difference.table, difference.column) == (table, column), difference
    assert difference.key[0] == BOOK


def test_an_untouched_book_has_no_difference(unguarded: Session) -> None:
    assert ledger.check_book(unguarded, BOOK) is None
    assert ledger.check_book(unguarded, "never-used") is None


def test_what_the_sequencer_writes_is_sound(logged: Session) -> None:
    assert ledger.check_book(logged, BOOK) is None


def test_a_checkpoint_that_is_gone_contradicts_nothing_here(unguarded: Session, vandalized: Engine) -> None:
    # It is the one kept beside the key, outside of the database, that gives it away.
    run(vandalized, "DELETE FROM ledger_checkpoint")

    assert ledger.check_book(unguarded, BOOK) is None


def test_a_change_in_another_book_is_none_of_this_one(unguarded: Session, vandalized: Engine, scribe: Scribe) -> None:
    deposit: dict[str, Any] = {"book": "huzhou-anji", "id": "ent_far"}
    ledger.post(unguarded, scribe.deposit(5, **deposit), now=NOW)
    unguarded.commit()
    run(vandalized, entry("kind = 'gift'", "ent_far"))

    assert ledger.check_book(unguarded, BOOK) is None
    difference = ledger.check_book(unguarded, "huzhou-anji")
    assert difference is not None and difference.key == ("huzhou-anji", "ent_far")


def test_a_difference_says_what_it_should_be(unguarded: Session, vandalized: Engine) -> None:
    run(vandalized, account("balance = 5000"))

    found = ledger.check_book(unguarded, BOOK)

    assert found == ledger.Difference("ledger_account", (BOOK, "fund:city", 0), "balance", expected=952, found=5000)


def test_a_long_book_is_checked_to_its_end(scribe: Scribe) -> None:
    entries = [scribe.deposit(1) for _ in range(1200)]
    last = max(item.id for item in entries)
    with on_sqlite() as store, Session(store) as session:
        ledger.post_many(session, entries, now=NOW)
        session.commit()
        drop_triggers(store)
        assert ledger.check_book(session, BOOK) is None
        run(store, entry("kind = 'gift'", last))

        difference = ledger.check_book(session, BOOK)

    assert difference is not None and difference.key == (BOOK, last)


def test_whoever_watches_hears_how_far_it_is(unguarded: Session) -> None:
    heard: list[tuple[str, int, int]] = []

    ledger.check_book(unguarded, BOOK, progress=lambda *told: heard.append(told))

    assert heard == [("entries", 19, 19), ("postings", 48, 48), ("log", SIZE, SIZE)]


def test_memory_does_not_grow_with_the_book() -> None:
    scribe = Scribe()
    with on_sqlite() as store, Session(store) as session:
        post_moves(session, scribe, 1000)
        few = peak(session)
        post_moves(session, scribe, 3000)
        many = peak(session)

    assert many < 1.3 * few


def post_moves(session: Session, scribe: Scribe, entries: int) -> None:
    """So many entries, each of a home that has an account of its own."""
    for _ in range(entries // 1000):
        batch = [
            scribe.entry((SPONSOR, -1), (Account(ledger.new_id("acc", scribe.entropy), POINT), 1)) for _ in range(1000)
        ]
        ledger.post_many(session, batch, now=NOW)
    session.commit()


def peak(session: Session) -> int:
    """Bytes at most in use while the book is audited."""
    assert ledger.check_book(session, "warm-up") is None
    tracemalloc.start()
    try:
        assert ledger.check_book(session, BOOK) is None
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
