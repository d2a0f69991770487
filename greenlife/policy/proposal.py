"""A proposal: written down as a draft that changes nothing."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from greenlife.errors import RoleRequired
from greenlife.models import Campaign, PolicyRule, Staff
from greenlife.policy.draft import CampaignDraft, Draft, RuleDraft, check_draft
from greenlife.programme import Programme
from ledger import Entropy, new_id

ROLE = "city_admin"
RULE, CAMPAIGN = "rul", "cam"
"""How the ids begin."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """The draft's id."""

    id: str


def propose(
    session: Session, programme: Programme, *, staff: Staff, draft: Draft, now: datetime, entropy: Entropy
) -> Proposed:
    """A draft for another city administrator to approve. Raises RoleRequired, and what ``check_draft`` raises."""
    check_role(staff)
    check_draft(programme, draft, now=now)
    if isinstance(draft, RuleDraft):
        row: PolicyRule | Campaign = _rule(draft, staff, now, new_id(RULE, entropy))
    else:
        row = _campaign(draft, staff, now, new_id(CAMPAIGN, entropy))
    session.add(row)
    session.flush()
    return Proposed(row.id)


def check_role(staff: Staff) -> None:
    """Raises RoleRequired for whoever does not administrate the city."""
    if staff.role != ROLE:
        raise RoleRequired(role=ROLE)


def _rule(draft: RuleDraft, staff: Staff, now: datetime, rule_id: str) -> PolicyRule:
    return PolicyRule(
        id=rule_id,
        action=draft.action,
        tier=draft.tier,
        base=draft.points.base,
        per_unit=str(draft.points.per_unit),
        least=draft.points.least,
        most=draft.points.most,
        valid_from=draft.valid_from,
        valid_to=draft.valid_to,
        state="draft",
        proposed_by=staff.id,
        proposed_at=now,
    )


def _campaign(draft: CampaignDraft, staff: Staff, now: datetime, campaign_id: str) -> Campaign:
    return Campaign(
        id=campaign_id,
        titles=dict(draft.titles),
        actions=_listed(draft.actions),
        tiers=_listed(draft.tiers),
        districts=_listed(draft.districts),
        multiplier=str(draft.multiplier),
        starts_on=draft.starts_on,
        ends_on=draft.ends_on,
        fund=f"campaign-{campaign_id.removeprefix(f'{CAMPAIGN}_')}",
        budget=draft.budget,
        state="draft",
        proposed_by=staff.id,
        proposed_at=now,
    )


def _listed(names: tuple[str, ...] | None) -> list[str] | None:
    return None if names is None else list(names)
