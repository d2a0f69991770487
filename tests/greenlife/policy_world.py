"""A world with two city administrators who have an opinion about points."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from greenlife.kinds import PointsRule
from greenlife.models import Campaign, PolicyRule, Staff
from greenlife.policy import CampaignDraft, Draft, RuleDraft, approve, propose
from tests.world import DEQING, World


def admins(world: World) -> tuple[Staff, Staff]:
    """Who proposes, and who approves."""
    return world.staff("city_admin", "huzhou"), world.staff("city_admin", "huzhou")


def today(world: World) -> date:
    return world.programme.local_day(world.now)


def days_on(world: World, days: int) -> date:
    return today(world) + timedelta(days=days)


def rule_draft(world: World, *, since: int = 1, until: int | None = None, **change: Any) -> RuleDraft:
    """Five points for an own bag at a poster, from tomorrow."""
    points = {"base": 5, "per_unit": Decimal(0), "least": 1, "most": 10}
    points |= {name: change.pop(name) for name in tuple(change) if name in points}
    return RuleDraft(**{
        "action": "own_bag", "tier": "poster", "points": PointsRule(**points), "valid_from": days_on(world, since),
        "valid_to": None if until is None else days_on(world, until),
    } | change)  # fmt: skip


def campaign_draft(world: World, *, since: int = 1, until: int = 7, **change: Any) -> CampaignDraft:
    """Twice the points in one district for a week, from tomorrow."""
    return CampaignDraft(**{
        "titles": {"zh-CN": "低碳周双倍积分", "en": "Low-carbon week, double points"}, "multiplier": Decimal(2),
        "starts_on": days_on(world, since), "ends_on": days_on(world, until), "budget": 100, "districts": (DEQING,),
    } | change)  # fmt: skip


def proposed(world: World, draft: Draft, by: Staff) -> str:
    with world.database.writing() as session:
        return propose(session, world.programme, staff=by, draft=draft, now=world.now, entropy=world.entropy).id


def approved(world: World, draft_id: str, by: Staff) -> PolicyRule | Campaign:
    with world.database.writing() as session:
        found = approve(session, world.programme, staff=by, draft_id=draft_id, now=world.now, entropy=world.entropy)
        session.expunge(found)
        return found


def live(world: World, draft: Draft) -> str:
    """Proposed by one and approved by another; the clock stands still."""
    one, other = admins(world)
    draft_id = proposed(world, draft, one)
    approved(world, draft_id, other)
    return draft_id
