"""A visit: one use of a resident's code opens ten minutes at a station's scale."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from greenlife.actions.guards import claim_once
from greenlife.codes import ResidentCode, TypedResidentCode, parse_code
from greenlife.errors import CodeElsewhere, CodeUsed, OwnCode, RoleRequired, VisitUnknown
from greenlife.models import Resident, Site, Staff, Visit
from greenlife.programme import Programme
from greenlife.residents import mask_phone
from greenlife.scans.code_holder import resident_behind
from ledger import Entropy, new_id

VISIT_LENGTH = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class VisitView:
    """An open or past visit as the attendant sees it; ``ordinal`` counts the resident's visits here today."""

    id: str
    site: Site
    phone: str
    opened_at: datetime
    expires_at: datetime
    ordinal: int


def open_visit(
    session: Session,
    programme: Programme,
    *,
    staff: Staff,
    code: str,
    hosts: Collection[str],
    reference: str,
    now: datetime,
    entropy: Entropy,
) -> VisitView:
    """A visit of ten minutes; the code is used up. The same reference gives the same visit again.

    Raises RoleRequired, CodeUnknown, CodeForeign, CodeOfOtherCity, CodeElsewhere, CodeForged, CodeExpired,
    DeviceRevoked, CodeUsed, OwnCode, HomeMissing.
    """
    if staff.role != "attendant":
        raise RoleRequired(role="attendant")
    before = _opened_before(session, staff, reference)
    if before is not None:
        return get_visit(session, programme, staff=staff, visit_id=before)
    resident, key = _resident_of(session, programme, staff, code, hosts, now)
    try:
        _use_up(session, key, staff.scope, now)
    except CodeUsed:
        before = _opened_before(session, staff, reference)  # it was pressed twice at once
        if before is None:
            raise
        return get_visit(session, programme, staff=staff, visit_id=before)
    visit = Visit(
        id=new_id("vis", entropy),
        site_id=staff.scope,
        staff_id=staff.id,
        reference=reference,
        resident_id=resident.id,
        opened_at=now,
        expires_at=now + VISIT_LENGTH,
    )
    session.add(visit)
    session.flush()
    return get_visit(session, programme, staff=staff, visit_id=visit.id)


def get_visit(session: Session, programme: Programme, *, staff: Staff, visit_id: str) -> VisitView:
    """The visit, if it is this attendant's; raises VisitUnknown."""
    row = session.execute(
        select(Visit, Site, Resident)
        .join(Site, Site.id == Visit.site_id)
        .join(Resident, Resident.id == Visit.resident_id)
        .where(Visit.id == visit_id, Visit.staff_id == staff.id)
    ).one_or_none()
    if row is None:
        raise VisitUnknown
    visit, site, resident = row
    midnight = programme.midnight(programme.local_day(visit.opened_at))
    earlier = session.scalar(
        select(func.count()).where(
            Visit.resident_id == resident.id,
            Visit.site_id == site.id,
            Visit.opened_at >= midnight,
            Visit.opened_at < visit.opened_at,
        )
    )
    return VisitView(
        id=visit.id,
        site=site,
        phone=mask_phone(resident.phone),
        opened_at=visit.opened_at,
        expires_at=visit.expires_at,
        ordinal=(earlier or 0) + 1,
    )


def _resident_of(
    session: Session, programme: Programme, staff: Staff, code: str, hosts: Collection[str], now: datetime
) -> tuple[Resident, str]:
    """Whose code it is, and the key by which it is used up."""
    parsed = parse_code(code, hosts=hosts, typed_as="resident")
    if not isinstance(parsed, ResidentCode | TypedResidentCode):
        raise CodeElsewhere(found=parsed.found)
    resident, key = resident_behind(session, parsed, city=programme.city.id, now=now)
    if resident.phone == staff.phone:
        raise OwnCode
    return resident, key


def _opened_before(session: Session, staff: Staff, reference: str) -> str | None:
    return session.scalar(select(Visit.id).where(Visit.staff_id == staff.id, Visit.reference == reference))


def _use_up(session: Session, key: str, site_id: str, now: datetime) -> None:
    used_at = claim_once(session, key, site_id=site_id, now=now)
    if used_at is not None:
        raise CodeUsed(at=used_at)
