"""Posting: what is written, and that nothing is left where it is refused or taken back."""

import pytest
from sqlalchemy.orm import Session

import ledger
from ledger import POINT, Account
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
    SQLITE_ONLY,
    Scribe,
    everything,
)


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


def test_details_as_deep_and_large_as_allowed_are_taken(session: Session, scribe: Scribe) -> None:
    deepest: dict[str, object] = {"a": {"a": {"a": {"a": {"a": {}}}}}}
    text = "绿" * ((ledger.LARGEST_DETAILS - 8) // 3)
    for details in (
        deepest,
        {"a": text},
        {"n": 2**53 - 1, "list": ["a", None, True, -1]},
        {"a": "\x00"},
    ):
        entry = scribe.action(details=details)
        ledger.post(session, entry, now=NOW)
        assert ledger.get_entry(session, BOOK, entry.id).details == details


def test_what_is_missing_is_told(session: Session, scribe: Scribe) -> None:
    with pytest.raises(ledger.BalanceTooLow) as refusal:
        ledger.post(session, scribe.entry((FUND, -1004), (LOT, 1004)), now=NOW)

    assert refusal.value.params == {"book": BOOK, "path": FUND.path, "short_by": 4}
    assert refusal.value.kind == "refused"


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


def test_of_several_errors_in_a_batch_the_first_entrys_is_raised_but_for_an_id_that_is_taken(
    session: Session, scribe: Scribe
) -> None:
    """As the docstring says: ids are looked for only where a write meets one that is taken."""
    taken = ledger.post(session, scribe.action(), now=NOW).entry_id
    poor = (FUND, -1_000_000_000), (LOT, 1_000_000_000)
    closed = scribe.entry(closes=("nobody",))
    for first, second, refusal in (
        (scribe.entry(*poor), closed, ledger.BalanceTooLow),
        (closed, scribe.entry(*poor), ledger.AccountUnknown),
        (scribe.action(id=taken), closed, ledger.AccountUnknown),
        (scribe.action(id=taken), scribe.action(), ledger.IdConflict),
    ):
        before = everything(session)
        with pytest.raises(refusal):
            ledger.post_many(session, [first, second], now=NOW)
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


@pytest.mark.parametrize("at_once", [1, 12])
def test_texts_that_mean_something_to_a_database_are_kept_as_they_are(
    session: Session, scribe: Scribe, at_once: int
) -> None:
    odd = ("NULL", "{}", '"', "\\", '\\"', "'", "%s", "%%", "a,b", "{rows}", "\\x00", "$1")
    details = {"note": '换行\n\t"\\ NULL {},', "null": None, "many": list(odd)}
    entries = [scribe.deposit(1, reference=text, details=details, home="NULL") for text in odd]
    batches = [entries[start : start + at_once] for start in range(0, len(entries), at_once)]

    posted = [one for batch in batches for one in ledger.post_many(session, batch, now=NOW)]

    found = [ledger.get_entry(session, BOOK, one.entry_id) for one in posted]
    assert [entry and (entry.reference, entry.home, entry.details) for entry in found] == [
        (text, "NULL", details) for text in odd
    ]
    assert [one.replayed for one in ledger.post_many(session, entries, now=NOW)] == [True] * len(odd)
