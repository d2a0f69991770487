"""What a resident sees of the own held actions: state and reason, and no more of the rules than that."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from greenlife.cases.appealing import find_own
from greenlife.cases.moving import ITS_ACTION
from greenlife.cases.queue import noticed
from greenlife.cases.states import APPROVED, REFUSED, WITHDRAWN, answer_by, appeal_until
from greenlife.models import ActionRecord, Resident, ReviewCase, Site

SHOWN_FOR = timedelta(days=42)
"""How long the list shows what was held and is not booked."""
MOST = 50


@dataclass(frozen=True, kw_only=True)
class OwnCaseView:
    """A held action of the own; ``points`` are kept for it while it waits, and ``noticed`` is why it was held, as codes with figures.

    ``answer_by`` is when a decision is promised, ``appeal_until`` set where one can still be made.
    """

    id: str
    entry_id: str
    state: str
    action: str
    material: str | None
    quantity: Decimal
    unit: str
    tier: str
    site: Site | None
    occurred_at: datetime
    points: int
    noticed: tuple[tuple[str, Mapping[str, int]], ...]
    answer_by: datetime | None
    decided_at: datetime | None
    decision_reason: str | None
    appealed_at: datetime | None
    appeal_until: datetime | None
    second_at: datetime | None
    second_reason: str | None


def list_own_cases(session: Session, *, resident: Resident, now: datetime) -> tuple[OwnCaseView, ...]:
    """What was held of the own actions in the last weeks and is not in the ledger, the newest first."""
    query = _own(resident).where(
        ReviewCase.opened_at >= now - SHOWN_FOR, ReviewCase.state.not_in((APPROVED, WITHDRAWN))
    )
    query = query.order_by(ReviewCase.opened_at.desc(), ReviewCase.id.desc()).limit(MOST)
    return tuple(_view(*row, now=now) for row in session.execute(query))


def get_own_case(session: Session, *, resident: Resident, case_id: str, now: datetime) -> OwnCaseView:
    """One of the own, by its id or that of its entry; raises CaseUnknown."""
    case = find_own(session, resident, case_id)
    row = session.execute(_own(resident).where(ReviewCase.id == case.id)).one()
    return _view(*row, now=now)


def find_check(session: Session, *, resident: Resident, entry_id: str) -> datetime | None:
    """When a person looked at an own action before it was booked; None where nobody needed to."""
    case = session.scalar(_of(resident).where(ReviewCase.entry_id == entry_id, ReviewCase.state == APPROVED))
    return (case.second_at or case.decided_at) if case else None


def _of(resident: Resident) -> Select[ReviewCase]:
    return select(ReviewCase).where(ReviewCase.resident_id == resident.id, ReviewCase.frozen.is_not(None))


def _own(resident: Resident) -> Select[ReviewCase, ActionRecord, Site]:
    query = select(ReviewCase, ActionRecord, Site).join(ActionRecord, ITS_ACTION)
    query = query.outerjoin(Site, Site.id == ActionRecord.site_id)
    return query.where(ReviewCase.resident_id == resident.id, ReviewCase.frozen.is_not(None))


def _view(case: ReviewCase, record: ActionRecord, site: Site | None, *, now: datetime) -> OwnCaseView:
    until = appeal_until(case) if case.state == REFUSED else None
    held = [one for one in case.reasons if one["outcome"] == "hold"]
    return OwnCaseView(
        id=case.id,
        entry_id=case.entry_id,
        state=case.state,
        action=record.action,
        material=record.material,
        quantity=Decimal(record.quantity),
        unit=record.unit,
        tier=record.tier,
        site=site,
        occurred_at=record.occurred_at,
        points=record.points,
        noticed=noticed(held),
        answer_by=answer_by(case),
        decided_at=case.decided_at,
        decision_reason=case.reason,
        appealed_at=case.appealed_at,
        appeal_until=until if until and until > now else None,
        second_at=case.second_at,
        second_reason=case.second_reason,
    )
