"""Rules of points, campaigns and simulations, in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from flask_babel import gettext, pgettext

from greenlife.kinds import GROUPS, PointsRule
from greenlife.models import Campaign, PolicyRule
from greenlife.models.base import Texts
from greenlife.policy import BY_FILE, CampaignDraft, CampaignView, Cost, RuleDraft, RuleInForce, Simulation
from greenlife.statistics import Row, hide_small, hide_total
from mobile_web.languages import pick
from mobile_web.presenters import actions, dates, desk_tables, numbers
from mobile_web.web import runtime, staff


@dataclass(frozen=True, kw_only=True)
class Line:
    """A row of the list: ``state`` is the key of its word; ``left`` are districts with what they have left."""

    id: str
    title: str
    what: str
    days: str
    state: str
    word: str
    left: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Force:
    """The points of an action by one kind of evidence, today; ``since`` names a dated rule."""

    action: str
    evidence: str
    points: str
    source: str
    rule: str


@dataclass(frozen=True)
class CostLine:
    """A row of a simulation; where it is about too few people, ``hidden`` says so instead of figures."""

    name: str
    hidden: str
    actions: str
    now: str
    draft: str
    difference: str


@dataclass(frozen=True, kw_only=True)
class Report:
    """A simulation as tables, each with its heading; ``budgets`` are sentences."""

    days: str
    tables: Sequence[tuple[str, Sequence[CostLine]]]
    total: CostLine
    budgets: Sequence[str]
    has_actions: bool


def state_word(state: str) -> str:
    return {
        "draft": gettext("draft"),
        "approved": gettext("approved"),
        "withdrawn": gettext("withdrawn"),
        "closed": gettext("closed"),
        "coming": gettext("coming"),
        "running": gettext("running"),
        "over": gettext("over"),
        "in_force": gettext("in force"),
    }.get(state, state)


def in_force(one: RuleInForce) -> Force:
    return Force(
        actions.subject(one.action, None),
        actions.evidence(one.tier).word,
        points_words(one.points, one.action),
        gettext("the action’s file") if one.rule == BY_FILE else gettext("dated rule"),
        "" if one.rule == BY_FILE else one.rule,
    )


def points_words(points: PointsRule, action: str) -> str:
    """3, or 1 and 0.5 for each of the action's unit, at least 1, at most 10"""
    if not points.per_unit:
        return numbers.points(min(max(points.base, points.least), points.most))
    return gettext(
        "%(base)s and %(each)s × %(unit)s, %(least)s to %(most)s",
        base=numbers.integer(points.base),
        each=numbers.decimal(points.per_unit.normalize() + Decimal(0)),
        unit=_unit(action),
        least=numbers.integer(points.least),
        most=numbers.points(points.most),
    )


def _unit(action: str) -> str:
    kind = actions.kind_of(action)
    return gettext(", ").join(map(actions.unit_word, kind.units)) if kind else "–"


def rule_line(rule: PolicyRule) -> Line:
    points = PointsRule(base=rule.base, per_unit=Decimal(rule.per_unit), least=rule.least, most=rule.most)
    what = gettext(
        "%(evidence)s: %(points)s", evidence=actions.evidence(rule.tier).word, points=points_words(points, rule.action)
    )
    return Line(
        id=rule.id,
        title=actions.subject(rule.action, None),
        what=what,
        days=days(rule.valid_from, rule.valid_to),
        state=_phase(rule),
        word=state_word(_phase(rule)),
    )


def _phase(rule: PolicyRule) -> str:
    """What became of an approved rule by today; the state of any other."""
    if rule.state != "approved" or dates.today() < rule.valid_from:
        return rule.state
    return "over" if rule.valid_to and rule.valid_to < dates.today() else "in_force"


def campaign_line(view: CampaignView) -> Line:
    one = view.campaign
    return Line(
        id=one.id,
        title=pick(dict(one.titles)),
        what=gettext(
            "%(times)s times the points, %(budget)s for each district",
            times=numbers.decimal(Decimal(one.multiplier)),
            budget=numbers.points(one.budget),
        ),
        days=days(one.starts_on, one.ends_on),
        state=view.phase,
        word=state_word(view.phase),
        left=[
            (pick(dict(district.names)), numbers.integer(view.left[district.id]))
            for district in runtime().programme.city.districts
            if district.id in view.left and view.phase != "closed"
        ],
    )


def days(since: date, until: date | None) -> str:
    if until is None:
        return gettext("from %(since)s on", since=dates.day(since))
    return gettext("%(since)s to %(until)s", since=dates.day(since), until=dates.day(until))


def terms(draft: RuleDraft | CampaignDraft) -> list[tuple[str, str]]:
    """All that a draft says, as pairs of a name and a value."""
    if isinstance(draft, RuleDraft):
        kind = actions.kind_of(draft.action)
        files = points_words(kind.tiers[draft.tier].points, draft.action) if kind and draft.tier in kind.tiers else "–"
        return [
            (gettext("Action"), actions.subject(draft.action, None)),
            (gettext("Evidence"), actions.evidence(draft.tier).word),
            (gettext("Points"), points_words(draft.points, draft.action)),
            (gettext("By the action’s file"), files),
            (gettext("Days"), days(draft.valid_from, draft.valid_to)),
        ]
    return [
        (gettext("Multiplier"), f"× {numbers.decimal(draft.multiplier)}"),
        (gettext("Days"), days(draft.starts_on, draft.ends_on)),
        (gettext("Budget of each district"), numbers.points(draft.budget)),
        (gettext("Districts"), _all_or(draft.districts, _district)),
        (gettext("Which actions"), _all_or(draft.actions, lambda action: actions.subject(action, None))),
        (gettext("Evidence"), _all_or(draft.tiers, lambda tier: actions.evidence(tier).word)),
    ]


def steps(row: PolicyRule | Campaign, labels: Mapping[str, Texts]) -> list[tuple[str, str]]:
    """Who proposed it, decided about it and closed it, and when: as pairs of a name and a value."""
    ended = pgettext("step", "Withdrawn") if row.state == "withdrawn" else pgettext("step", "Approved")
    taken = [(pgettext("step", "Proposed"), row.proposed_by, row.proposed_at), (ended, row.decided_by, row.decided_at)]
    if isinstance(row, Campaign):
        taken.append((pgettext("step", "Closed"), row.closed_by, row.closed_at))
    return [(name, _who(who, at, labels)) for name, who, at in taken if who and at]


def _who(who: str, at: datetime, labels: Mapping[str, Texts]) -> str:
    label = pick(dict(labels[who])) if who in labels else gettext("a desk that is no longer there")
    return gettext(", ").join([gettext("you") if who == staff().id else label, dates.moment(at)])


def _all_or(names: Sequence[str] | None, word: Callable[[str], str]) -> str:
    return gettext("all") if names is None else gettext(", ").join(map(word, names))


def report(result: Simulation) -> Report:
    """With small groups hidden, as everywhere at the desk: ``count_people`` has to have counted."""
    districts = _hidden(result.by_district)
    groups = {group: cost for group in (*GROUPS, "") if (cost := result.by_group.get(group))}
    return Report(
        days=days(result.since, result.until),
        tables=[
            (gettext("District"), _costs(result.by_district, _district)),
            (gettext("Group"), _costs(groups, lambda group: actions.group_word(group) or "–")),
            (gettext("Action"), _costs(result.by_action, lambda action: actions.subject(action, None))),
        ],
        total=_cost(gettext("Total"), result.total, is_hidden=hide_total(_row("", result.total), _least()).hidden),
        # What is left of a budget says what was spent.
        budgets=[
            _budget(_district(book), use.left, use.ran_out)
            for book, use in result.budgets.items()
            if book not in districts
        ],
        has_actions=bool(result.by_action),
    )


def _costs(costs: Mapping[str, Cost], word: Callable[[str], str]) -> list[CostLine]:
    gone = _hidden(costs)
    return [_cost(word(key), cost, is_hidden=key in gone) for key, cost in costs.items()]


def _hidden(costs: Mapping[str, Cost]) -> set[str]:
    """The rows about too few people, and those that would give them away."""
    return {row.key for row in hide_small([_row(key, cost) for key, cost in costs.items()], _least()) if row.hidden}


def _row(key: str, cost: Cost) -> Row:
    return Row(key, cost.people or 0, cost.actions, 0, cost.draft)


def _least() -> int:
    return runtime().programme.city.least_people


def _cost(name: str, cost: Cost, *, is_hidden: bool) -> CostLine:
    if is_hidden:
        return CostLine(name, desk_tables.hidden(_least()), "", "", "", "")
    return CostLine(
        name,
        "",
        numbers.integer(cost.actions),
        numbers.integer(cost.now),
        numbers.integer(cost.draft),
        numbers.signed(cost.difference),
    )


def _budget(district: str, left: int, ran_out: date | None) -> str:
    if ran_out is not None:
        return gettext(
            "%(district)s: the budget would have run out on %(day)s", district=district, day=dates.day(ran_out)
        )
    return gettext("%(district)s: %(left)s of the budget would be left", district=district, left=numbers.points(left))


def _district(book: str) -> str:
    return pick(dict(runtime().programme.city.district(book).names))
