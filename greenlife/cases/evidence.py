"""One case with what a reviewer needs to decide it: the action, what the rules said, and what it rests on."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from greenlife.cases.case import CaseView, Decided, Reason, Recent, Related
from greenlife.cases.moving import find_case, is_own
from greenlife.cases.queue import held_first, read_row
from greenlife.cases.states import (
    APPEALED,
    APPROVED,
    FIRST,
    LOOKS,
    OPEN,
    REFUSED,
    REFUSED_FINALLY,
    SECOND,
    Look,
    appeal_until,
)
from greenlife.errors import OwnCase, SameReviewer
from greenlife.models import ActionRecord, Photo, Resident, ReviewCase, Site, Staff
from greenlife.programme import Programme
from greenlife.residents import mask_phone
from greenlife.review import Point, metres_between

RECENT_DAYS = 14
MOST_RELATED = 8
"""Of one reason; rules may rest on a hundred."""
E7 = 10_000_000
_PICTURE = select(Photo.delete_after).where(Photo.entry_id == bindparam("of_entry"))
"""Nothing once the picture is deleted."""


def get_case(session: Session, programme: Programme, *, staff: Staff, case_id: str) -> CaseView:
    """The evidence of a case of the reviewer's district; raises RoleRequired, CaseUnknown and OtherDistrict."""
    case, record, resident = find_case(session, staff, case_id)
    site = session.get(Site, record.site_id) if record.site_id else None
    booked_by = session.get(Staff, record.staff_id) if record.staff_id else None
    return CaseView(
        **read_row(staff, case, record, resident, site),
        recorded_at=record.recorded_at,
        staff_label=booked_by.label if booked_by else None,
        minutes=_minutes(record),
        moved_metres=record.moved_metres,
        metres_away=_metres_away(record, site),
        accuracy_metres=record.fix_accuracy_metres,
        has_photo=session.scalar(_PICTURE, {"of_entry": record.entry_id}) is not None,
        reasons=_reasons(session, programme, case),
        recent=_recent(session, programme, case, record),
        first=_decided(session, staff, case, LOOKS[FIRST]),
        appealed_at=case.appealed_at,
        appeal_until=appeal_until(case),
        second=_decided(session, staff, case, LOOKS[SECOND]),
        barred=_barred(staff, case, record, resident),
    )


def _barred(staff: Staff, case: ReviewCase, record: ActionRecord, resident: Resident) -> str | None:
    if is_own(staff, record, resident):
        return OwnCase.code
    return SameReviewer.code if case.state == APPEALED and case.decided_by == staff.id else None


def _minutes(record: ActionRecord) -> int | None:
    if record.started_at is None:
        return None
    return int((record.occurred_at - record.started_at).total_seconds()) // 60


def _metres_away(record: ActionRecord, site: Site | None) -> int | None:
    if site is None or record.fix_latitude_e7 is None or record.fix_longitude_e7 is None:
        return None
    if site.latitude_e7 is None or site.longitude_e7 is None:
        return None
    phone = Point(record.fix_latitude_e7 / E7, record.fix_longitude_e7 / E7)
    return int(metres_between(phone, Point(site.latitude_e7 / E7, site.longitude_e7 / E7)))


def _reasons(session: Session, programme: Programme, case: ReviewCase) -> tuple[Reason, ...]:
    ids = {entry_id for one in case.reasons for entry_id in one["related"][:MOST_RELATED]}
    found = _related(session, case, sorted(ids), [one.id for one in programme.city.districts])
    return tuple(_reason(one, found) for one in held_first(case.reasons))


def _reason(said: Mapping[str, Any], found: Mapping[str, Related]) -> Reason:
    # Who left since is in no list any more, so fewer may be found than the rule saw.
    shown = (found.get(entry_id) for entry_id in said["related"][:MOST_RELATED])
    return Reason(
        code=said["code"],
        outcome=said["outcome"],
        params=said["params"],
        related=tuple(one for one in shown if one),
        of=len(said["related"]),
    )


def _related(session: Session, case: ReviewCase, ids: Sequence[str], books: Sequence[str]) -> dict[str, Related]:
    query = (
        select(ActionRecord, Resident, Site)
        .join(Resident, Resident.id == ActionRecord.resident_id)
        .outerjoin(Site, Site.id == ActionRecord.site_id)
        .where(ActionRecord.book.in_(books), ActionRecord.entry_id.in_(ids))
    )
    return {
        record.entry_id: Related(
            entry_id=record.entry_id,
            action=record.action,
            material=record.material,
            quantity=Decimal(record.quantity),
            unit=record.unit,
            tier=record.tier,
            occurred_at=record.occurred_at,
            site=site,
            phone=mask_phone(resident.phone),
            state=record.state,
            is_same_person=resident.id == case.resident_id,
        )
        for record, resident, site in session.execute(query)
    }


def _recent(session: Session, programme: Programme, case: ReviewCase, record: ActionRecord) -> Recent:
    since = programme.midnight(record.local_day - timedelta(days=RECENT_DAYS))
    done = select(ActionRecord.action, ActionRecord.tier, func.count(), func.sum(ActionRecord.points)).where(
        ActionRecord.resident_id == case.resident_id,
        ActionRecord.occurred_at >= since,
        ActionRecord.occurred_at <= record.occurred_at,
        ActionRecord.undone_at.is_(None),
    )
    kinds = [(row[0], row[1], int(row[2]), int(row[3])) for row in session.execute(
        done.group_by(ActionRecord.action, ActionRecord.tier)
    )]  # fmt: skip
    others = select(ReviewCase.state, func.count()).where(
        ReviewCase.resident_id == case.resident_id, ReviewCase.id != case.id
    )
    states = {row[0]: int(row[1]) for row in session.execute(others.group_by(ReviewCase.state))}
    return Recent(
        days=RECENT_DAYS,
        kinds=tuple(sorted(kinds, key=lambda one: (-one[2], one[0], one[1]))),
        approved=states.get(APPROVED, 0),
        refused=states.get(REFUSED, 0) + states.get(REFUSED_FINALLY, 0),
        waiting=states.get(OPEN, 0) + states.get(APPEALED, 0),
    )


def _decided(session: Session, staff: Staff, case: ReviewCase, look: Look) -> Decided | None:
    said = look.said(case)
    if said is None:
        return None
    by, decision, reason = said
    reviewer = session.get(Staff, by)
    label = reviewer.label if reviewer else None
    at: datetime = getattr(case, look.at)
    return Decided(decision=decision, reason=reason, at=at, label=label, is_own=by == staff.id)
