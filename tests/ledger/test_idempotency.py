"""The same reference: the first answer for the same content, a conflict for other content, before anything else."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy.orm import Session

import ledger
from ledger import CARBON, POINT, Account, Leg
from tests.ledger.hostile import HOSTILE
from tests.ledger.sample import BOOK, FUND, LOT, NOW, Scribe, everything

LATER = NOW + timedelta(minutes=5)


def again(scribe: Scribe, entry: ledger.Entry, **fields: Any) -> ledger.Entry:
    """The same request sent again: its id and salts are new."""
    new = ledger.new_id("ent", scribe.entropy)
    return replace(entry, id=new, salt=scribe.entropy(32), commitment=scribe.entropy(32), **fields)


def test_the_same_content_gives_the_first_answer(session: Session, scribe: Scribe) -> None:
    entry = scribe.action()
    first = ledger.post(session, entry, now=NOW)
    before = everything(session)

    second = ledger.post(session, again(scribe, entry), now=LATER)

    assert second == replace(first, replayed=True)
    assert everything(session) == before


def test_the_first_answer_comes_even_where_the_points_are_gone(session: Session, scribe: Scribe) -> None:
    entry = scribe.entry((FUND, -1000), (LOT, 1000))
    ledger.post(session, entry, now=NOW)

    assert ledger.post(session, again(scribe, entry), now=LATER).replayed


@pytest.mark.parametrize(
    "other",
    [
        {"kind": "gift"},
        {"occurred_at": LATER},
        {"details": {"action": "bus_ride", "quantity": "3.21"}},
        {"legs": (Leg(FUND, -2), Leg(LOT, 2))},
        {"legs": ()},
        {"legs": (Leg(FUND, -2), Leg(LOT, 1))},
        {"legs": (Leg(FUND, -(10**9)), Leg(LOT, 10**9))},
        {"legs": (Leg(Account(FUND.path, CARBON), -2), Leg(Account("a b", POINT), 2))},
        {"details": {"a": 0.5}},
        {"details": {"a": "\ud800"}},
        {"details": {"a": {1, 2}}},
        {"salt": b"short", "legs": ()},
        {"occurred_at": NOW.replace(tzinfo=None)},
        {"reverses": "ent_nobody"},
        {"reverses": HOSTILE},
        {"details": HOSTILE},
        {"legs": HOSTILE},
        {"legs": (None,)},
        {"legs": (Leg(None, 1),)},  # type: ignore[arg-type]
        {"occurred_at": datetime.min.replace(tzinfo=timezone(timedelta(hours=8)))},
        {"act": "hold"},
        {"closes": None},
        {"closes": 5},
    ],
)
def test_other_content_is_a_conflict_however_wrong_it_is(
    session: Session, scribe: Scribe, other: dict[str, Any]
) -> None:
    entry = scribe.action()
    ledger.post(session, entry, now=NOW)
    before = everything(session)

    for send in (
        lambda asked: ledger.post(session, asked, now=LATER),
        lambda asked: both(session, scribe, asked),
    ):
        with pytest.raises(ledger.ReferenceConflict) as refusal:
            send(replace(again(scribe, entry), **other))
        assert refusal.value.params == {"reference": entry.reference}
        assert everything(session) == before


def both(session: Session, scribe: Scribe, asked: ledger.Entry) -> None:
    ledger.post_many(session, [scribe.action(), asked], now=LATER)


def test_an_invalid_salt_does_not_matter_to_a_replay(session: Session, scribe: Scribe) -> None:
    entry = scribe.action()
    ledger.post(session, entry, now=NOW)

    assert ledger.post(session, replace(again(scribe, entry), salt=b"short"), now=LATER).replayed


def test_a_reference_is_one_homes_own(session: Session, scribe: Scribe) -> None:
    entry = scribe.action()
    ledger.post(session, entry, now=NOW)

    assert not ledger.post(session, again(scribe, entry, home="resident:acc_2"), now=NOW).replayed
    assert not ledger.post(session, again(scribe, scribe.deposit(5), reference=entry.reference), now=NOW).replayed


def test_an_id_belongs_to_one_entry(session: Session, scribe: Scribe) -> None:
    entry = scribe.action()
    ledger.post(session, entry, now=NOW)
    before = everything(session)

    with pytest.raises(ledger.IdConflict):
        ledger.post(session, scribe.action(id=entry.id), now=NOW)
    with pytest.raises(ledger.IdConflict):
        ledger.post_many(
            session,
            [scribe.action(id="ent_twice"), scribe.action(id="ent_twice")],
            now=NOW,
        )

    assert everything(session) == before


def test_a_batch_sent_again_is_answered_in_its_order(session: Session, scribe: Scribe) -> None:
    entries = [scribe.action(points=n) for n in (1, 2, 3)]
    first = ledger.post_many(session, entries, now=NOW)
    new = scribe.action(points=4)

    second = ledger.post_many(session, [entries[2], new, entries[0]], now=LATER)

    assert [posted.entry_id for posted in second] == [
        entries[2].id,
        new.id,
        entries[0].id,
    ]
    assert [posted.replayed for posted in second] == [True, False, True]
    assert second[0] == replace(first[2], replayed=True)
    assert ledger.balance(session, BOOK, LOT.path) == 10


def test_a_batch_may_hold_the_same_request_twice_but_not_two_under_one_reference(
    session: Session, scribe: Scribe
) -> None:
    entry = scribe.action()
    answers = ledger.post_many(session, [entry, again(scribe, entry)], now=NOW)
    assert [(posted.entry_id, posted.replayed) for posted in answers] == [
        (entry.id, False),
        (entry.id, True),
    ]

    other = scribe.action()
    with pytest.raises(ledger.ReferenceConflict):
        ledger.post_many(session, [other, again(scribe, other, kind="gift")], now=NOW)


def test_the_floor_holds_after_each_entry_of_a_batch(session: Session, scribe: Scribe) -> None:
    earn, spend = scribe.entry((FUND, -5), (LOT, 5)), scribe.entry((LOT, -5), (FUND, 5))

    with pytest.raises(ledger.BalanceTooLow):
        ledger.post_many(session, [spend, earn], now=NOW)

    ledger.post_many(session, [earn, spend], now=NOW)
    assert ledger.balance(session, BOOK, FUND.path) == 1000


def test_an_empty_batch_is_fine(session: Session) -> None:
    assert ledger.post_many(session, [], now=NOW) == []
