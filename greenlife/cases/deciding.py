"""The first decision on what was held, and the second one on appeal."""

from datetime import datetime

from sqlalchemy.orm import Session

from greenlife.actions import confirm_pending, end_hold, refuse_pending
from greenlife.cases.moving import move_case, take_case
from greenlife.cases.states import APPEALED, APPROVED, OPEN, REASONS_OF, REFUSED, REFUSED_FINALLY
from greenlife.errors import CaseDecided, DecisionInvalid
from greenlife.models import ReviewCase, Staff
from greenlife.programme import Programme
from ledger import Entropy


def decide_case(
    session: Session,
    programme: Programme,
    *,
    staff: Staff,
    case_id: str,
    decision: str,
    reason: str,
    now: datetime,
    entropy: Entropy,
) -> ReviewCase:
    """The case as it is decided: approved, and its action is in the ledger; or refused, and it can be appealed.

    The same decision by the same person again changes nothing. Raises DecisionInvalid, RoleRequired, CaseUnknown,
    OtherDistrict, OwnCase, SameReviewer, CaseDecided, ResidentGone.
    """
    _check(decision, reason)
    case, _ = take_case(session, staff, case_id)
    if case.state != OPEN:
        if (case.decided_by, case.decision, case.reason) == (staff.id, decision, reason):
            return case
        raise CaseDecided
    move_case(session, case, OPEN, decision, decided_at=now, decided_by=staff.id, decision=decision, reason=reason)
    if decision == REFUSED:
        refuse_pending(session, case=case)
    else:
        confirm_pending(session, case=case, local_day=programme.local_day(now), now=now, entropy=entropy)
    return case


def decide_appeal(
    session: Session,
    programme: Programme,
    *,
    staff: Staff,
    case_id: str,
    decision: str,
    reason: str,
    now: datetime,
    entropy: Entropy,
) -> ReviewCase:
    """The case as it is decided for good, by another person than the first time; raises as ``decide_case`` does."""
    _check(decision, reason)
    case, _ = take_case(session, staff, case_id)
    if case.state != APPEALED:
        if (case.second_by, case.second_decision, case.second_reason) == (staff.id, decision, reason):
            return case
        raise CaseDecided
    state = APPROVED if decision == APPROVED else REFUSED_FINALLY
    move_case(
        session, case, APPEALED, state,
        second_at=now, second_by=staff.id, second_decision=decision, second_reason=reason,
    )  # fmt: skip
    today = programme.local_day(now)
    if decision == APPROVED:
        confirm_pending(session, case=case, waits_as="refused", local_day=today, now=now, entropy=entropy)
    else:
        end_hold(session, case=case, local_day=today, now=now, entropy=entropy)
    return case


def _check(decision: str, reason: str) -> None:
    if reason not in REASONS_OF.get(decision, ()):
        raise DecisionInvalid
