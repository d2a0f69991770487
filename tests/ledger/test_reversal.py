"""Reversals: a mirror, once, into the same lots."""

import pytest
from sqlalchemy.orm import Session

import ledger
from tests.ledger.sample import (
    BOOK,
    FUND,
    GRAMS,
    HELD,
    LATER_LOT,
    LOT,
    NATURE,
    NOW,
    Scribe,
    everything,
)


def test_a_reversal_puts_everything_back_into_the_same_lots(session: Session, scribe: Scribe) -> None:
    ledger.post(session, scribe.entry((FUND, -10), (LOT, 6), (LATER_LOT, 4)), now=NOW)
    hold = ledger.post(
        session,
        scribe.entry((LOT, -6), (LATER_LOT, -1), (HELD, 7), kind="hold"),
        now=NOW,
    )

    back = scribe.reverse(session, hold.entry_id, kind="release")

    assert ledger.balances(session, BOOK, LOT.path.rpartition(":")[0]) == {
        LOT.path: 6,
        LATER_LOT.path: 4,
    }
    assert ledger.balance(session, BOOK, HELD.path) == 0
    release = ledger.get_entry(session, BOOK, back.entry_id)
    assert (release.kind, release.reverses) == ("release", hold.entry_id)
    assert ledger.get_entry(session, BOOK, hold.entry_id).reversed_by == back.entry_id


def test_a_reversal_sent_again_gives_the_first_answer(session: Session, scribe: Scribe) -> None:
    action = ledger.post(session, scribe.action(), now=NOW)
    first = scribe.reverse(session, action.entry_id, reference="undo:1")

    second = scribe.reverse(session, action.entry_id, reference="undo:1")

    assert second.replayed and second.entry_id == first.entry_id


def test_an_entry_is_reversed_at_most_once(session: Session, scribe: Scribe) -> None:
    action = ledger.post(session, scribe.action(), now=NOW)
    first = scribe.reverse(session, action.entry_id)
    before = everything(session)

    with pytest.raises(ledger.AlreadyReversed) as refusal:
        scribe.reverse(session, action.entry_id)

    assert refusal.value.params == {
        "entry_id": action.entry_id,
        "reversed_by": first.entry_id,
    }
    assert everything(session) == before


def test_a_reversal_is_not_reversed(session: Session, scribe: Scribe) -> None:
    action = ledger.post(session, scribe.action(), now=NOW)
    reversal = scribe.reverse(session, action.entry_id)

    with pytest.raises(ledger.ReversalOfReversal):
        scribe.reverse(session, reversal.entry_id)


def test_what_was_spent_cannot_be_taken_back(session: Session, scribe: Scribe) -> None:
    action = ledger.post(session, scribe.action(points=5), now=NOW)
    ledger.post(session, scribe.entry((LOT, -3), (HELD, 3)), now=NOW)
    before = everything(session)

    with pytest.raises(ledger.BalanceTooLow) as refusal:
        scribe.reverse(session, action.entry_id)

    assert refusal.value.params["short_by"] == 3
    assert everything(session) == before


def test_an_unknown_entry_is_not_reversed(session: Session, scribe: Scribe) -> None:
    with pytest.raises(ledger.EntryUnknown):
        scribe.reverse(session, "ent_nobody")


def test_an_entry_that_only_claims_to_be_a_reversal_is_refused(session: Session, scribe: Scribe) -> None:
    action = ledger.post(session, scribe.action(mg=100, points=3), now=NOW)
    mirror = [(NATURE, 100), (GRAMS, -100), (FUND, 3), (LOT, -3)]

    for legs, fields in (
        (mirror[:2], {}),
        (mirror[::-1], {}),
        ([(NATURE, 99), (GRAMS, -99), *mirror[2:]], {}),
        (mirror, {"home": "resident:acc_2"}),
    ):
        with pytest.raises(ledger.NotAMirror):
            ledger.post(
                session,
                scribe.entry(*legs, reverses=action.entry_id, **fields),
                now=NOW,
            )
    assert not ledger.post(session, scribe.entry(*mirror, reverses=action.entry_id), now=NOW).replayed


def test_a_batch_reverses_an_entry_once(session: Session, scribe: Scribe) -> None:
    action = ledger.post(session, scribe.action(mg=100, points=3), now=NOW)
    mirror = [(NATURE, 100), (GRAMS, -100), (FUND, 3), (LOT, -3)]
    twice = [scribe.entry(*mirror, reverses=action.entry_id) for _ in range(2)]

    with pytest.raises(ledger.AlreadyReversed):
        ledger.post_many(session, twice, now=NOW)
