"""What cannot be an entry, alone and between others: one error of the ledger each, and nothing written.

What the state of a book refuses has its own places: test_holds, test_lots, test_closing, test_bounds, test_reversal,
test_idempotency.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

import ledger
from ledger import CARBON, POINT, Account, Entry, Leg
from tests.ledger.hostile import HOSTILE, Dozen, EqualToAll, HostileMap, HostileText, HostileZone, OtherDay
from tests.ledger.sample import (
    BAD_TIMES,
    BOOK,
    FUND,
    GRAMS,
    HELD,
    LOT,
    MERCHANT,
    NATURE,
    NOW,
    SPONSOR,
    Scribe,
    everything,
)

Legs = list[tuple[Account, Any]]


def deep(levels: int) -> dict[str, object]:
    return {"a": deep(levels - 1)} if levels else {}


def alone(session: Session, scribe: Scribe, entry: Entry) -> None:
    ledger.post(session, entry, now=NOW)


def between_others(session: Session, scribe: Scribe, entry: Entry) -> None:
    ledger.post_many(session, [scribe.action(), entry, scribe.action()], now=NOW)


def refuse(session: Session, scribe: Scribe, wrong: Any, error: type[Exception]) -> None:
    """Neither way is it taken, and nothing is left of either try."""
    before = everything(session)
    for write in (alone, between_others):
        with pytest.raises(ledger.LedgerError) as refusal:
            write(session, scribe, wrong)
        assert type(refusal.value) is error, (refusal.value, error)
        assert everything(session) == before
    session.commit()
    assert everything(session) == before


WRONG_LEGS: list[tuple[type[Exception], Legs]] = [
    (ledger.EmptyEntry, []),
    (ledger.TooManyLegs, [(Account(f"a:{n}", POINT), 1) for n in range(ledger.MOST_LEGS + 1)]),
    (ledger.DuplicateLeg, [(FUND, -2), (LOT, 1), (LOT, 1)]),
    (ledger.DuplicateLeg, [(FUND, -1), (FUND, 1)]),
    (ledger.DuplicateLeg, [(FUND, -2), (LOT, 1), (replace(LOT, floor=-1), 1)]),
    (ledger.Unbalanced, [(FUND, -2), (LOT, 1)]),
    (ledger.Unbalanced, [(LOT, 1)]),
    (ledger.Unbalanced, [(FUND, -1), (GRAMS, 1)]),
    (ledger.UnitMismatch, [(NATURE, -1), (Account(FUND.path, CARBON), 1)]),
    (ledger.UnitUnknown, [(Account("a", "kg"), 1), (Account("b", "kg", None), -1)]),
    (ledger.UnitUnknown, [(Account("a", "Point"), 1), (Account("b", "Point", None), -1)]),
    (ledger.FloorMismatch, [(Account(FUND.path, POINT, None), -1), (LOT, 1)]),
    (ledger.BalanceTooLow, [(FUND, -1001), (LOT, 1001)]),
    (ledger.BalanceTooLow, [(Account("nobody", POINT), -1), (LOT, 1)]),
    (ledger.BalanceTooLow, [(Account("a:first", POINT), 1), (Account("b:new", POINT), 1), (HELD, -2)]),
    *[
        (ledger.AmountInvalid, [(FUND, -1), (LOT, amount)])
        for amount in (0, 1.0, True, "1", None, Decimal(1), b"1", float("nan"), 1j, HOSTILE, Dozen(1))
    ],
    *[
        (ledger.AmountOutOfRange, [(SPONSOR, -amount), (FUND, amount)])
        for amount in (2**53, 2**62, 2**63 - 1, 2**63, -(2**63), 2**64, 10**400)
    ],
]  # fmt: skip


@pytest.mark.parametrize(("error", "legs"), WRONG_LEGS)
def test_legs_that_cannot_be(session: Session, scribe: Scribe, error: type[Exception], legs: Legs) -> None:
    refuse(session, scribe, scribe.entry(*legs), error)


ODD_TEXTS = (
    "", " ", "a b", " a", "a ", "a\n", "a\nb", "a\tb", "a\x00b", "\x00", "a\x7f", "a/b", "a;b", "a%3ab", "a'b", 'a"b',
    "村:a", "é", "e\u0301", "ｆund:city", "fund:\u0441ity", "fund:city\u200b", "\u202efund", "\ufefffund", "fund：city",
    "٣", "\ud800",
)  # fmt: skip
"""Spaces, controls, separators, and letters that look like others."""
NO_TEXTS: tuple[Any, ...] = (
    b"a",
    5,
    1.5,
    True,
    Decimal(1),
    ["a"],
    ("a",),
    {"a": 1},
    HOSTILE,
    HostileText("a"),
    EqualToAll("a"),
)


PATHS = (*ODD_TEXTS, "a::b", ":a", "a:", ":", "a" * 201, "a:" * 100 + "a", None, *NO_TEXTS)
IN_REFERENCES = {"a/b", "a;b", "a%3ab", "a'b", 'a"b'}
"""Of the odd texts, for a reference is any printable ASCII without spaces."""
TIMES = (
    *BAD_TIMES, 1.5, True, HOSTILE, HostileText("a"), datetime(2026, 6, 5, tzinfo=HostileZone()),
    OtherDay(2026, 6, 5, tzinfo=UTC),
)  # fmt: skip
NO_BYTES = (None, b"", b"short", b"x" * 33, "x" * 32, bytearray(32), 32, [0] * 32, True, HOSTILE)
NO_BOUNDS = (1.0, "0", False, Decimal(0), HOSTILE, Dozen(0))


class Rate(float):
    pass


ODD_DETAILS: tuple[Any, ...] = (
    None, "a", 5, 1.5, True, [("a", 1)], (), HOSTILE, HostileMap(), {"kg": 0.5}, {"kg": float("nan")},
    {"kg": float("inf")}, {"kg": Rate(1)}, {"kg": Decimal("0.5")}, {"n": 2**53}, {"n": -(2**53)}, {"n": 10**5000},
    {"n": Dozen(1)}, {1: "a"}, {None: "a"}, {("a",): 1}, {"a": {1: "a"}}, {b"a": 1},
    {"a": {1, 2}}, {"a": b"x"}, {"a": NOW}, {"a": HOSTILE}, {"a": HostileText("a")}, {"a": [1, [2, {"b": 0.5}]]},
    {"a": "\ud800"}, {"\ud800": "a"}, {"a": "x" * ledger.LARGEST_DETAILS}, {"a": "绿" * 1365}, {"x" * 5000: 1},
    {"a": [1] * 3000}, deep(6), deep(7), deep(900), {"a": [[[[[[]]]]]]}, {"a": HostileMap()},
)  # fmt: skip


NO_LEGS: tuple[Any, ...] = (
    None, "ab", 5, True, [], [Leg(FUND, -1), Leg(LOT, 1)], {}, HOSTILE, iter(()), (None,), ("ab",), (5,), (HOSTILE,),
    ((FUND, 1),), (Leg(None, 1),), (Leg("fund", 1),), (Leg(HOSTILE, 1),), (Leg(FUND, -1), None),  # type: ignore[arg-type]
)  # fmt: skip


Values = Iterable[Any]
WRONG_FIELDS: list[tuple[type[Exception], str, Values]] = [
    (ledger.NameInvalid, "book", (*ODD_TEXTS, "a" * 61, "a:b", None, *NO_TEXTS)),
    (ledger.NameInvalid, "id", (*ODD_TEXTS, "a" * 61, "a:b", "ent-1", None, *NO_TEXTS)),
    (ledger.NameInvalid, "kind", (*ODD_TEXTS, "a" * 41, "a-b", "Action", None, *NO_TEXTS)),
    (ledger.NameInvalid, "reference", (*(set(ODD_TEXTS) - IN_REFERENCES), "a" * 201, None, *NO_TEXTS)),
    (ledger.NameInvalid, "reverses", (*ODD_TEXTS, *NO_TEXTS)),
    (ledger.PathInvalid, "home", PATHS),
    (ledger.PathInvalid, "closes", [(path,) for path in PATHS]),
    (ledger.TimeInvalid, "occurred_at", TIMES),
    (ledger.TimeInvalid, "local_day", (None, NOW, "2026-06-05", 20260605, 1.5, True, HOSTILE)),
    (ledger.DetailsInvalid, "details", ODD_DETAILS),
    (ledger.SaltInvalid, "salt", NO_BYTES),
    (ledger.CommitmentInvalid, "commitment", NO_BYTES),
    (ledger.LegInvalid, "legs", NO_LEGS),
    (ledger.ActInvalid, "act", ("hold", "", 5, True, HOSTILE, HostileText("hold"), EqualToAll("hold"), ledger.Act)),
    (ledger.ActInvalid, "hold", ("ent_1", "", 5, HOSTILE)),
    (ledger.ActInvalid, "deadline", (NOW, "", 5, HOSTILE)),
    (ledger.EntryUnknown, "reverses", ("ent_nobody",)),
]
WRONG_ACCOUNTS: list[tuple[type[Exception], str, Values]] = [
    (ledger.PathInvalid, "path", PATHS),
    (ledger.UnitUnknown, "unit", (None, "", "points", "ｐoint", b"point", 5, [POINT], HOSTILE, EqualToAll("x"))),
    (ledger.AmountInvalid, "floor", NO_BOUNDS),
    (ledger.AmountInvalid, "ceiling", NO_BOUNDS),
    (ledger.TimeInvalid, "expires_at", [at for at in TIMES if at is not None]),
]


@pytest.mark.parametrize(("error", "field", "values"), WRONG_FIELDS)
def test_an_entry_with_a_wrong_field(
    session: Session, scribe: Scribe, error: type[Exception], field: str, values: Values
) -> None:
    for value in values:
        refuse(session, scribe, scribe.action(**{field: value}), error)


@pytest.mark.parametrize(("error", "field", "values"), WRONG_ACCOUNTS)
def test_an_account_with_a_wrong_field(
    session: Session, scribe: Scribe, error: type[Exception], field: str, values: Values
) -> None:
    for value in values:
        refuse(session, scribe, scribe.entry((FUND, -1), (replace(LOT, **{field: value}), 1)), error)


def test_an_act_upon_what_has_no_name_or_until_no_time(session: Session, scribe: Scribe) -> None:
    for name in (*ODD_TEXTS, *NO_TEXTS):
        refuse(session, scribe, scribe.action(act=ledger.Act.RELEASE, hold=name), ledger.NameInvalid)
    for at in TIMES:
        if at is not None:
            held = scribe.entry((FUND, -1), (HELD, 1), act=ledger.Act.HOLD, deadline=at)
            refuse(session, scribe, held, ledger.TimeInvalid)
    refuse(session, scribe, scribe.action(act=ledger.Act.RELEASE, hold="ent_nobody"), ledger.HoldUnknown)


def test_what_is_no_entry(session: Session, scribe: Scribe) -> None:
    for entry in (None, "entry", 5, True, {}, (), HOSTILE, Leg(FUND, 1), FUND):
        refuse(session, scribe, entry, ledger.EntryInvalid)


def test_a_time_of_recording_that_is_none(session: Session, scribe: Scribe) -> None:
    before = everything(session)

    for at in TIMES:
        with pytest.raises(ledger.TimeInvalid):
            ledger.post(session, scribe.action(), now=at)
    assert everything(session) == before


def test_details_that_hold_themselves(session: Session, scribe: Scribe) -> None:
    details: dict[str, Any] = {}
    details["a"] = [details]

    refuse(session, scribe, scribe.action(details=details), ledger.DetailsInvalid)


def test_the_longest_path_and_the_first_and_last_day_can_be_written(session: Session, scribe: Scribe) -> None:
    ledger.post(session, scribe.entry((FUND, -1), (Account("a" * ledger.LONGEST_PATH, POINT), 1)), now=NOW)
    for day in (date.min, date.max):
        entry = scribe.action(local_day=day, occurred_at=NOW.astimezone(timezone(timedelta(hours=-11))))
        ledger.post(session, entry, now=NOW)
        assert ledger.get_entry(session, BOOK, entry.id).local_day == day


Call = Callable[[Session, Scribe, Any], object]
BY_ID: dict[str, tuple[type[Exception], Call]] = {
    "an entry that is read": (ledger.EntryUnknown, lambda session, _, name: ledger.get_entry(session, BOOK, name)),
    "an entry that is reversed": (ledger.EntryUnknown, lambda session, scribe, name: scribe.reverse(session, name)),
    "a hold that is captured": (
        ledger.HoldUnknown,
        lambda session, scribe, name: scribe.capture(session, name, MERCHANT, 1),
    ),
    "a hold that is released": (ledger.HoldUnknown, lambda session, scribe, name: scribe.release(session, name)),
}
READINGS: dict[str, Callable[[Session, Any, Any], object]] = {
    "balance": ledger.balance,
    "balances": ledger.balances,
    "standings": ledger.standings,
    "movements": ledger.movements,
    "statement": ledger.statement,
}


@pytest.mark.parametrize("what", BY_ID)
def test_an_odd_id_is_that_of_nothing(session: Session, scribe: Scribe, what: str) -> None:
    error, call = BY_ID[what]
    before = everything(session)

    for name in (*ODD_TEXTS, "ent_nobody", "x" * 10_000, None, *NO_TEXTS):
        with pytest.raises(ledger.LedgerError) as refusal:
            call(session, scribe, name)
        assert type(refusal.value) is error
        assert str(refusal.value)
    assert everything(session) == before


@pytest.mark.parametrize("reading", READINGS)
def test_an_odd_path_or_book_is_not_read(session: Session, reading: str) -> None:
    read = READINGS[reading]

    for text in (*ODD_TEXTS, None, *NO_TEXTS):
        with pytest.raises(ledger.PathInvalid):
            read(session, BOOK, text)
        with pytest.raises(ledger.NameInvalid):
            read(session, text, FUND.path)
