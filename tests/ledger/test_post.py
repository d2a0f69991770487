"""Posting: what is written, and that nothing is where something is wrong."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

import ledger
from ledger import CARBON, POINT, Account, Entry
from ledger.core import decide, read_request
from ledger.stores import open_store
from tests.ledger.sample import (
    BOOK,
    DAY,
    FUND,
    GRAMS,
    HELD,
    HOME,
    LATER_LOT,
    LOT,
    NATURE,
    NOW,
    SPONSOR,
    SQLITE_ONLY,
    Scribe,
    everything,
)

RICH = Account("rich", POINT, floor=None)
POOR = Account("poor", POINT, floor=None)


def deep(levels: int) -> dict[str, object]:
    return {"a": deep(levels - 1)} if levels else {}


def test_a_post_moves_the_balances_and_can_be_read_back(session: Session, scribe: Scribe) -> None:
    entry = scribe.action(mg=325_000, points=3)

    posted = ledger.post(session, entry, now=NOW)

    assert (posted.entry_id, posted.recorded_at, posted.replayed) == (
        entry.id,
        NOW,
        False,
    )
    assert ledger.balance(session, BOOK, GRAMS.path) == 325_000
    assert ledger.balance(session, BOOK, FUND.path) == 997
    assert ledger.balance(session, BOOK, NATURE.path) == -325_000
    found = ledger.get_entry(session, BOOK, entry.id)
    assert found.details == entry.details
    assert found.lines == tuple(ledger.Line(leg.account.path, leg.account.unit, leg.amount) for leg in entry.legs)
    assert (found.local_day, found.occurred_at, found.leaf_hash) == (
        DAY,
        NOW,
        posted.leaf_hash,
    )


def test_an_account_never_used_has_nothing_on_it(session: Session) -> None:
    assert ledger.balance(session, BOOK, "nobody") == 0


def test_balances_are_those_below_a_prefix_and_not_of_its_neighbours(session: Session, scribe: Scribe) -> None:
    neighbour = Account(f"{HOME}:points-old:city:2027-06", POINT)
    spent = scribe.entry((FUND, -9), (LOT, 4), (LATER_LOT, 3), (neighbour, 2))
    ledger.post(session, spent, now=NOW)
    ledger.post(session, scribe.entry((LATER_LOT, -3), (HELD, 3)), now=NOW)

    assert ledger.balances(session, BOOK, f"{HOME}:points") == {LOT.path: 4}
    assert ledger.balances(session, BOOK, LOT.path) == {LOT.path: 4}


def alone(session: Session, scribe: Scribe, entry: Entry) -> None:
    ledger.post(session, entry, now=NOW)


def between_others(session: Session, scribe: Scribe, entry: Entry) -> None:
    ledger.post_many(session, [scribe.action(), entry, scribe.action()], now=NOW)


REFUSED: list[tuple[str, dict[str, Any], list[tuple[Account, Any]] | None]] = [
    ("entry_empty", {}, []),
    (
        "too_many_legs",
        {},
        [(Account(f"a:{n}", POINT), 1) for n in range(ledger.MOST_LEGS + 1)],
    ),
    ("duplicate_leg", {}, [(FUND, -2), (LOT, 1), (LOT, 1)]),
    ("entry_unbalanced", {}, [(FUND, -2), (LOT, 1)]),
    ("entry_unbalanced", {}, [(FUND, -1), (GRAMS, 1)]),
    ("amount_invalid", {}, [(FUND, -1), (LOT, 1), (HELD, 0)]),
    ("amount_invalid", {}, [(FUND, -1.0), (LOT, 1.0)]),
    ("amount_invalid", {}, [(FUND, -1), (LOT, True)]),
    ("amount_out_of_range", {}, [(SPONSOR, -(2**53)), (FUND, 2**53)]),
    ("amount_out_of_range", {}, [(SPONSOR, -(2**63)), (FUND, 2**63)]),
    (
        "ledger_unit_unknown",
        {},
        [(Account("a", "kg"), 1), (Account("b", "kg", None), -1)],
    ),
    ("unit_mismatch", {}, [(NATURE, -1), (Account(FUND.path, CARBON), 1)]),
    ("floor_mismatch", {}, [(Account(FUND.path, POINT, None), -1), (LOT, 1)]),
    ("balance_too_low", {}, [(FUND, -1001), (LOT, 1001)]),
    ("balance_too_low", {}, [(HELD, -1), (LOT, 1)]),
    (
        "balance_too_low",
        {},
        [(Account("a:first", POINT), 1), (Account("b:new", POINT), 1), (HELD, -2)],
    ),
    *[
        ("path_invalid", {}, [(FUND, -1), (Account(path, POINT), 1)])
        for path in ("", "a b", "a::b", ":a", "村:a", "a\n")
    ],
    ("path_invalid", {}, [(FUND, -1), (Account("a" * 201, POINT), 1)]),
    ("path_invalid", {"home": "a;b"}, None),
    ("name_invalid", {"book": ""}, None),
    ("name_invalid", {"id": "ent-1"}, None),
    ("name_invalid", {"id": None}, None),
    ("name_invalid", {"kind": "Action!"}, None),
    ("name_invalid", {"reference": "a\x00b"}, None),
    ("name_invalid", {"reference": "键"}, None),
    ("name_invalid", {"reference": "x" * 201}, None),
    ("name_invalid", {"reference": ["a"]}, None),
    ("time_invalid", {"occurred_at": NOW.replace(tzinfo=None)}, None),
    ("time_invalid", {"occurred_at": date(2026, 6, 5)}, None),
    ("time_invalid", {"local_day": NOW}, None),
    ("salt_invalid", {"salt": b"short"}, None),
    ("commitment_invalid", {"commitment": "x" * 32}, None),
    ("details_invalid", {"details": {"kg": 0.5}}, None),
    ("details_invalid", {"details": {"kg": float("nan")}}, None),
    ("details_invalid", {"details": {"n": 2**53}}, None),
    ("details_invalid", {"details": {1: "a"}}, None),
    ("details_invalid", {"details": {"a": {1, 2}}}, None),
    ("details_invalid", {"details": {"a": "\ud800"}}, None),
    ("details_invalid", {"details": {"a": "x" * ledger.LARGEST_DETAILS}}, None),
    ("details_invalid", {"details": deep(7)}, None),
    ("details_invalid", {"details": deep(900)}, None),
    ("details_invalid", {"details": None}, None),
    ("entry_unknown", {"reverses": "ent_nobody"}, None),
]


@pytest.mark.parametrize(("code", "fields", "legs"), REFUSED)
@pytest.mark.parametrize("write", [alone, between_others])
def test_a_wrong_entry_is_refused_by_its_code_and_writes_nothing(
    session: Session,
    scribe: Scribe,
    code: str,
    fields: dict[str, Any],
    legs: list[tuple[Account, Any]] | None,
    write: Callable[[Session, Scribe, Entry], object],
) -> None:
    wrong = scribe.action(**fields) if legs is None else scribe.entry(*legs, **fields)
    before = everything(session)

    with pytest.raises(ledger.LedgerError) as refusal:
        write(session, scribe, wrong)

    assert refusal.value.code == code
    assert everything(session) == before
    session.commit()
    assert everything(session) == before


def test_details_as_deep_and_large_as_allowed_are_taken(session: Session, scribe: Scribe) -> None:
    text = "绿" * ((ledger.LARGEST_DETAILS - 8) // 3)
    for details in (
        deep(5),
        {"a": text},
        {"n": 2**53 - 1, "list": ["a", None, True, -1]},
        {"a": "\x00"},
    ):
        entry = scribe.action(details=details)
        ledger.post(session, entry, now=NOW)
        assert ledger.get_entry(session, BOOK, entry.id).details == details


def test_a_time_of_recording_without_an_offset_is_refused(session: Session, scribe: Scribe) -> None:
    with pytest.raises(ledger.TimeInvalid):
        ledger.post(session, scribe.action(), now=NOW.replace(tzinfo=None))


def test_what_is_missing_is_told(session: Session, scribe: Scribe) -> None:
    with pytest.raises(ledger.BalanceTooLow) as refusal:
        ledger.post(session, scribe.entry((FUND, -1004), (LOT, 1004)), now=NOW)

    assert refusal.value.params == {"book": BOOK, "path": FUND.path, "short_by": 4}
    assert refusal.value.kind == "refused"


def test_a_balance_cannot_leave_what_an_account_can_hold(session: Session, scribe: Scribe) -> None:
    large = [scribe.entry((POOR, -ledger.LARGEST_AMOUNT), (RICH, ledger.LARGEST_AMOUNT)) for _ in range(33)]
    ledger.post_many(session, large[:32], now=NOW)
    before = everything(session)

    with pytest.raises(ledger.BalanceOutOfRange):
        ledger.post(session, large[32], now=NOW)

    assert everything(session) == before


def test_a_refused_post_does_not_end_the_callers_transaction(session: Session, scribe: Scribe) -> None:
    kept = scribe.action()
    ledger.post(session, kept, now=NOW)
    with pytest.raises(ledger.BalanceTooLow):
        ledger.post(session, scribe.action(points=5000), now=NOW)
    session.commit()

    assert ledger.get_entry(session, BOOK, kept.id)


def test_a_post_that_is_rolled_back_leaves_nothing(session: Session, scribe: Scribe) -> None:
    before = everything(session)
    session.commit()
    ledger.post(session, scribe.action(), now=NOW)
    session.rollback()

    assert everything(session) == before


def test_an_id_that_is_taken_leaves_nothing_of_its_batch(session: Session, scribe: Scribe) -> None:
    taken = ledger.post(session, scribe.action(), now=NOW)
    before = everything(session)

    with pytest.raises(ledger.IdConflict):
        ledger.post_many(session, [scribe.action(), scribe.action(id=taken.entry_id)], now=NOW)

    assert everything(session) == before


@SQLITE_ONLY
def test_without_its_savepoint_the_batch_would_leave_rows(session: Session, scribe: Scribe) -> None:
    taken = ledger.post(session, scribe.action(), now=NOW)
    before = everything(session)
    store = open_store(session.connection())
    requests = [read_request(entry) for entry in (scribe.action(), scribe.action(id=taken.entry_id))]
    decision = decide(requests, store.look(requests), now=NOW)

    with pytest.raises(Exception, match="append-only"):
        store.save(decision)

    assert everything(session) != before


@SQLITE_ONLY
def test_without_a_transaction_of_its_own_the_savepoint_would_commit(
    session: Session, scribe: Scribe, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything(session)
    session.commit()
    monkeypatch.setattr("ledger.stores.sqlite.SqliteStore.begin", lambda self: None)
    ledger.post(session, scribe.action(), now=NOW)
    session.rollback()

    assert everything(session) != before
