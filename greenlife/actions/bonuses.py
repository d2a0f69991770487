"""Campaigns beside the normal points: who gets a bonus of which, decided where it is booked."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from greenlife.actions.claim import ActionClaim, ResidentRef
from greenlife.actions.quote import Quote
from greenlife.policy import Grant, Wanted, expect_bonus, policy_on, take_bonuses

Priced = tuple[int, ActionClaim, Quote, date]
"""Where the claim stands in its batch, the claim, what it is worth, and its local day."""


def add_bonuses(session: Session, priced: Sequence[Priced], *, today: date) -> Sequence[Priced]:
    """The same with the bonus of a campaign where one pays; taken from its budget.

    To be called after caps, and before the ledger: an undo goes the same way, so neither waits for the other.
    """
    wanted = [
        _wanted(session, claim.resident, claim.action, claim.tier, quote, day, today) for _, claim, quote, day in priced
    ]
    if not any(one.campaigns for one in wanted):
        return priced
    bonuses = take_bonuses(session, wanted)
    return [
        (at, claim, with_bonus(quote, bonus), day)
        for (at, claim, quote, day), bonus in zip(priced, bonuses, strict=True)
    ]


def expected_quote(
    session: Session, quote: Quote, *, resident: ResidentRef, action: str, tier: str, day: date, today: date
) -> Quote:
    """The quote with the bonus that it would be booked with now; takes nothing."""
    return with_bonus(quote, expect_bonus(session, _wanted(session, resident, action, tier, quote, day, today)))


def with_bonus(quote: Quote, bonus: Grant | None) -> Quote:
    return replace(quote, grants=(*quote.grants, bonus)) if bonus else quote


def _wanted(
    session: Session, resident: ResidentRef, action: str, tier: str, quote: Quote, day: date, today: date
) -> Wanted:
    policy = policy_on(session, day, today=today)
    return Wanted(
        book=resident.book,
        points=quote.points,
        campaigns=policy.campaigns_for(action=action, tier=tier, book=resident.book),
    )
