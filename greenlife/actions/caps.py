"""Caps and intervals, counted in the transaction that books.

Each is a conditional write whose row count is looked at, so that it holds under any concurrency and on any store: what
two writers want at the same time the second one waits for, and finds taken.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from sqlalchemy import BigInteger, BindParameter, Executable, bindparam, delete, func, select, update
from sqlalchemy.orm import Session

from greenlife.actions.claim import ActionClaim, Use
from greenlife.actions.household_caps import count_households, give_back_household
from greenlife.db import dialect_of, insert_into, primary_key
from greenlife.errors import CapReached, PlaceFull, QuantityCapReached, TooSoon
from greenlife.kinds import TierRule
from greenlife.models import THOUSANDTHS, ActionRecord, CapUse, LastUse, PlaceUse
from ledger import UtcDateTime

_NO_CAP = 2**62


@dataclass
class _Day:
    """What a batch adds to one account's day."""

    rule: TierRule
    unit: str
    used: int = 0
    quantity: int = 0


@dataclass
class _Totals:
    days: dict[tuple[str, str, str, str, date], _Day] = field(default_factory=dict)
    places: dict[tuple[str, str, str, date, int], int] = field(default_factory=lambda: defaultdict(int))


def count_towards_caps(session: Session, uses: Sequence[Use]) -> None:
    """Each use is counted on its local day, for the person, the place and the household.

    Raises CapReached, QuantityCapReached, PlaceFull, HouseholdCapReached, or TooSoon where one would pass what its rule
    allows.
    """
    totals = _add_up(uses)
    # Sorted, so that of two batches the second waits and they never wait for one another.
    for day in sorted(totals.days):
        _count_day(session, day, totals.days[day])
    for (site, action, tier, local_day, cap), more in sorted(totals.places.items()):
        key = {"site_id": site, "action": action, "tier": tier, "local_day": local_day}
        _count_place(session, key, more, cap)
    count_households(session, uses)
    for claim, _, rule in uses:
        if rule.interval:
            _keep_interval(session, claim, rule)


def give_back_caps(session: Session, record: ActionRecord, *, account: str) -> None:
    """What was undone counts no longer, for day, place, household and interval: else it could not be put right."""
    of_account = {"book": record.book, "account": account, "action": record.action, "tier": record.tier}
    quantity = int(Decimal(record.quantity) * THOUSANDTHS)
    session.execute(
        update(CapUse)
        .filter_by(**of_account, local_day=record.local_day)
        .values(used=CapUse.used - 1, quantity=CapUse.quantity - quantity)
    )
    session.execute(
        update(PlaceUse)
        .filter_by(site_id=record.site_id, action=record.action, tier=record.tier, local_day=record.local_day)
        .where(PlaceUse.used > 0)  # a cap that began since has not counted it
        .values(used=PlaceUse.used - 1)
    )
    give_back_household(session, record)
    _give_back_interval(session, record, of_account)


def _give_back_interval(session: Session, record: ActionRecord, of_account: dict[str, str]) -> None:
    before = session.scalar(
        select(func.max(ActionRecord.occurred_at)).where(
            ActionRecord.resident_id == record.resident_id,
            ActionRecord.book == record.book,
            ActionRecord.action == record.action,
            ActionRecord.tier == record.tier,
            ActionRecord.entry_id != record.entry_id,
            ActionRecord.undone_at.is_(None),
        )
    )
    # Only where it is still the last one: who books meanwhile has been here first, and stays.
    if before is None:
        session.execute(delete(LastUse).filter_by(**of_account, last_at=record.occurred_at))
    else:
        session.execute(update(LastUse).filter_by(**of_account, last_at=record.occurred_at).values(last_at=before))


def _add_up(uses: Sequence[Use]) -> _Totals:
    totals = _Totals()
    for claim, local_day, rule in uses:
        key = (claim.resident.book, claim.resident.account, claim.action, claim.tier, local_day)
        day = totals.days.setdefault(key, _Day(rule, claim.unit))
        day.used += 1
        day.quantity += int(claim.quantity * THOUSANDTHS)
        if rule.place_cap and claim.site_id:
            totals.places[claim.site_id, claim.action, claim.tier, local_day, rule.place_cap] += 1
    return totals


def _count_day(session: Session, key: tuple[str, str, str, str, date], more: _Day) -> None:
    cap, quantity = more.rule.daily_cap, more.rule.daily_quantity
    most = _NO_CAP if quantity is None else int(quantity * THOUSANDTHS)
    names = ("book", "account", "action", "tier", "local_day")
    row = dict(zip(names, key, strict=True)) | {"used": more.used, "quantity": more.quantity}
    room = {"more": more.used, "room": cap - more.used, "heavier": more.quantity, "lighter": most - more.quantity}
    too_much = more.used > cap or more.quantity > most
    if too_much or not session.connection().execute(_count_use(dialect_of(session)), row | room).rowcount:
        raise _refusal(session, key, more)


def _refusal(session: Session, key: tuple[str, str, str, str, date], more: _Day) -> CapReached | QuantityCapReached:
    book, account, action, tier, local_day = key
    used = session.scalar(
        select(CapUse.used).where(
            CapUse.book == book,
            CapUse.account == account,
            CapUse.action == action,
            CapUse.tier == tier,
            CapUse.local_day == local_day,
        )
    )
    if more.rule.daily_quantity is None or (used or 0) + more.used > more.rule.daily_cap:
        return CapReached(cap=more.rule.daily_cap)
    return QuantityCapReached(most=more.rule.daily_quantity, unit=more.unit)


def _count_place(session: Session, key: dict[str, object], more: int, cap: int) -> None:
    row = key | {"used": more, "more": more, "room": cap - more}
    if more > cap or not session.connection().execute(_count_at_place(dialect_of(session)), row).rowcount:
        raise PlaceFull(cap=cap)


def _keep_interval(session: Session, claim: ActionClaim, rule: TierRule) -> None:
    assert rule.interval
    key = {"book": claim.resident.book, "account": claim.resident.account, "action": claim.action, "tier": claim.tier}
    row = key | {"last_at": claim.occurred_at, "at": claim.occurred_at, "before": claim.occurred_at - rule.interval}
    if not session.connection().execute(_note_use(dialect_of(session)), row).rowcount:
        last = session.scalar(select(LastUse.last_at).filter_by(**key))
        raise TooSoon(until=_later(last, claim.occurred_at, rule))


def _later(last: datetime | None, now: datetime, rule: TierRule) -> datetime:
    assert rule.interval
    return (last or now) + rule.interval


@cache
def _count_use(dialect: str) -> Executable:
    return insert_into(dialect, CapUse).on_conflict_do_update(
        index_elements=primary_key(CapUse),
        set_={"used": CapUse.used + _whole("more"), "quantity": CapUse.quantity + _whole("heavier")},
        where=(CapUse.used <= _whole("room")) & (CapUse.quantity <= _whole("lighter")),
    )


@cache
def _count_at_place(dialect: str) -> Executable:
    return insert_into(dialect, PlaceUse).on_conflict_do_update(
        index_elements=primary_key(PlaceUse),
        set_={"used": PlaceUse.used + _whole("more")},
        where=PlaceUse.used <= _whole("room"),
    )


@cache
def _note_use(dialect: str) -> Executable:
    return insert_into(dialect, LastUse).on_conflict_do_update(
        index_elements=primary_key(LastUse),
        set_={"last_at": bindparam("at", type_=UtcDateTime())},
        where=LastUse.last_at <= bindparam("before", type_=UtcDateTime()),
    )


def _whole(name: str) -> BindParameter[int]:
    return bindparam(name, type_=BigInteger)
