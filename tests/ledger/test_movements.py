"""Movements: each posting with the balance after it, newest first, by prefix, time and kind, in pages that stand still."""

import base64
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

import ledger
from ledger import Movement, Page
from tests.ledger.sample import (
    BAD_TIMES,
    BOOK,
    FUND,
    GRAMS,
    HOME,
    LATER_LOT,
    LOT,
    NATURE,
    NOW,
    SPONSOR,
    Scribe,
)

HOUR = timedelta(hours=1)


def found(session: Session, prefix: str, **asked: Any) -> list[tuple[str, int, int]]:
    """Path, amount and balance of each."""
    return [(one.path, one.amount, one.balance) for one in ledger.movements(session, BOOK, prefix, **asked).items]


def pages(session: Session, prefix: str, **asked: Any) -> Iterator[Page[Movement]]:
    page = ledger.movements(session, BOOK, prefix, **asked)
    yield page
    while page.next is not None:
        page = ledger.movements(session, BOOK, prefix, before=page.next, **asked)
        yield page


def test_each_posting_comes_with_the_balance_after_it(session: Session, scribe: Scribe) -> None:
    for hour, (lot, later) in enumerate([(5, 0), (-2, 2), (1, 0), (0, 4)]):
        legs = [(account, amount) for account, amount in ((LOT, lot), (LATER_LOT, later)) if amount]
        total = -lot - later
        ledger.post(session, scribe.entry(*legs, *([(FUND, total)] if total else [])), now=NOW + HOUR * hour)

    assert found(session, f"{HOME}:points") == [
        (LATER_LOT.path, 4, 6),
        (LOT.path, 1, 4),
        (LATER_LOT.path, 2, 2),
        (LOT.path, -2, 3),
        (LOT.path, 5, 5),
    ]
    assert found(session, LOT.path) == [(LOT.path, 1, 4), (LOT.path, -2, 3), (LOT.path, 5, 5)]


def test_a_movement_says_what_its_entry_was(session: Session, scribe: Scribe) -> None:
    entry = scribe.action(mg=10, points=3, occurred_at=NOW - HOUR)
    ledger.post(session, entry, now=NOW)

    (movement,) = ledger.movements(session, BOOK, GRAMS.path).items

    assert movement == Movement(
        entry.id, "action", HOME, NOW - HOUR, NOW, entry.local_day, GRAMS.path, GRAMS.unit, 10, 10
    )


def test_the_balance_of_an_account_of_many_rows_is_that_of_all_of_them(session: Session, scribe: Scribe) -> None:
    for number, amount in enumerate((5, 7, 1, 9)):
        entry = scribe.entry((NATURE, -amount), (GRAMS, amount), home=f"resident:{number}")
        ledger.post(session, entry, now=NOW + HOUR * number)

    assert found(session, NATURE.path) == [
        (NATURE.path, -9, -22),
        (NATURE.path, -1, -13),
        (NATURE.path, -7, -12),
        (NATURE.path, -5, -5),
    ]


def test_a_prefix_is_a_whole_part_of_a_path(session: Session, scribe: Scribe) -> None:
    neighbour = ledger.Account(f"{HOME}:points-old:1", LOT.unit)
    ledger.post(session, scribe.entry((FUND, -3), (LOT, 2), (neighbour, 1)), now=NOW)

    assert [path for path, _, _ in found(session, f"{HOME}:points")] == [LOT.path]
    assert [path for path, _, _ in found(session, HOME)] == [neighbour.path, LOT.path]
    assert found(session, "resident") == found(session, HOME)
    assert found(session, "res") == []
    assert ledger.movements(session, "huzhou-anji", HOME).items == ()


def test_a_period_holds_its_first_instant_and_not_its_last(session: Session, scribe: Scribe) -> None:
    for hour in range(4):
        ledger.post(session, scribe.entry((FUND, -1), (LOT, 1)), now=NOW + HOUR * hour)

    assert [balance for *_, balance in found(session, LOT.path, since=NOW + HOUR, until=NOW + 3 * HOUR)] == [3, 2]
    assert [balance for *_, balance in found(session, LOT.path, since=NOW + 3 * HOUR)] == [4]
    assert [balance for *_, balance in found(session, LOT.path, until=NOW + HOUR)] == [1]


def test_kinds_are_those_asked_for(session: Session, scribe: Scribe) -> None:
    for kind, amount in (("gift", 5), ("action", 3), ("refund", 1)):
        ledger.post(session, scribe.entry((FUND, -amount), (LOT, amount), kind=kind), now=NOW)

    assert found(session, LOT.path, kinds={"gift", "refund"}) == [(LOT.path, 1, 9), (LOT.path, 5, 5)]
    assert found(session, LOT.path, kinds=()) == []


@pytest.mark.parametrize("limit", [1, 2, 3, 7])
def test_pages_neither_shift_nor_repeat_while_postings_arrive(session: Session, scribe: Scribe, limit: int) -> None:
    for number in range(12):  # several at the same time, of one entry and of several
        entry = scribe.entry((FUND, -3), (LOT, 1), (LATER_LOT, 2), home=f"resident:{number}")
        ledger.post(session, entry, now=NOW + HOUR * (number // 3))
        sponsored = scribe.entry((SPONSOR, -1), (FUND, 1), home=f"resident:{number}")
        ledger.post(session, sponsored, now=NOW + HOUR * (number // 3))
    whole = ledger.movements(session, BOOK, HOME, limit=200).items

    seen: list[Movement] = []
    for page in pages(session, HOME, limit=limit):
        seen += page.items
        ledger.post(session, scribe.entry((FUND, -1), (LOT, 1)), now=NOW + HOUR * 9)

    assert tuple(seen) == whole
    assert len(seen) == 24
    assert {one.path for one in seen} == {LOT.path, LATER_LOT.path}


def test_pages_of_an_account_of_many_rows_miss_nothing_of_one_time(session: Session, scribe: Scribe) -> None:
    for number in range(9):
        entry = scribe.entry((NATURE, -1), (ledger.Account(f"grams:{number}", NATURE.unit), 1), home=f"r:{number}")
        ledger.post(session, entry, now=NOW)

    seen = [one for page in pages(session, NATURE.path, limit=2) for one in page.items]

    assert len({one.entry_id for one in seen}) == len(seen) == 9
    assert {one.balance for one in seen if one.recorded_at == NOW} == {
        ledger.balance(session, BOOK, NATURE.path, at=NOW)
    }


@pytest.mark.parametrize(("limit", "size"), [(-1, 1), (0, 1), (1, 1), (10**9, 200)])
def test_a_page_has_at_least_one_movement_and_a_stated_most(
    session: Session, scribe: Scribe, limit: int, size: int
) -> None:
    ledger.post_many(session, [scribe.entry((FUND, -1), (LOT, 1)) for _ in range(201)], now=NOW)

    page = ledger.movements(session, BOOK, LOT.path, limit=limit)

    assert len(page.items) == size
    assert page.next is not None


def cursor(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


BAD_CURSORS: tuple[Any, ...] = (
    "", "x", "%%%", "绿", None, 5, b"MjAy", cursor("2026-06-05T04:00:00.000000Z|"),
    *[cursor(f"2026-06-05T04:00:00.000000Z|{last}") for last in ("ent_1\x00", "a b", "绿", "x" * 201)],
    *[cursor(f"{at}|ent_1:1") for at in ("2026-06-05", "0001-01-01T00:00:00+08:00", "10000-01-01T00:00:00Z", "")],
)  # fmt: skip


@pytest.mark.parametrize("before", BAD_CURSORS)
def test_a_bad_cursor_is_refused(session: Session, before: Any) -> None:
    if before is not None:
        with pytest.raises(ledger.CursorInvalid):
            ledger.movements(session, BOOK, FUND.path, before=before)
        with pytest.raises(ledger.CursorInvalid):
            ledger.statement(session, BOOK, FUND.path, before=before)
    with pytest.raises(ledger.CursorInvalid):
        ledger.read_cursor(before)


@pytest.mark.parametrize("leg", ["", "x", "-1", "1" * 20, "9999", "1.0", "１"])
def test_a_cursor_of_no_posting_is_refused(session: Session, leg: str) -> None:
    with pytest.raises(ledger.CursorInvalid):
        ledger.movements(session, BOOK, FUND.path, before=cursor(f"2026-06-05T04:00:00.000000Z|ent_1:{leg}"))


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"prefix": "a\x00"}, ledger.PathInvalid),
        ({"prefix": ""}, ledger.PathInvalid),
        ({"prefix": None}, ledger.PathInvalid),
        ({"prefix": "fund:"}, ledger.PathInvalid),
        ({"book": "a\x00"}, ledger.NameInvalid),
        ({"kinds": ["a\x00"]}, ledger.NameInvalid),
        ({"kinds": [None]}, ledger.NameInvalid),
        *[({field: at}, ledger.TimeInvalid) for field in ("since", "until") for at in BAD_TIMES if at is not None],
    ],
)
def test_odd_questions_are_refused(session: Session, asked: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(ledger.LedgerError) as refusal:
        ledger.movements(session, **{"book": BOOK, "prefix": FUND.path} | asked)

    assert type(refusal.value) is error
