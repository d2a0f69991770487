"""The first decision on what was held, and the second one on appeal."""

from datetime import datetime

from sqlalchemy.orm import Session

from greenlife.actions import confirm_pending, end_hold, refuse_pending
from greenlife.cases.moving import move_case, take_case
from greenlife.cases.states import APPROVED, LOOKS, REASONS_OF, REFUSED, Look
from greenlife.errors import CaseDecided, DecisionInvalid
from greenlife.models import ReviewCase, Staff
from greenlife.programme import Programme
from ledger import Entropy


def decide_case(
    session: Session,
    programme: Programme,
    *,
    look: str,
    staff: Staff,
    case_id: str,
    decision: str,
    reason: str,
    now: datetime,
    entropy: Entropy,
) -> ReviewCase:
    """The case as it is decided at the first or the second ``look``, which is on appeal and by another person.

    Approved, its action is in the ledger. Refused at the first look it can be appealed, at the second it is so for good.
    The same decision by the same person again changes nothing. Raises DecisionInvalid, RoleRequired, CaseUnknown,
    OtherDistrict, OwnCase, SameReviewer, CaseDecided, ResidentGone.
    """
    if reason not in REASONS_OF.get(decision, ()):
        raise DecisionInvalid
    case, this = take_case(session, staff, case_id), LOOKS[look]
    said = (staff.id, decision, reason)
    if case.state != this.waits:
        if this.said(case) == said:
            return case
        raise CaseDecided
    kept = dict(zip((this.by, this.decision, this.reason), said, strict=True))
    move_case(session, case, this.waits, this.ends[decision], **{this.at: now}, **kept)
    _end(session, programme, case, this, now, entropy)
    return case


def _end(session: Session, programme: Programme, case: ReviewCase, look: Look, now: datetime, entropy: Entropy) -> None:
    """What becomes of the action and of its points."""
    today = programme.local_day(now)
    if case.state == APPROVED:
        confirm_pending(session, case=case, waits_as=look.action, local_day=today, now=now, entropy=entropy)
    elif case.state == REFUSED:
        refuse_pending(session, case=case)
    else:
        end_hold(session, case=case, local_day=today, now=now, entropy=entropy)
