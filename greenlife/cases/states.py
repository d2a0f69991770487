"""The states of a case, the decisions with their reasons, and the times."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from greenlife.models import ReviewCase

OPEN, MARKED, APPROVED, REFUSED = "open", "marked", "approved", "refused"
APPEALED, REFUSED_FINALLY, WITHDRAWN = "appealed", "refused_finally", "withdrawn"

APPROVAL_REASONS = ("evidence_fits", "explained", "rule_wrong", "in_doubt")
REFUSAL_REASONS = ("not_possible", "used_before", "does_not_show", "amount_wrong", "somebody_elses")
"""Closed lists: free text would carry names and reproaches."""
REASONS_OF = {APPROVED: APPROVAL_REASONS, REFUSED: REFUSAL_REASONS}
DECISIONS = tuple(REASONS_OF)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One of the two looks at a case: the state it waits in, the state that each decision leads to, and where it is kept.

    ``action`` is the state in which the action waits meanwhile; the rest are names of the case's columns.
    """

    waits: str
    ends: Mapping[str, str]
    action: Literal["pending", "refused"]
    at: str
    by: str
    decision: str
    reason: str

    def said(self, case: ReviewCase) -> tuple[str, str, str] | None:
        """By whom it was decided, how, and why; None where it was not."""
        by, decision, reason = (getattr(case, name) for name in (self.by, self.decision, self.reason))
        return None if by is None else (by, decision, reason)


FIRST, SECOND = "first", "second"
LOOKS: Mapping[str, Look] = {
    FIRST: Look(
        waits=OPEN,
        ends={APPROVED: APPROVED, REFUSED: REFUSED},
        action="pending",
        at="decided_at",
        by="decided_by",
        decision="decision",
        reason="reason",
    ),
    SECOND: Look(
        waits=APPEALED,
        ends={APPROVED: APPROVED, REFUSED: REFUSED_FINALLY},
        action="refused",
        at="second_at",
        by="second_by",
        decision="second_decision",
        reason="second_reason",
    ),
}
"""The second is on appeal, and by another person."""

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
