"""Who may take a case in hand, and the one place where its state changes."""

from datetime import datetime

from sqlalchemy import and_, bindparam, select, update
from sqlalchemy.orm import Session

from greenlife.db import keep_residents
from greenlife.errors import CaseDecided, CaseUnknown, OtherDistrict, OwnCase, RoleRequired, SameReviewer
from greenlife.models import ActionRecord, Resident, ReviewCase, Staff

ITS_ACTION = and_(ActionRecord.book == ReviewCase.book, ActionRecord.entry_id == ReviewCase.entry_id)
"""By the record's key, book first: else the whole table is read."""
REVIEWERS = ("district_admin", "city_admin")
_MOVE = update(ReviewCase).where(ReviewCase.id == bindparam("of_case"), ReviewCase.state == bindparam("from_state"))


def check_reviewer(staff: Staff) -> None:
    """Raises RoleRequired for whoever has no desk."""
    if staff.role not in REVIEWERS:
        raise RoleRequired(role=REVIEWERS[0])


def sees_all(staff: Staff) -> bool:
    """Whether the desk is the whole city's."""
    return staff.role == "city_admin"


def find_case(session: Session, staff: Staff, case_id: str) -> tuple[ReviewCase, ActionRecord, Resident]:
    """The case with its action and whose it is; raises RoleRequired, CaseUnknown and OtherDistrict."""
    check_reviewer(staff)
    query = select(ReviewCase, ActionRecord, Resident).where(ReviewCase.id == case_id)
    query = query.join(ActionRecord, ITS_ACTION)
    row = session.execute(query.join(Resident, Resident.id == ReviewCase.resident_id)).one_or_none()
    if row is None:
        raise CaseUnknown
    case, record, resident = row
    if not sees_all(staff) and case.book != staff.scope:
        raise OtherDistrict
    return case, record, resident


def is_own(staff: Staff, record: ActionRecord, resident: Resident) -> bool:
    """Whether it is the reviewer's own action, or one that the reviewer booked."""
    return staff.phone == resident.phone or staff.id == record.staff_id


def take_case(session: Session, staff: Staff, case_id: str) -> ReviewCase:
    """The case for this transaction alone, to be decided on.

    Raises what ``find_case`` raises, ResidentGone, OwnCase, and SameReviewer for who decided on it before it was appealed.
    """
    case, record, resident = find_case(session, staff, case_id)
    if is_own(staff, record, resident):
        raise OwnCase
    lock_case(session, case, record)
    # Not before the wait: the appeal may have been what it waited for.
    if case.appealed_at is not None and case.decided_by == staff.id:
        raise SameReviewer
    return case


def lock_case(session: Session, case: ReviewCase, record: ActionRecord) -> None:
    """Resident, record, case: in the order in which undoing and leaving take them."""
    keep_residents(session, [case.resident_id])
    session.refresh(record, with_for_update=True)
    session.refresh(case)


def move_case(session: Session, case: ReviewCase, from_state: str, to_state: str, **values: datetime | str) -> None:
    """The next state with what is to be known of it; raises CaseDecided where the case is elsewhere by now."""
    moved = session.connection().execute(
        _MOVE.values(state=to_state, **values), {"of_case": case.id, "from_state": from_state}
    )
    if not moved.rowcount:
        raise CaseDecided
    session.refresh(case)
