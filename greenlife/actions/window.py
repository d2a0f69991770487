"""When an action may be claimed: not before it happened, not long afterwards.

    began ──── at least the dwell ────▶ ended (``occurred_at``) ──── at most the claim days ────▶ claimed (``now``)

Days are the city's local days, so that the window ends at a midnight, whatever the clocks are set to in between.
"""

from datetime import date, datetime, timedelta

from greenlife.actions.claim import ActionClaim
from greenlife.errors import ActionInFuture, ClaimTooOld
from greenlife.programme import Programme

CLOCKS_DIFFER = timedelta(minutes=2)
"""By how much the clock of whoever reports may be ahead of ours; a placeholder, to be set by the city."""


def check_window(programme: Programme, claim: ActionClaim, *, day: date, now: datetime) -> None:
    """Nothing where the action, which ended on the local ``day``, may be claimed now.

    Raises ActionInFuture and ClaimTooOld. Which day a methodology began on is known where grams are worked out.
    """
    if claim.occurred_at > now + CLOCKS_DIFFER:
        raise ActionInFuture(at=claim.occurred_at)
    days = _claim_days(programme, claim)
    if programme.local_day(now) - day > timedelta(days=days):
        raise ClaimTooOld(days=days)


def _claim_days(programme: Programme, claim: ActionClaim) -> int:
    """Of the action's own rule for this tier; of the tier where it has none."""
    days = programme.actions[claim.action].tier(claim.tier).claim_days
    return programme.tiers[claim.tier].claim_days if days is None else days
