"""The resident asks for a second look; or does not, and the refusal is final."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from greenlife.actions import end_hold
from greenlife.cases.moving import ITS_ACTION, lock_case, move_case
from greenlife.cases.states import APPEAL_DAYS, APPEALED, REFUSED, REFUSED_FINALLY, appeal_until
from greenlife.errors import AppealedAlready, AppealTooLate, CaseUnknown, NothingToAppeal
from greenlife.models import ActionRecord, Resident, ReviewCase
from greenlife.programme import Programme
from ledger import Entropy

A_BATCH = 100
"""Of one run; the next one does what it left."""


def appeal_case(session: Session, *, resident: Resident, case_id: str, now: datetime) -> ReviewCase:
    """The own case, which another person looks at now; by its id or that of its entry.

    Raises CaseUnknown, NothingToAppeal, AppealedAlready, AppealTooLate, CaseDecided, ResidentGone.
    """
    case = find_own(session, resident, case_id)
    lock_case(session, case, session.get_one(ActionRecord, (case.book, case.entry_id)))
    until = appeal_until(case)
    if until is None:
        raise NothingToAppeal
    if case.appealed_at is not None:
        raise AppealedAlready(at=case.appealed_at)
    if case.state != REFUSED or now >= until:
        raise AppealTooLate(until=until)
    move_case(session, case, REFUSED, APPEALED, appealed_at=now)
    return case


def find_own(session: Session, resident: Resident, case_id: str) -> ReviewCase:
    """One that was held, of this resident; raises CaseUnknown for what was only marked, and for anybody else's."""
    query = select(ReviewCase).where(ReviewCase.resident_id == resident.id, ReviewCase.frozen.is_not(None))
    case = session.scalar(query.where((ReviewCase.id == case_id) | (ReviewCase.entry_id == case_id)))
    if case is None:
        raise CaseUnknown
    return case


def find_unappealed(session: Session, *, now: datetime) -> Sequence[str]:
    """The ids of refused cases that can be appealed no longer, the oldest first; not all at once."""
    too_late = ReviewCase.decided_at <= now - timedelta(days=APPEAL_DAYS)
    query = select(ReviewCase.id).where(ReviewCase.state == REFUSED, too_late)
    return session.scalars(query.order_by(ReviewCase.decided_at).limit(A_BATCH)).all()


def close_unappealed(session: Session, programme: Programme, *, case_id: str, now: datetime, entropy: Entropy) -> bool:
    """Whether a refusal that nobody appealed in time is final now, and its points the budget's again.

    One a transaction: who holds the budget and waits for a second resident would wait for ever for one who leaves.
    """
    query = select(ReviewCase, ActionRecord).join(ActionRecord, ITS_ACTION)
    row = session.execute(query.where(ReviewCase.id == case_id)).one_or_none()
    if row is None:
        return False  # its resident left
    case, record = row
    lock_case(session, case, record)
    if case.state != REFUSED:
        return False  # appealed a moment ago, by another clock
    move_case(session, case, REFUSED, REFUSED_FINALLY)
    end_hold(session, case=case, local_day=programme.local_day(now), now=now, entropy=entropy)
    return True
