"""What can be proposed, and what is wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from greenlife.checked_table import REQUIRED_LOCALES, Texts
from greenlife.errors import (
    ActionUnknown,
    BudgetInvalid,
    GreenlifeError,
    MultiplierInvalid,
    PointsInvalid,
    StartsTooSoon,
    TierNotAccepted,
    TitlesMissing,
    WindowInvalid,
)
from greenlife.kinds import ActionKind, PointsRule
from greenlife.policy.in_force import MARGIN
from greenlife.programme import Programme

MOST_POINTS = 100_000
"""That one action can earn by a rule."""
MOST_MULTIPLIER = Decimal(10)
MOST_BUDGET = 1_000_000_000
"""Points for one district."""
LONGEST_TITLE = 40
"""Characters: it stands in one line of a receipt."""
MOST_DECIMALS = {"multiplier": 2, "per_unit": 3}

Mistake = tuple[str, GreenlifeError]
"""The key that it is about, and what to raise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleDraft:
    """Other points for an action on a tier, from a local day on; open at its end where ``valid_to`` is None."""

    action: str
    tier: str
    points: PointsRule
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignDraft:
    """More points for a time; ``budget`` is of each district, and what is None means all."""

    titles: Texts
    multiplier: Decimal
    starts_on: date
    ends_on: date
    budget: int
    actions: tuple[str, ...] | None = None
    tiers: tuple[str, ...] | None = None
    districts: tuple[str, ...] | None = None


Draft = RuleDraft | CampaignDraft


def earliest_day(programme: Programme, now: datetime) -> date:
    """The first local day whose points can still be changed: tomorrow, or in the last minutes before it the day after."""
    return programme.local_day(now + MARGIN) + timedelta(days=1)


def check_draft(programme: Programme, draft: Draft, *, now: datetime) -> None:
    """Raises the first mistake: ActionUnknown, TierNotAccepted, DistrictUnknown, PointsInvalid, MultiplierInvalid,
    BudgetInvalid, TitlesMissing, WindowInvalid, or StartsTooSoon.
    """
    for _, mistake in mistakes(programme, draft, now=now):
        raise mistake


def mistakes(programme: Programme, draft: Draft, *, now: datetime) -> Iterator[Mistake]:
    """All that is wrong, with the key that it is about."""
    if isinstance(draft, RuleDraft):
        yield from _of_rule(programme, draft)
        yield from _of_window(("valid_from", "valid_to"), draft.valid_from, draft.valid_to, programme, now)
    else:
        yield from _of_campaign(programme, draft)
        yield from _of_window(("starts_on", "ends_on"), draft.starts_on, draft.ends_on, programme, now)


def _of_rule(programme: Programme, draft: RuleDraft) -> Iterator[Mistake]:
    kind = programme.actions.get(draft.action)
    if kind is None:
        yield "action", ActionUnknown(action=draft.action)
        return
    if draft.tier not in kind.tiers:
        yield "tier", TierNotAccepted(tier=draft.tier)
    yield from _of_points(draft.points, kind)


def _of_points(points: PointsRule, kind: ActionKind) -> Iterator[Mistake]:
    for key, value in (
        ("base", Decimal(points.base)), ("per_unit", points.per_unit),
        ("least", Decimal(points.least)), ("most", Decimal(points.most)),
    ):  # fmt: skip
        if not value.is_finite() or value < 0:
            yield key, PointsInvalid(problem="negative", most=MOST_POINTS)
        elif value > MOST_POINTS or round(value, MOST_DECIMALS["per_unit"]) != value:
            yield key, PointsInvalid(problem="too_many", most=MOST_POINTS)
    if not 1 <= points.least <= points.most:
        yield "least", PointsInvalid(problem="order", most=MOST_POINTS)
    if points.per_unit and len(kind.units) > 1:
        yield "per_unit", PointsInvalid(problem="several_units", most=MOST_POINTS)


def _of_campaign(programme: Programme, draft: CampaignDraft) -> Iterator[Mistake]:
    titles = [draft.titles.get(locale, "").strip() for locale in REQUIRED_LOCALES]
    if not all(titles) or any(len(title) > LONGEST_TITLE for title in draft.titles.values()):
        yield "titles", TitlesMissing()
    for action in draft.actions or ():
        if action not in programme.actions:
            yield "actions", ActionUnknown(action=action)
    for tier in draft.tiers or ():
        if tier not in programme.tiers:
            yield "tiers", TierNotAccepted(tier=tier)
    for district in draft.districts or ():
        try:
            programme.city.district(district)
        except GreenlifeError as error:
            yield "districts", error
    if not draft.multiplier.is_finite() or not 1 < draft.multiplier <= MOST_MULTIPLIER or _long(draft.multiplier):
        yield "multiplier", MultiplierInvalid(most=MOST_MULTIPLIER)
    if not 1 <= draft.budget <= MOST_BUDGET:
        yield "budget", BudgetInvalid(most=MOST_BUDGET)


def _long(multiplier: Decimal) -> bool:
    return round(multiplier, MOST_DECIMALS["multiplier"]) != multiplier


def _of_window(
    keys: tuple[str, str], since: date, until: date | None, programme: Programme, now: datetime
) -> Iterator[Mistake]:
    if until is not None and until < since:
        yield keys[1], WindowInvalid(since=since, until=until)
    earliest = earliest_day(programme, now)
    if since < earliest:
        yield keys[0], StartsTooSoon(earliest=earliest)
