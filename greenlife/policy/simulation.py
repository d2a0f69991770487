"""What a draft would have cost on the actions that were recorded: exact, by district, group and action.

Points depend on nothing but action, tier and quantity, so the database counts equal ones together, and what is computed
here does not grow with the number of people. The draft's own days are not looked at, because they lie ahead: it is laid
over the period that was asked for. Bonuses of campaigns that ran then are left out on both sides; funds of their own paid
for them. Who left meanwhile took the records along and is not counted.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from greenlife.errors import PeriodInvalid
from greenlife.models import ActionRecord
from greenlife.policy.draft import CampaignDraft, Draft, RuleDraft
from greenlife.policy.in_force import RunningCampaign
from greenlife.programme import Programme
from translations import N_

Progress = Callable[[str, int, int], None]
"""What (a message id), so many done, of so many."""
SIMULATING = N_("Past actions")


@dataclass(slots=True)
class Cost:
    """Of so many actions: their points as they were, and under the draft.

    ``people`` did them, where that was counted.
    """

    actions: int = 0
    now: int = 0
    draft: int = 0
    people: int | None = None

    @property
    def difference(self) -> int:
        return self.draft - self.now

    def add(self, actions: int, now: int, draft: int) -> None:
        self.actions += actions
        self.now += now
        self.draft += draft


@dataclass(frozen=True, slots=True)
class BudgetUse:
    """What a campaign's budget would have left in a district, and the local day on which it would have run out."""

    left: int
    ran_out: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """``budgets`` are of a campaign, by district; ``by_group`` has actions the programme no longer has under ""."""

    since: date
    until: date
    total: Cost = field(default_factory=Cost)
    by_district: dict[str, Cost] = field(default_factory=dict)
    by_group: dict[str, Cost] = field(default_factory=dict)
    by_action: dict[str, Cost] = field(default_factory=dict)
    budgets: dict[str, BudgetUse] = field(default_factory=dict)


class _Equal(NamedTuple):
    """Equal actions of a local day: their number, and what one of them earned."""

    local_day: date
    action: str
    tier: str
    quantity: str
    points: int
    actions: int


def simulate(
    session: Session,
    programme: Programme,
    *,
    draft: Draft,
    since: date,
    until: date,
    today: date,
    progress: Progress = lambda *_: None,
) -> Simulation:
    """The draft laid over the local days from ``since`` to ``until``; reads only. Raises PeriodInvalid."""
    if not since <= until <= today:
        raise PeriodInvalid
    result = Simulation(since=since, until=until)
    books = [one.id for one in programme.city.districts if _covers(draft, one.id)]
    for done, book in enumerate(books):
        progress(SIMULATING, done, len(books))
        for equal, points in _priced(session, result, draft, book):
            _count(programme, result, book, equal, points)
    progress(SIMULATING, len(books), len(books))
    return result


def _covers(draft: Draft, book: str) -> bool:
    return isinstance(draft, RuleDraft) or draft.districts is None or book in draft.districts


def _priced(session: Session, result: Simulation, draft: Draft, book: str) -> Iterator[tuple[_Equal, int]]:
    """Equal actions and all their points under the draft."""
    if isinstance(draft, RuleDraft):
        return _by_rule(session, result, draft, book)
    return _by_campaign(session, result, draft, book)


def _by_rule(session: Session, result: Simulation, draft: RuleDraft, book: str) -> Iterator[tuple[_Equal, int]]:
    for equal in _equals(session, book, covered(draft, result.since, result.until)):
        yield equal, equal.actions * draft.points.points(Decimal(equal.quantity))


def _by_campaign(session: Session, result: Simulation, draft: CampaignDraft, book: str) -> Iterator[tuple[_Equal, int]]:
    """Day after day; on the day on which the budget ends each action by itself, in the order of recording."""
    left, ran_out, campaign = draft.budget, None, _as_running(draft)
    days: dict[date, list[_Equal]] = {}
    for equal in _equals(session, book, covered(draft, result.since, result.until)):
        days.setdefault(equal.local_day, []).append(equal)
    for day in sorted(days):
        wanted = sum(equal.actions * campaign.bonus(equal.points) for equal in days[day])
        alone = 0 < left < wanted
        for equal in _one_by_one(session, book, covered(draft, day, day)) if alone else days[day]:
            bonus = min(equal.actions * campaign.bonus(equal.points), left)
            left -= bonus
            yield equal, equal.actions * equal.points + bonus
        if ran_out is None and wanted and not left:
            ran_out = day
    result.budgets[book] = BudgetUse(left, ran_out)


def _as_running(draft: CampaignDraft) -> RunningCampaign:
    return RunningCampaign(
        id="", titles=draft.titles, fund="", multiplier=draft.multiplier, actions=None, tiers=None, districts=None
    )


def covered(draft: Draft, since: date, until: date) -> list[ColumnElement[bool]]:
    """Which records the draft is about, of these local days."""
    rules: list[ColumnElement[bool]] = [
        ActionRecord.local_day.between(since, until),
        ActionRecord.undone_at.is_(None),
        ActionRecord.state != "refused",
    ]
    if isinstance(draft, RuleDraft):
        return [*rules, ActionRecord.action == draft.action, ActionRecord.tier == draft.tier]
    named = (
        (ActionRecord.action, draft.actions), (ActionRecord.tier, draft.tiers), (ActionRecord.book, draft.districts),
    )  # fmt: skip
    return [*rules, *(column.in_(names) for column, names in named if names is not None)]


_BASE = ActionRecord.points - ActionRecord.bonus
_SAME = (ActionRecord.local_day, ActionRecord.action, ActionRecord.tier, ActionRecord.quantity, _BASE)


def _equals(session: Session, book: str, which: list[ColumnElement[bool]]) -> Iterator[_Equal]:
    query = (
        select(*_SAME, func.count())
        .where(ActionRecord.book == book, *which)
        .group_by(*_SAME)
        .execution_options(yield_per=1000)
    )
    for row in session.execute(query):
        yield _Equal(*row)


def _one_by_one(session: Session, book: str, which: list[ColumnElement[bool]]) -> Iterator[_Equal]:
    query = (
        select(*_SAME)
        .where(ActionRecord.book == book, *which)
        .order_by(ActionRecord.recorded_at, ActionRecord.entry_id)
        .execution_options(yield_per=1000)
    )
    for row in session.execute(query):
        yield _Equal(*row, 1)


def _count(programme: Programme, result: Simulation, book: str, equal: _Equal, points: int) -> None:
    kind = programme.actions.get(equal.action)
    costs = (
        result.total,
        result.by_district.setdefault(book, Cost()),
        result.by_group.setdefault(kind.group if kind else "", Cost()),
        result.by_action.setdefault(equal.action, Cost()),
    )
    for cost in costs:
        cost.add(equal.actions, equal.actions * equal.points, points)
