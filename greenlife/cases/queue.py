"""The queue: what waits, what was appealed, what was only marked, what was decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from greenlife.cases.case import CaseRow
from greenlife.cases.moving import ITS_ACTION, check_reviewer, is_own, sees_all
from greenlife.cases.states import APPEALED, APPROVED, MARKED, OPEN, REFUSED, REFUSED_FINALLY, WITHDRAWN, answer_by
from greenlife.errors import CaseUnknown
from greenlife.models import ActionRecord, Resident, ReviewCase, Site, Staff
from greenlife.residents import mask_phone
from ledger import is_id

_AnySelect: TypeAlias = Select[*tuple[Any, ...]]

TABS: dict[str, tuple[str, ...]] = {
    "waiting": (OPEN,),
    "appeals": (APPEALED,),
    "marked": (MARKED,),
    "decided": (APPROVED, REFUSED, REFUSED_FINALLY, WITHDRAWN),
}
"""Part of the queue → the states in it. What waits comes oldest first, the rest newest first."""
OLDEST_FIRST = ("waiting", "appeals")
MOST = 100


@dataclass(frozen=True)
class CasePage:
    """A part of the queue; ``next`` is where the next page begins, None on the last one."""

    items: tuple[CaseRow, ...]
    next: str | None


def list_cases(
    session: Session, *, staff: Staff, tab: str = "waiting", after: str | None = None, limit: int = 20
) -> CasePage:
    """The cases of the reviewer's district, or of the city; ``after`` is a page's ``next``.

    Raises RoleRequired, and CaseUnknown for a cursor of nothing.
    """
    check_reviewer(staff)
    limit = max(1, min(limit, MOST))
    query = _of(staff, _ROWS.where(ReviewCase.state.in_(TABS.get(tab, (OPEN,)))))
    rising = tab in OLDEST_FIRST or tab not in TABS
    if after is not None:
        there = session.get(ReviewCase, after) if is_id(after) else None
        if there is None:
            raise CaseUnknown
        query = query.where(_beyond(there, rising=rising))
    order = [ReviewCase.opened_at, ReviewCase.id]
    query = query.order_by(*(order if rising else [one.desc() for one in order])).limit(limit + 1)
    rows = session.execute(query).all()
    items = tuple(CaseRow(**read_row(staff, *row)) for row in rows[:limit])
    return CasePage(items, items[-1].id if len(rows) > limit else None)


def count_cases(session: Session, *, staff: Staff) -> dict[str, int]:
    """How many cases wait for a decision, and how many for a second one; raises RoleRequired."""
    check_reviewer(staff)
    query: _AnySelect = select(ReviewCase.state, func.count()).where(ReviewCase.state.in_((OPEN, APPEALED)))
    found = {row[0]: row[1] for row in session.execute(_of(staff, query.group_by(ReviewCase.state)))}
    return {"waiting": found.get(OPEN, 0), "appeals": found.get(APPEALED, 0)}


def read_row(
    staff: Staff, case: ReviewCase, record: ActionRecord, resident: Resident, site: Site | None
) -> dict[str, Any]:
    """The parts of a ``CaseRow``."""
    return {
        "id": case.id,
        "entry_id": case.entry_id,
        "state": case.state,
        "book": case.book,
        "opened_at": case.opened_at,
        "answer_by": answer_by(case),
        "action": record.action,
        "material": record.material,
        "quantity": Decimal(record.quantity),
        "unit": record.unit,
        "tier": record.tier,
        "occurred_at": record.occurred_at,
        "site": site,
        "phone": mask_phone(resident.phone),
        "mg": record.mg,
        "points": record.points,
        "noticed": noticed(case.reasons),
        "is_own": is_own(staff, record, resident),
    }


def noticed(reasons: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, Mapping[str, int]], ...]:
    """Codes and figures of what the rules said, those that hold first."""
    return tuple((one["code"], one["params"]) for one in held_first(reasons))


def held_first(reasons: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return sorted(reasons, key=lambda one: one["outcome"] != "hold")


_ROWS: _AnySelect = (
    select(ReviewCase, ActionRecord, Resident, Site)
    .join(ActionRecord, ITS_ACTION)
    .join(Resident, Resident.id == ReviewCase.resident_id)
    .outerjoin(Site, Site.id == ActionRecord.site_id)
)


def _beyond(there: ReviewCase, *, rising: bool) -> ColumnElement[bool]:
    when, name = ReviewCase.opened_at, ReviewCase.id
    if rising:
        return or_(when > there.opened_at, and_(when == there.opened_at, name > there.id))
    return or_(when < there.opened_at, and_(when == there.opened_at, name < there.id))


def _of(staff: Staff, query: _AnySelect) -> _AnySelect:
    return query if sees_all(staff) else query.where(ReviewCase.book == staff.scope)
