"""Which cap a claim would meet now: looked up before anybody presses, so that the page can say it.

Nothing is decided here. Between the look and the press others may book; the conditional writes of ``caps`` decide.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from greenlife.actions.claim import ActionClaim
from greenlife.actions.household_caps import household_of
from greenlife.errors import CapReached, GreenlifeError, HouseholdCapReached, PlaceFull, QuantityCapReached
from greenlife.kinds import TierRule
from greenlife.models import THOUSANDTHS, CapUse, HouseholdUse, PlaceUse
from greenlife.programme import Programme

Look = Callable[[Session, ActionClaim, date, TierRule], GreenlifeError | None]


def foresee_refusal(session: Session, programme: Programme, claim: ActionClaim, *, day: date) -> GreenlifeError | None:
    """What ``count_towards_caps`` would raise about the local day now, intervals apart; None where there is room."""
    rule = programme.actions[claim.action].tier(claim.tier)
    for look in _LOOKS:
        if refusal := look(session, claim, day, rule):
            return refusal
    return None


def _person(session: Session, claim: ActionClaim, day: date, rule: TierRule) -> GreenlifeError | None:
    ref = claim.resident
    key = {"book": ref.book, "account": ref.account, "action": claim.action, "tier": claim.tier, "local_day": day}
    row = session.execute(select(CapUse.used, CapUse.quantity).filter_by(**key)).one_or_none()
    used, quantity = row or (0, 0)
    if used >= rule.daily_cap:
        return CapReached(cap=rule.daily_cap)
    if rule.daily_quantity is not None and Decimal(quantity) / THOUSANDTHS + claim.quantity > rule.daily_quantity:
        return QuantityCapReached(most=rule.daily_quantity, unit=claim.unit)
    return None


def _place(session: Session, claim: ActionClaim, day: date, rule: TierRule) -> GreenlifeError | None:
    if not rule.place_cap or not claim.site_id:
        return None
    key = {"site_id": claim.site_id, "action": claim.action, "tier": claim.tier, "local_day": day}
    used = session.scalar(select(PlaceUse.used).filter_by(**key)) or 0
    return PlaceFull(cap=rule.place_cap) if used >= rule.place_cap else None


def _household(session: Session, claim: ActionClaim, day: date, rule: TierRule) -> GreenlifeError | None:
    if not rule.household_cap:
        return None
    household = household_of(session, claim.resident, day)
    key = {"household": household, "action": claim.action, "tier": claim.tier, "local_day": day}
    used = session.scalar(select(HouseholdUse.used).filter_by(**key)) or 0
    return HouseholdCapReached(cap=rule.household_cap) if used >= rule.household_cap else None


_LOOKS: tuple[Look, ...] = (_person, _place, _household)
"""In the order in which booking counts, so that both name the same one."""
