"""What is in force, what was proposed, and what campaigns have left: for the desk and the command line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from greenlife.kinds import PointsRule
from greenlife.models import Campaign, CampaignUse, PolicyRule, Staff
from greenlife.models.base import Texts
from greenlife.policy.draft import CampaignDraft, Draft, RuleDraft
from greenlife.policy.grant import BY_FILE
from greenlife.policy.in_force import points_rule, read_policy
from greenlife.programme import Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleInForce:
    """The points of an action on a tier today, and by which rule: an id, or "file"."""

    action: str
    tier: str
    points: PointsRule
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignView:
    """``left`` is by district, empty for one that was never approved; ``phase`` is draft, withdrawn, closed, coming,
    running or over.
    """

    campaign: Campaign
    left: dict[str, int]
    phase: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyList:
    """``in_force`` in the order of the programme, the others the newest first."""

    in_force: Sequence[RuleInForce]
    rules: Sequence[PolicyRule]
    campaigns: Sequence[CampaignView]


def list_policy(session: Session, programme: Programme, *, today: date) -> PolicyList:
    """Everything that rules points today, and all that was ever proposed."""
    policy = read_policy(session, today)
    in_force = []
    for action, kind in programme.actions.items():
        for tier, files_rule in kind.tiers.items():
            dated = policy.rule(action, tier)
            points, rule = (dated.points, dated.id) if dated else (files_rule.points, BY_FILE)
            in_force.append(RuleInForce(action=action, tier=tier, points=points, rule=rule))
    newest = select(PolicyRule).order_by(PolicyRule.proposed_at.desc(), PolicyRule.id)
    campaigns = session.scalars(select(Campaign).order_by(Campaign.proposed_at.desc(), Campaign.id))
    return PolicyList(
        in_force=in_force,
        rules=session.scalars(newest).all(),
        campaigns=[view_campaign(session, one, today=today) for one in campaigns],
    )


def view_campaign(session: Session, campaign: Campaign, *, today: date) -> CampaignView:
    uses = session.scalars(select(CampaignUse).where(CampaignUse.campaign_id == campaign.id)).all()
    return CampaignView(
        campaign=campaign, left={use.book: use.points_left for use in uses}, phase=_phase(campaign, today)
    )


def find_labels(session: Session, row: PolicyRule | Campaign) -> dict[str, Texts]:
    """The desks of those who proposed, decided and closed it, by the id of the person; who is gone is left out."""
    people = {row.proposed_by, row.decided_by, row.closed_by if isinstance(row, Campaign) else None}
    found = session.execute(select(Staff.id, Staff.label).where(Staff.id.in_(people - {None})))
    return {one.id: one.label for one in found}


def _phase(campaign: Campaign, today: date) -> str:
    if campaign.state != "approved":
        return campaign.state
    if today < campaign.starts_on:
        return "coming"
    return "running" if today <= campaign.ends_on else "over"


def draft_of(row: PolicyRule | Campaign) -> Draft:
    """What was proposed, as it was proposed: to be simulated."""
    if isinstance(row, PolicyRule):
        return RuleDraft(
            action=row.action,
            tier=row.tier,
            points=points_rule(row),
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )
    return CampaignDraft(
        titles=row.titles,
        multiplier=Decimal(row.multiplier),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        budget=row.budget,
        actions=_named(row.actions),
        tiers=_named(row.tiers),
        districts=_named(row.districts),
    )


def _named(names: list[str] | None) -> tuple[str, ...] | None:
    return None if names is None else tuple(names)
