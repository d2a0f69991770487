"""When an action may be claimed: not before it happened, not long afterwards.

    began ──── at least the dwell ────▶ ended (``occurred_at``) ──── at most the claim days ────▶ claimed (``now``)

Days are the city's local days, so that the window ends at a midnight, whatever the clocks are set to in between.
"""

from datetime import date, datetime, timedelta

from greenlife.actions.claim import ActionClaim
from greenlife.errors import ActionInFuture, ClaimTooOld, StartAfterEnd, StartMissing, TooShort
from greenlife.programme import Programme

CLOCKS_DIFFER = timedelta(minutes=2)
"""By how much the clock of whoever reports may be ahead of ours; a placeholder, to be set by the city."""


def check_window(programme: Programme, claim: ActionClaim, *, day: date, now: datetime) -> None:
    """Nothing where the action, which ended on the local ``day``, may be claimed now.

    Raises ActionInFuture, ClaimTooOld, StartMissing, StartAfterEnd, TooShort. Which day a methodology began on is known
    where grams are worked out.
    """
    rule = programme.actions[claim.action].tier(claim.tier)
    if claim.occurred_at > now + CLOCKS_DIFFER:
        raise ActionInFuture(at=claim.occurred_at)
    days = programme.tiers[claim.tier].claim_days if rule.claim_days is None else rule.claim_days
    if programme.local_day(now) - day > timedelta(days=days):
        raise ClaimTooOld(days=days)
    _check_dwell(claim, rule.dwell)


def _check_dwell(claim: ActionClaim, least: timedelta | None) -> None:
    if claim.started_at is None:
        # Closed rather than open: else leaving the beginning out would be the way around it.
        if least is not None:
            raise StartMissing
    elif claim.started_at > claim.occurred_at:
        raise StartAfterEnd
    elif least is not None and claim.occurred_at - claim.started_at < least:
        raise TooShort(seconds=int(least.total_seconds()))
