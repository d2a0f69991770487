"""What a claim would meet now: looked up before anybody presses, so that the page can say it.

Nothing is decided here. Between the look and the press others may book; the conditional writes of ``caps`` and
``intervals`` decide.
"""

from datetime import date

from sqlalchemy.orm import Session

from greenlife.actions.caps import foresee_caps
from greenlife.actions.claim import ActionClaim
from greenlife.actions.households import name_households
from greenlife.actions.intervals import foresee_interval
from greenlife.errors import GreenlifeError
from greenlife.programme import Programme


def foresee_refusals(
    session: Session, programme: Programme, claim: ActionClaim, *, day: date
) -> tuple[GreenlifeError, ...]:
    """All that stands in the way now; the first is what ``count_towards_caps`` would raise about the local day."""
    rule = programme.actions[claim.action].tier(claim.tier)
    (claim,) = name_households(session, programme, [claim])
    too_soon = foresee_interval(session, claim, rule)
    return (*foresee_caps(session, (claim, day, rule)), *((too_soon,) if too_soon else ()))
