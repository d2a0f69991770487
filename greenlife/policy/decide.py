"""The second person's decision: a draft goes live on its first day, or never.

Each decision is one conditional write whose row count is looked at, so that of two who decide at the same time one
does, and the other is told. Two rules of the same action and tier are looked at one after the other (``_take_turn``):
each alone would not see that the other is in its way.
"""

from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, update
from sqlalchemy.orm import Session, aliased

from greenlife.db import dialect_of, insert_into, primary_key
from greenlife.errors import DraftSettled, DraftUnknown, OwnDraft, RulesOverlap, StartsTooSoon
from greenlife.models import ApprovalTurn, Campaign, PolicyRule, Staff
from greenlife.policy.draft import earliest_day
from greenlife.policy.funding import fund_campaign
from greenlife.policy.proposal import RULE, check_role
from greenlife.programme import Programme
from ledger import Entropy, is_id

_LAST_DAY = date.max


def find_draft(session: Session, draft_id: str) -> PolicyRule | Campaign:
    """The rule or campaign, whatever its state; raises DraftUnknown."""
    if not is_id(draft_id):
        raise DraftUnknown
    model = PolicyRule if draft_id.startswith(f"{RULE}_") else Campaign
    found = session.get(model, draft_id, populate_existing=True)
    if not isinstance(found, PolicyRule | Campaign):
        raise DraftUnknown
    return found


def approve(
    session: Session, programme: Programme, *, staff: Staff, draft_id: str, now: datetime, entropy: Entropy
) -> PolicyRule | Campaign:
    """The draft approved; a campaign's budget lies in its funds with that.

    Raises RoleRequired, DraftUnknown, OwnDraft, DraftSettled, StartsTooSoon, RulesOverlap.
    """
    check_role(staff)
    draft, earliest = find_draft(session, draft_id), earliest_day(programme, now)
    if isinstance(draft, PolicyRule):
        _take_turn(session, f"rule:{draft.action}:{draft.tier}")
        conditions = [PolicyRule.valid_from >= earliest, ~_in_the_way(draft).exists()]
    else:
        conditions = [Campaign.starts_on >= earliest]
    model = type(draft)
    conditions += [model.state == "draft", model.proposed_by != staff.id]
    if not _decide(session, draft, "approved", staff, now, conditions):
        raise _why_not(session, find_draft(session, draft_id), staff, earliest)
    if isinstance(draft, Campaign):
        fund_campaign(session, programme, draft, now=now, entropy=entropy)
    return find_draft(session, draft_id)


def withdraw(
    session: Session, programme: Programme, *, staff: Staff, draft_id: str, now: datetime
) -> PolicyRule | Campaign:
    """The draft gone, and an approved rule too as long as it has not begun; the one who proposed it may do this as well.

    Raises RoleRequired, DraftUnknown, DraftSettled.
    """
    check_role(staff)
    draft = find_draft(session, draft_id)
    open_: ColumnElement[bool] = type(draft).state == "draft"
    if isinstance(draft, PolicyRule):
        future = PolicyRule.valid_from >= earliest_day(programme, now)
        open_ = or_(PolicyRule.state == "draft", (PolicyRule.state == "approved") & future)
    if not _decide(session, draft, "withdrawn", staff, now, [open_]):
        raise DraftSettled(state=find_draft(session, draft_id).state)
    return find_draft(session, draft_id)


def _decide(
    session: Session,
    draft: PolicyRule | Campaign,
    state: str,
    staff: Staff,
    now: datetime,
    conditions: list[ColumnElement[bool]],
) -> bool:
    model = type(draft)
    decision = update(model).where(model.id == draft.id, *conditions)
    values = {"state": state, "decided_by": staff.id, "decided_at": now}
    return bool(session.connection().execute(decision.values(**values)).rowcount)


def _in_the_way(draft: PolicyRule) -> Select[str]:
    """The ids of approved rules that share a day with the draft, unless one lies within the other, which has no end."""
    other = aliased(PolicyRule)
    last = func.coalesce(other.valid_to, _LAST_DAY)
    around = and_(other.valid_to.is_(None), other.valid_from < draft.valid_from)
    within = and_(literal(draft.valid_to is None), other.valid_from > draft.valid_from)
    return select(other.id).where(
        other.id != draft.id,
        other.action == draft.action,
        other.tier == draft.tier,
        other.state == "approved",
        other.valid_from <= (draft.valid_to or _LAST_DAY),
        last >= draft.valid_from,
        ~around,
        ~within,
    )


def _why_not(
    session: Session, draft: PolicyRule | Campaign, staff: Staff, earliest: date
) -> OwnDraft | DraftSettled | StartsTooSoon | RulesOverlap:
    if draft.state != "draft":
        return DraftSettled(state=draft.state)
    if draft.proposed_by == staff.id:
        return OwnDraft()
    if isinstance(draft, PolicyRule) and draft.valid_from >= earliest:
        return RulesOverlap(rule=session.scalar(_in_the_way(draft)))
    return StartsTooSoon(earliest=earliest)


def _take_turn(session: Session, subject: str) -> None:
    turn = insert_into(dialect_of(session), ApprovalTurn).values(subject=subject, taken=1)
    session.execute(
        turn.on_conflict_do_update(index_elements=primary_key(ApprovalTurn), set_={"taken": ApprovalTurn.taken + 1})
    )
