"""The counter: an attendant books what was weighed or seen for the resident of an open visit, and sees the last ten."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from greenlife.actions import ActionClaim, book_actions
from greenlife.errors import ActionElsewhere, ActionUnknown, RoleRequired, VisitOver, VisitUnknown
from greenlife.kinds import ActionKind
from greenlife.models import ActionRecord, Resident, Site, Staff, Visit
from greenlife.programme import Programme
from greenlife.residents import mask_phone
from greenlife.scans.own_code import ref_of
from greenlife.scans.scan import ScanReceipt, receipt_of
from greenlife.scans.second_press import booked_before
from ledger import Entropy

TIER = "attended"
UNDO_FOR = timedelta(minutes=30)
"""How long an attendant can take a weighing back; a placeholder, to be set by the city."""


@dataclass(frozen=True, kw_only=True)
class WeighingView:
    """One of the last records; ``state`` says whether it can be undone, and why not.

    One that ``waits`` for a person is not booked yet, and one that is ``refused`` never was.
    """

    entry_id: str
    book: str
    action: str
    material: str | None
    quantity: Decimal
    unit: str
    phone: str
    recorded_at: datetime
    mg: int
    points: int
    state: Literal["undoable", "undone", "too_late", "refused"]
    waits: bool


def attended_kinds(programme: Programme, site: Site) -> tuple[ActionKind, ...]:
    """What an attendant of this place can record; what is weighed most often first."""
    kinds = (kind for kind in programme.actions.values() if kind.attended_at(site.kind))
    return tuple(sorted(kinds, key=lambda kind: not kind.materials))


def record_attended(
    session: Session,
    programme: Programme,
    *,
    staff: Staff,
    visit_id: str,
    action: str,
    material: str | None,
    quantity: Decimal,
    reference: str,
    now: datetime,
    entropy: Entropy,
) -> ScanReceipt:
    """What was weighed or seen, in the ledger of the visit's resident; the same reference gives the first receipt.

    ``quantity`` is in the action's own unit. Raises RoleRequired, VisitUnknown, VisitOver, ActionUnknown,
    ActionElsewhere, and what ``book_actions`` raises.
    """
    if staff.role != "attendant":
        raise RoleRequired(role="attendant")
    visit, site, resident = _visit(session, staff, visit_id)
    scoped = f"{visit.id}:{reference}"
    before = booked_before(session, resident, scoped)
    if before is None and now >= visit.expires_at:
        raise VisitOver(at=visit.expires_at)
    claim = ActionClaim(
        resident=ref_of(resident),
        action=action,
        tier=TIER,
        quantity=quantity,
        # What was booked before is answered with it, whatever the city or the place has switched off since.
        unit=before.unit if before else _unit(programme, site, action),
        material=material,
        site_id=site.id,
        staff_id=staff.id,
        visit_id=visit.id,
        started_at=visit.opened_at,
        occurred_at=now,
        evidence_key=f"weighing:{scoped}",
        reference=scoped,
    )
    (booked,) = book_actions(session, programme, [claim], now=now, entropy=entropy)
    return receipt_of(session, programme, booked=booked, site=site, ref=claim.resident, now=now)


def _unit(programme: Programme, site: Site, action: str) -> str:
    kind = programme.actions.get(action)
    if kind is None:
        raise ActionUnknown(action=action)
    if not kind.attended_at(site.kind):
        raise ActionElsewhere(action=action)
    return next(iter(kind.units))


def _visit(session: Session, staff: Staff, visit_id: str) -> tuple[Visit, Site, Resident]:
    row = session.execute(
        select(Visit, Site, Resident)
        .join(Site, Site.id == Visit.site_id)
        .join(Resident, Resident.id == Visit.resident_id)
        .where(Visit.id == visit_id, Visit.staff_id == staff.id)
    ).one_or_none()
    if row is None:
        raise VisitUnknown
    return row[0], row[1], row[2]


def last_weighings(session: Session, *, staff: Staff, now: datetime, limit: int = 10) -> tuple[WeighingView, ...]:
    """This attendant's newest weighings, newest first."""
    rows = session.execute(
        select(ActionRecord, Resident.phone)
        .join(Resident, Resident.id == ActionRecord.resident_id)
        .where(ActionRecord.staff_id == staff.id)
        .order_by(ActionRecord.recorded_at.desc(), ActionRecord.entry_id.desc())
        .limit(limit)
    )
    return tuple(_view(record, phone, now) for record, phone in rows)


def _view(record: ActionRecord, phone: str, now: datetime) -> WeighingView:
    state: Literal["undoable", "undone", "too_late", "refused"] = "undoable"
    if record.undone_at is not None:
        state = "undone"
    elif record.state == "refused":
        state = "refused"
    elif now - record.recorded_at >= UNDO_FOR:
        state = "too_late"
    return WeighingView(
        entry_id=record.entry_id,
        book=record.book,
        action=record.action,
        material=record.material,
        quantity=Decimal(record.quantity),
        unit=record.unit,
        phone=mask_phone(phone),
        recorded_at=record.recorded_at,
        mg=record.mg,
        points=record.points,
        state=state,
        waits=record.state == "pending",
    )
