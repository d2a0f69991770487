"""Whoever can seal what they write leaves no false hash: what gives them away is that it breaks a rule.

They are the ledger itself here, with its rules taken out; each of these entries would be refused with them.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

import ledger
from ledger import POINT, Account, Act, Entry, LedgerError, core
from tests.ledger.sample import BOOK, FUND, HELD, NATURE, NOW, SPONSOR, Scribe, run
from tests.ledger.whole_book import CAP, EXPIRED, EXPIRY, LATE, LATER_LOT, LOT, OPEN_HELD, SHOP, whole_store

RULES = ("check_links", "_check_use", "_check_bounds", "check_entry")
SOON = NOW + timedelta(hours=3)
PENNY = Account("resident:acc_9:points", POINT)


@pytest.fixture
def store() -> Engine:
    return whole_store()


@pytest.fixture
def session(store: Engine) -> Iterator[Session]:
    with Session(store) as session:
        yield session


@pytest.fixture
def forger() -> Scribe:
    return Scribe(99)


def forge(session: Session, entry: Entry, at: Any = SOON) -> ledger.Difference:
    """What the audit says to an entry that was posted without rules, and would be refused with them."""
    with pytest.raises(LedgerError), session.begin_nested():
        ledger.post(session, entry, now=at)
    with pytest.MonkeyPatch.context() as patch:
        for rule in RULES:
            patch.setattr(core, rule, lambda *_: None)
        ledger.post(session, entry, now=at)
    difference = ledger.check_book(session, BOOK)
    assert difference is not None
    return difference


UNLAWFUL: dict[str, tuple[tuple[tuple[Account, int], ...], dict[str, Any], tuple[str, str, object]]] = {
    "reversed with another amount": (
        ((FUND, 1), (LATER_LOT, -1)), {"reverses": "ent_later_lot"}, ("ledger_entry", "reverses", "not_a_mirror")
    ),
    "reversed for another home": (
        ((FUND, 9), (LATER_LOT, -9)), {"reverses": "ent_later_lot", "home": "a"}, ("ledger_entry", "reverses", "not_a_mirror")
    ),
    "a reversal reversed": (
        ((FUND, -4), (LATER_LOT, 4)), {"reverses": "ent_undo"}, ("ledger_entry", "reverses", "reversal_of_reversal")
    ),
    "a hold reversed": (
        ((LATER_LOT, 5), (OPEN_HELD, -5)), {"reverses": "ent_open_hold"}, ("ledger_account", "held_by", "ent_open_hold")
    ),
    "captured from a hold that has ended": (
        ((HELD, -1), (SHOP, 1)), {"act": Act.CAPTURE, "hold": "ent_hold"}, ("ledger_entry", "hold", "hold_ended")
    ),
    "released to somebody else": (
        ((OPEN_HELD, -5), (PENNY, 5)), {"act": Act.RELEASE, "hold": "ent_open_hold"}, ("ledger_entry", "hold", "not_of_hold")
    ),
    "released in part": (
        ((OPEN_HELD, -4), (LATER_LOT, 4)), {"act": Act.RELEASE, "hold": "ent_open_hold"},
        ("ledger_entry", "hold", "not_of_hold"),
    ),
    "captured from what is not held": (
        ((LATER_LOT, -1), (SHOP, 1)), {"act": Act.CAPTURE, "hold": "ent_open_hold"}, ("ledger_account", "held_by", None)
    ),
    "captured for another home": (
        ((OPEN_HELD, -1), (SHOP, 1)), {"act": Act.CAPTURE, "hold": "ent_open_hold", "home": "a"},
        ("ledger_entry", "hold", "not_of_hold"),
    ),
    "more captured than is left": (
        ((OPEN_HELD, -6), (SHOP, 6)), {"act": Act.CAPTURE, "hold": "ent_open_hold"}, ("ledger_posting", "balance", -1)
    ),
    "spent what is held": (((OPEN_HELD, -5), (SHOP, 5)), {}, ("ledger_account", "held_by", "ent_open_hold")),
    "swept before it expires": (((LATER_LOT, -1), (EXPIRED, 1)), {"act": Act.SWEEP}, ("ledger_posting", "recorded_at", ...)),
    "overspent": (((FUND, -2000), (SHOP, 2000)), {}, ("ledger_posting", "balance", ...)),
    "above the ceiling": (((SPONSOR, -9), (CAP, 9)), {}, ("ledger_posting", "balance", 21)),
    "out of nothing": (((FUND, 5),), {}, ("ledger_entry", "sum of point", 5)),
    "of an unknown unit": (
        ((Account("x", "gold", None), -1), (Account("y", "gold"), 1)), {}, ("ledger_entry", "legs", "ledger_unit_unknown")
    ),
    "of too many legs": (
        ((SPONSOR, -100), *((Account(f"x:{at}", POINT), 1) for at in range(100))), {}, ("ledger_posting", "leg", 100)
    ),
    "of no legs": ((), {}, ("ledger_posting", "leg", None)),
    "both a sweep and a reversal": (
        ((FUND, 9), (LATER_LOT, -9)), {"act": Act.SWEEP, "reverses": "ent_later_lot"}, ("ledger_entry", "act", "act_invalid")
    ),
    "of details that are no JSON of ours": (
        ((SPONSOR, -1), (FUND, 1)), {"details": {"x": 0.5}}, ("ledger_entry", "details", "details_invalid")
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", UNLAWFUL)
def test_an_entry_that_breaks_a_rule_is_named(session: Session, forger: Scribe, name: str) -> None:
    legs, fields, (table, column, value) = UNLAWFUL[name]

    found = forge(session, forger.entry(*legs, **{"id": "ent_forged"} | fields))

    assert (found.table, found.column) == (table, column), found
    assert value in (found.found, ...)


@pytest.mark.parametrize(
    ("legs", "fields", "column", "found"),
    [
        (((FUND, -1), (LOT, 1)), {}, "recorded_at", None),
        (((LATER_LOT, -1), (SHOP, 1)), {}, "recorded_at", None),
        (((OPEN_HELD, -1), (SHOP, 1)), {"act": Act.CAPTURE, "hold": "ent_open_hold"}, "hold", "hold_overdue"),
    ],
    ids=["onto a closed lot", "after its expiry", "after the deadline"],
)
def test_an_entry_that_comes_too_late_is_named(
    session: Session, forger: Scribe, legs: Any, fields: dict[str, Any], column: str, found: object
) -> None:
    difference = forge(session, forger.entry(*legs, id="ent_forged", **fields), at=EXPIRY + timedelta(days=90))

    assert difference.column == column, difference
    assert found in (None, difference.found)


def test_a_second_reversal_is_named(session: Session, store: Engine, forger: Scribe) -> None:
    run(store, "DROP INDEX uq_ledger_entry_book_reverses")
    legs = (FUND, 4), (LATER_LOT, -4)

    found = forge(session, forger.entry(*legs, reverses="ent_undone", id="ent_again"))

    assert (found.key, found.column, found.found) == ((BOOK, "ent_again"), "reverses", "already_reversed")


def test_a_hold_of_two_accounts_is_named(session: Session, forger: Scribe) -> None:
    legs = (LATER_LOT, -2), (Account("held:a", POINT), 1), (Account("held:b", POINT), 1)

    found = forge(session, forger.entry(*legs, act=Act.HOLD, deadline=LATE, id="ent_forged"))

    assert (found.key, found.column, found.found) == ((BOOK, "ent_forged"), "hold", "hold_invalid")


@pytest.mark.parametrize(
    ("path", "table", "column"),
    [
        (FUND.path, "ledger_account", "balance"),
        (NATURE.path, "ledger_entry", "closes"),
        ("new", "ledger_account", "path"),
    ],
)
def test_a_closing_of_what_cannot_be_closed_is_named(
    session: Session, forger: Scribe, path: str, table: str, column: str
) -> None:
    def close(entry: Entry, known: Any, decision: Any) -> None:
        state = known.accounts.get((entry.book, path, 0))
        if state is not None:
            state.closed_by = entry.id
            decision.accounts[entry.book, path, 0] = state

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(core, "_close", close)
        ledger.post(session, forger.entry(closes=(path,), id="ent_forged"), now=LATE)

    found = ledger.check_book(session, BOOK)

    assert found is not None and (found.table, found.column) == (table, column), found
