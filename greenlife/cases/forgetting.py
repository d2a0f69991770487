"""Cases are kept for disputes and for learning, and not for ever."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func
from sqlalchemy.orm import Session

from greenlife.cases.states import APPROVED, MARKED, REFUSED_FINALLY, WITHDRAWN
from greenlife.models import ReviewCase

KEPT_FOR = timedelta(days=365)
"""How long a case is kept after its end; a placeholder, to be set by the city."""


def forget_cases(session: Session, *, now: datetime) -> int:
    """How many cases that ended long ago were deleted, with what the rules had said; the actions stay."""
    ended_at = func.coalesce(ReviewCase.second_at, ReviewCase.decided_at, ReviewCase.opened_at)
    old = delete(ReviewCase).where(
        ReviewCase.state.in_((APPROVED, REFUSED_FINALLY, WITHDRAWN, MARKED)),
        ReviewCase.opened_at < now - KEPT_FOR,
        ended_at < now - KEPT_FOR,
        ReviewCase.hold_entry.is_(None),
    )
    return session.connection().execute(old).rowcount
