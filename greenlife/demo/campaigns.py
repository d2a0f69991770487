"""What the city's administrators have decided about points, and what waits for one of them."""

from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from greenlife.demo.setting import Plan
from greenlife.demo.staff import Crew
from greenlife.kinds import PointsRule
from greenlife.policy import CampaignDraft, RuleDraft, approve, propose

TRAVEL = ("bus_ride", "metro_ride", "shared_bike", "own_bike", "e_bike", "walk")
RUNS_SINCE, RUNS_FOR = timedelta(days=6), timedelta(days=20)
BUDGET_A_PERSON, LEAST_BUDGET = Decimal("0.5"), 60
"""Of each district: enough for most of the days, so that somewhere it runs out. Placeholders, as all that is here."""


def add_policy(session: Session, plan: Plan, crew: Crew) -> None:
    """A campaign that is running, a rule that waits for the demo's own administrator, and a campaign of that one."""
    own, other = crew.city_admins
    entropy, programme = plan.stream("policy").randbytes, plan.programme
    travel = _travel(plan)
    running = propose(session, programme, staff=other, draft=travel, now=plan.begin, entropy=entropy)
    approve(session, programme, staff=own, draft_id=running.id, now=plan.begin, entropy=entropy)
    for staff, draft in ((other, _rule(plan.today)), (own, _campaign(plan.today))):
        propose(session, programme, staff=staff, draft=draft, now=plan.now - timedelta(hours=20), entropy=entropy)


def _travel(plan: Plan) -> CampaignDraft:
    since = max(plan.today - RUNS_SINCE, plan.days[0] + timedelta(days=1))
    return CampaignDraft(
        titles={"zh-CN": "绿色出行，双倍积分", "en": "Green travel, double points"},
        multiplier=Decimal(2),
        starts_on=since,
        ends_on=since + RUNS_FOR,
        budget=max(int(plan.size.residents * BUDGET_A_PERSON), LEAST_BUDGET),
        actions=tuple(action for action in TRAVEL if action in plan.programme.actions),
    )


def _rule(today: date) -> RuleDraft:
    return RuleDraft(
        action="bus_ride",
        tier="partner",
        points=PointsRule(base=3, per_unit=Decimal(0), least=1, most=3),
        valid_from=today + timedelta(days=30),
    )


def _campaign(today: date) -> CampaignDraft:
    return CampaignDraft(
        titles={"zh-CN": "垃圾分类周", "en": "Sorting week"},
        multiplier=Decimal("1.5"),
        starts_on=today + timedelta(days=30),
        ends_on=today + timedelta(days=36),
        budget=2_000,
        actions=("recyclables",),
    )
