"""Statements: newest first, pages that stand still while entries arrive."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

import ledger
from tests.ledger.sample import BOOK, DAY, FUND, HOME, LOT, NOW, Scribe


def minutes(count: int) -> datetime:
    return NOW + timedelta(minutes=count)


def test_pages_neither_shift_nor_repeat_while_entries_arrive(session: Session, scribe: Scribe) -> None:
    entries = [scribe.action() for _ in range(7)]
    for at, entry in enumerate(entries):
        ledger.post(session, entry, now=minutes(at // 3))  # some come at the same time
    seen: list[str] = []
    cursor = None
    while True:
        page = ledger.statement(session, BOOK, HOME, before=cursor, limit=2)
        seen += [item.id for item in page.items]
        ledger.post(session, scribe.action(), now=minutes(60))
        cursor = page.next
        if cursor is None:
            break

    assert seen == [entry.id for entry in reversed(entries)]


def test_a_statement_holds_the_kinds_asked_for_of_one_home(session: Session, scribe: Scribe) -> None:
    action = ledger.post(session, scribe.action(), now=NOW)
    hold = ledger.post(session, scribe.action(kind="hold"), now=NOW)
    ledger.post(session, scribe.action(home="resident:acc_2"), now=NOW)

    page = ledger.statement(session, BOOK, HOME, kinds={"hold"})
    assert [item.id for item in page.items] == [hold.entry_id]
    assert page.next is None
    both = {item.id for item in ledger.statement(session, BOOK, HOME).items}
    assert both == {action.entry_id, hold.entry_id}
    assert ledger.statement(session, "elsewhere", HOME).items == ()


@pytest.mark.parametrize("limit", [-1, 0, 1, 10**9])
def test_a_page_has_at_least_one_entry_and_a_stated_most(session: Session, scribe: Scribe, limit: int) -> None:
    ledger.post_many(session, [scribe.action(points=1) for _ in range(210)], now=NOW)

    found = len(ledger.statement(session, BOOK, HOME, limit=limit).items)

    assert found == (200 if limit > 1 else 1)


@pytest.mark.parametrize("entry_id", ["", "ent_nobody", "ent_\x00", "\ud800", "绿", "x" * 10_000, "'--"])
def test_an_entry_that_never_was_is_unknown(session: Session, scribe: Scribe, entry_id: str) -> None:
    with pytest.raises(ledger.EntryUnknown):
        ledger.get_entry(session, BOOK, entry_id)
    with pytest.raises(ledger.EntryUnknown):
        scribe.reverse(session, entry_id)


# The first one is a time and "a" with a NUL behind it.
@pytest.mark.parametrize(
    "cursor",
    ["MjAyNi0wNi0wNVQwNDowMDowMC4wMDAwMDBafGEA", "", "x", "%%%", "绿", "MjAyNg", "MjAyNi0wNi0wNXxlbnRfMQ", "A" * 5000],
)
def test_a_bad_cursor_is_refused(session: Session, cursor: str) -> None:
    with pytest.raises(ledger.CursorInvalid) as refusal:
        ledger.statement(session, BOOK, HOME, before=cursor)
    assert (refusal.value.code, refusal.value.kind) == ("cursor_invalid", "invalid")


def test_a_cursor_comes_back_as_it_went_and_no_other_text_means_the_same() -> None:
    cursor = ledger.write_cursor(NOW, "ent_1")

    assert ledger.read_cursor(cursor) == (NOW, "ent_1")
    for other in (cursor + "=", cursor + "A", f" {cursor}"):
        with pytest.raises(ledger.CursorInvalid):
            ledger.read_cursor(other)


def test_the_entries_of_a_day_are_all_there(session: Session, scribe: Scribe) -> None:
    ledger.post_many(session, [scribe.action(points=1) for _ in range(600)], now=NOW)
    ledger.post(session, scribe.action(local_day=date(2026, 6, 6)), now=NOW)

    found = list(ledger.entries_on(session, BOOK, DAY))

    assert len({entry.id for entry in found}) == len(found) == 601  # with the deposit
    assert all(len(entry.lines) in (2, 4) for entry in found)


def test_days_touched_are_those_of_the_entries_and_of_what_they_reverse(session: Session, scribe: Scribe) -> None:
    old = ledger.post(session, scribe.action(local_day=date(2026, 5, 1)), now=minutes(1))
    ledger.post(session, scribe.action(local_day=date(2026, 6, 4)), now=minutes(5))
    scribe.reverse(session, old.entry_id, local_day=date(2026, 6, 6), now=minutes(5))

    def days(since: int, until: int) -> set[date]:
        return ledger.days_touched(session, BOOK, since=minutes(since), until=minutes(until))

    assert days(2, 6) == {date(2026, 6, 4), date(2026, 6, 6), date(2026, 5, 1)}
    assert days(1, 5) == {date(2026, 5, 1)}
    assert days(6, 60) == set()


def test_times_come_back_in_utc_whatever_their_zone_was(session: Session, scribe: Scribe) -> None:
    shanghai = datetime.fromisoformat("2026-06-05T08:00:00.000001+08:00")
    posted = ledger.post(session, scribe.entry((FUND, -1), (LOT, 1), occurred_at=shanghai), now=shanghai)

    entry = ledger.get_entry(session, BOOK, posted.entry_id)

    assert entry.occurred_at == shanghai
    assert entry.occurred_at.tzinfo is UTC
