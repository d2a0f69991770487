"""The states of a case, the decisions with their reasons, and the times."""

from datetime import datetime, timedelta

from greenlife.models import ReviewCase

OPEN, MARKED, APPROVED, REFUSED = "open", "marked", "approved", "refused"
APPEALED, REFUSED_FINALLY, WITHDRAWN = "appealed", "refused_finally", "withdrawn"

APPROVAL_REASONS = ("evidence_fits", "explained", "rule_wrong", "in_doubt")
REFUSAL_REASONS = ("not_possible", "used_before", "does_not_show", "amount_wrong", "somebody_elses")
"""Closed lists: free text would carry names and reproaches."""
REASONS_OF = {APPROVED: APPROVAL_REASONS, REFUSED: REFUSAL_REASONS}
DECISIONS = tuple(REASONS_OF)

REVIEW_DAYS = 3
"""Within how many days residents are promised a decision; a placeholder, to be set by the city."""
APPEAL_DAYS = 14
"""How long a refused action can be appealed; a placeholder, to be set by the city."""


def answer_by(case: ReviewCase) -> datetime | None:
    """When the resident was promised a decision; None for what does not wait for one."""
    since = {OPEN: case.opened_at, APPEALED: case.appealed_at}.get(case.state)
    return since + timedelta(days=REVIEW_DAYS) if since else None


def appeal_until(case: ReviewCase) -> datetime | None:
    """The first instant at which a refused action can be appealed no longer; None for what was not refused."""
    if case.decided_at is None or case.decision != REFUSED:
        return None
    return case.decided_at + timedelta(days=APPEAL_DAYS)
