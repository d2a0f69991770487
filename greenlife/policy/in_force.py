"""The rules and campaigns of a local day, read once for a day and process.

What is approved today begins tomorrow at the earliest, and is committed some minutes before midnight (``MARGIN``). So
the list of a day that has begun never changes again, and whoever has read it may keep it: also for a feed that reports
a day of last week, which is booked by the rules of that day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from greenlife.checked_table import Texts
from greenlife.kinds import PointsRule
from greenlife.models import Campaign, PolicyRule

MARGIN = timedelta(minutes=10)
"""Longer than any transaction and than clocks differ: what is approved later than this before midnight waits a day."""

MOST_DAYS = 400
"""That a process remembers: feeds seldom reach further back."""


@dataclass(frozen=True, slots=True)
class DatedRule:
    """An approved rule, by its id."""

    id: str
    points: PointsRule


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningCampaign:
    """A campaign on one of its days; what is None means all."""

    id: str
    titles: Texts
    fund: str
    multiplier: Decimal
    actions: frozenset[str] | None
    tiers: frozenset[str] | None
    districts: frozenset[str] | None

    def covers(self, *, action: str, tier: str, book: str) -> bool:
        named = ((self.actions, action), (self.tiers, tier), (self.districts, book))
        return all(among is None or one in among for among, one in named)

    def bonus(self, points: int) -> int:
        """What is paid beside ``points``: the part of the multiplier above one, rounded down."""
        return int((points * (self.multiplier - 1)).to_integral_value(ROUND_FLOOR))


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What rules on a local day, beside the files of the actions; ``campaigns`` with the most generous first."""

    rules: Mapping[tuple[str, str], DatedRule] = field(default_factory=dict)
    campaigns: Sequence[RunningCampaign] = ()

    def rule(self, action: str, tier: str) -> DatedRule | None:
        """None where the action's file rules."""
        return self.rules.get((action, tier))

    def campaigns_for(self, *, action: str, tier: str, book: str) -> list[RunningCampaign]:
        """Those that would pay a bonus, in the order in which they are asked."""
        return [one for one in self.campaigns if one.covers(action=action, tier=tier, book=book)]


FILES_ONLY = Policy()
"""The policy of a city that has approved nothing."""

_known: WeakKeyDictionary[Any, dict[date, Policy]] = WeakKeyDictionary()
_known_lock = Lock()


def policy_on(session: Session, day: date, *, today: date) -> Policy:
    """What is in force on a local day of the past, or today; for a later one, what is approved by now."""
    if day > today:
        return read_policy(session, day)
    with _known_lock:
        days = _known.setdefault(session.get_bind(), {})
        found = days.get(day)
    if found is None:
        found = read_policy(session, day)
        with _known_lock:
            if len(days) >= MOST_DAYS:
                days.clear()
            days[day] = found
    return found


def read_policy(session: Session, day: date) -> Policy:
    """What is approved for a local day, from the tables."""
    rules = session.scalars(
        select(PolicyRule)
        .where(
            PolicyRule.state == "approved",
            PolicyRule.valid_from <= day,
            or_(PolicyRule.valid_to.is_(None), PolicyRule.valid_to >= day),
        )
        .order_by(PolicyRule.valid_from)
    )
    campaigns = session.scalars(
        select(Campaign).where(Campaign.state == "approved", Campaign.starts_on <= day, Campaign.ends_on >= day)
    )
    return Policy(
        # Within a rule without an end a later one may lie: the last to begin rules.
        rules={(rule.action, rule.tier): DatedRule(rule.id, points_rule(rule)) for rule in rules},
        campaigns=sorted(map(running, campaigns), key=lambda one: (-one.multiplier, one.id)),
    )


def points_rule(rule: PolicyRule) -> PointsRule:
    return PointsRule(base=rule.base, per_unit=Decimal(rule.per_unit), least=rule.least, most=rule.most)


def running(campaign: Campaign) -> RunningCampaign:
    return RunningCampaign(
        id=campaign.id,
        titles=campaign.titles,
        fund=campaign.fund,
        multiplier=Decimal(campaign.multiplier),
        actions=_named(campaign.actions),
        tiers=_named(campaign.tiers),
        districts=_named(campaign.districts),
    )


def _named(names: list[str] | None) -> frozenset[str] | None:
    return None if names is None else frozenset(names)
