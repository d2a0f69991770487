"""Caps: one table of what is counted, of which counting, looking ahead and giving back are all made.

Each is counted in the transaction that books, by a conditional write whose row count is looked at, so that it holds under
any concurrency and on any store: what two writers want at the same time the second one waits for, and finds taken.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, BindParameter, Executable, Select, and_, bindparam, select, update
from sqlalchemy.orm import Session

from greenlife.actions.claim import ActionClaim, Use
from greenlife.actions.intervals import give_back_interval, keep_intervals
from greenlife.db import dialect_of, insert_into, primary_key
from greenlife.errors import CapReached, GreenlifeError, HouseholdCapReached, PlaceFull, QuantityCapReached
from greenlife.kinds import TierRule
from greenlife.models import THOUSANDTHS, ActionRecord, CapUse, HouseholdUse, Model, PlaceUse

_NO_CAP = 2**62


@dataclass(frozen=True, slots=True, eq=False)
class Limit:
    """A column that counts: what one use of a quantity adds, the most by a rule, and how a rule's refusal reads."""

    column: str
    adds: Callable[[Decimal], int]
    most: Callable[[TierRule], int | None]
    refusal: Callable[[TierRule, str], GreenlifeError]


@dataclass(frozen=True, slots=True, eq=False)
class Cap:
    """A table with a row for whatever shares a cap, which its primary ``key`` names.

    A use is counted where its rule has one of the limits, and where all of the key is known.
    """

    table: type[Model]
    key: tuple[str, ...]
    limits: tuple[Limit, ...]


def _once(_: Decimal) -> int:
    return 1


def _thousandths(quantity: Decimal) -> int:
    return int(quantity * THOUSANDTHS)


CAPS: tuple[Cap, ...] = (
    Cap(
        CapUse,
        ("book", "account", "action", "tier", "local_day"),
        (
            Limit("used", _once, lambda rule: rule.daily_cap, lambda rule, _: CapReached(cap=rule.daily_cap)),
            Limit(
                "quantity",
                _thousandths,
                lambda rule: None if rule.daily_quantity is None else _thousandths(rule.daily_quantity),
                lambda rule, unit: QuantityCapReached(most=rule.daily_quantity, unit=unit),
            ),
        ),
    ),
    Cap(
        PlaceUse,
        ("site_id", "action", "tier", "local_day"),
        (Limit("used", _once, lambda rule: rule.place_cap, lambda rule, _: PlaceFull(cap=rule.place_cap)),),
    ),
    Cap(
        HouseholdUse,
        ("household", "action", "tier", "local_day"),
        (
            Limit(
                "used",
                _once,
                lambda rule: rule.household_cap,
                lambda rule, _: HouseholdCapReached(cap=rule.household_cap),
            ),
        ),
    ),
)
"""In the order in which they are counted, and in which the first that is reached is named."""


_Told = tuple[Mapping[str, Any], ActionClaim, TierRule]
"""All that a cap can be shared by, of whom it is, and by which rule."""


@dataclass(slots=True)
class _More:
    """What a batch adds to one row."""

    rule: TierRule
    unit: str
    amounts: dict[str, int] = field(default_factory=dict)


def count_towards_caps(session: Session, uses: Sequence[Use]) -> None:
    """Each use is counted on its local day, for the person, the place and the household.

    Raises CapReached, QuantityCapReached, PlaceFull, HouseholdCapReached, or TooSoon where one would pass what its rule
    allows.
    """
    told = [_told(use) for use in uses]
    for cap in CAPS:
        totals = _add_up(cap, told)
        # Sorted, so that of two batches the second waits and they never wait for one another.
        for key in sorted(totals):
            _count(session, cap, key, totals[key])
    keep_intervals(session, uses)


def foresee_caps(session: Session, use: Use) -> Iterator[GreenlifeError]:
    """The caps that a use would meet now, the first of which ``count_towards_caps`` would raise."""
    told = [_told(use)]
    for cap in CAPS:
        for key, more in _add_up(cap, told).items():
            yield from _passed(cap, _there(session, cap, key), more)


def give_back_caps(session: Session, record: ActionRecord, *, account: str) -> None:
    """What was undone counts no longer, for day, place, household and interval: else it could not be put right."""
    quantity = Decimal(record.quantity)
    for cap in CAPS:
        key = _key(cap, _of_record(record, account))
        if key is not None:
            # A cap that began since has not counted it.
            of_row = update(cap.table).filter_by(**_named(cap, key)).where(_column(cap, "used") > 0)
            less = {one.column: _column(cap, one.column) - one.adds(quantity) for one in cap.limits}
            session.connection().execute(of_row.values(less))
    give_back_interval(session, record, account=account)


def _told(use: Use) -> _Told:
    claim, day, rule = use
    whose = {
        "book": claim.resident.book,
        "account": claim.resident.account,
        "site_id": claim.site_id,
        "household": claim.household,
        "action": claim.action,
        "tier": claim.tier,
        "local_day": day,
    }
    return whose, claim, rule


def _of_record(record: ActionRecord, account: str) -> Mapping[str, Any]:
    """Of what was booked; its household is the one that it was counted for, whoever lives where by now."""
    return {
        "book": record.book,
        "account": account,
        "site_id": record.site_id,
        "household": record.household,
        "action": record.action,
        "tier": record.tier,
        "local_day": record.local_day,
    }


def _add_up(cap: Cap, uses: Sequence[_Told]) -> dict[tuple[Any, ...], _More]:
    totals: dict[tuple[Any, ...], _More] = {}
    for whose, claim, rule in uses:
        if any(limit.most(rule) is not None for limit in cap.limits) and (key := _key(cap, whose)):
            more = totals.setdefault(key, _More(rule, claim.unit))
            for limit in cap.limits:
                more.amounts[limit.column] = more.amounts.get(limit.column, 0) + limit.adds(claim.quantity)
    return totals


def _count(session: Session, cap: Cap, key: tuple[Any, ...], more: _More) -> None:
    told: dict[str, Any] = _named(cap, key) | more.amounts
    is_too_much = False
    for limit in cap.limits:
        amount, most = more.amounts[limit.column], limit.most(more.rule)
        room = (_NO_CAP if most is None else most) - amount
        is_too_much = is_too_much or room < 0  # which the first row of a day is not asked
        told |= {f"more_{limit.column}": amount, f"room_{limit.column}": room}
    if is_too_much or not session.connection().execute(_counting(cap, dialect_of(session)), told).rowcount:
        raise _refusal(session, cap, key, more)


def _refusal(session: Session, cap: Cap, key: tuple[Any, ...], more: _More) -> GreenlifeError:
    """The limit that was in the way: the first by what is there now, and the last if somebody gave back meanwhile."""
    possible = [limit for limit in cap.limits if limit.most(more.rule) is not None]
    if len(possible) > 1:
        for refusal in _passed(cap, _there(session, cap, key), more):
            return refusal
    return possible[-1].refusal(more.rule, more.unit)


def _passed(cap: Cap, there: Sequence[int], more: _More) -> Iterator[GreenlifeError]:
    for limit, used in zip(cap.limits, there, strict=True):
        most = limit.most(more.rule)
        if most is not None and used + more.amounts[limit.column] > most:
            yield limit.refusal(more.rule, more.unit)


def _there(session: Session, cap: Cap, key: tuple[Any, ...]) -> Sequence[int]:
    row = session.connection().execute(_looking(cap), _named(cap, key, "of_")).one_or_none()
    return row or [0] * len(cap.limits)


@cache
def _counting(cap: Cap, dialect: str) -> Executable:
    names = [limit.column for limit in cap.limits]
    return insert_into(dialect, cap.table).on_conflict_do_update(
        index_elements=primary_key(cap.table),
        set_={name: _column(cap, name) + _whole(f"more_{name}") for name in names},
        where=and_(*(_column(cap, name) <= _whole(f"room_{name}") for name in names)),
    )


@cache
def _looking(cap: Cap) -> Select[Any]:
    query: Select[Any] = select(*(_column(cap, limit.column) for limit in cap.limits))
    return query.where(*(column == bindparam(f"of_{column.key}") for column in primary_key(cap.table)))


def _key(cap: Cap, whose: Mapping[str, Any]) -> tuple[Any, ...] | None:
    """None for what has not all of it: where no place is known there is none to be full."""
    key = tuple([whose[name] for name in cap.key])
    return None if None in key else key


def _named(cap: Cap, key: tuple[Any, ...], prefix: str = "") -> dict[str, Any]:
    return {f"{prefix}{name}": value for name, value in zip(cap.key, key, strict=True)}


def _column(cap: Cap, name: str) -> Any:
    return getattr(cap.table, name)


def _whole(name: str) -> BindParameter[int]:
    return bindparam(name, type_=BigInteger)
