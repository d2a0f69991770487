"""Actions and their evidence, in words."""

from dataclasses import dataclass
from decimal import Decimal

from flask_babel import gettext, pgettext

from greenlife.actions import METHOD_NO_GRAMS, Quote
from greenlife.checked_table import Texts
from greenlife.kinds import ActionKind
from greenlife.policy import Policy
from mobile_web.languages import pick
from mobile_web.presenters import numbers
from mobile_web.web import runtime

STEPS = 5
COUNTED = frozenset({"ride", "bag", "day", "cup", "pair", "box", "item", "meal", "sheet", "tree"})
"""Units of which one is the rule."""


@dataclass(frozen=True)
class Evidence:
    """Five steps of which ``level`` are filled, and the word beside them."""

    level: int
    word: str

    @property
    def steps(self) -> list[bool]:
        return [step < self.level for step in range(STEPS)]


def evidence(tier: str) -> Evidence:
    found = runtime().programme.tiers.get(tier)
    return Evidence(found.level, pick(dict(found.titles))) if found else Evidence(0, tier)


def kind_of(action: str) -> ActionKind | None:
    """None for an action that the programme no longer has."""
    return runtime().programme.actions.get(action)


def subject(action: str, material: str | None) -> str:
    """What was done or handed in: the material where there is one, else the action."""
    kind = kind_of(action)
    if kind is None:
        return action
    found = kind.materials.get(material or "")
    return pick(dict(found.titles if found else kind.titles))


def icon_name(action: str, material: str | None = None) -> str:
    kind = kind_of(action)
    if kind is None:
        return "leaf"
    found = kind.materials.get(material or "")
    return found.icon if found else kind.icon


def headline(action: str, material: str | None, quantity: str, unit: str) -> str:
    """“Cardboard, 3.20 kg”; one ride or one bag goes without saying."""
    title, amount = subject(action, material), Decimal(quantity)
    if unit in COUNTED and amount == 1:
        return title
    return gettext("%(title)s, %(quantity)s", title=title, quantity=numbers.quantity(amount, unit))


def zero_reason(quote: Quote) -> str:
    """Why an action has no grams: in the method's own words where it never gives any; empty where it has some."""
    no_grams = quote.quantification.methodology.no_grams
    if quote.zero_reason == METHOD_NO_GRAMS and no_grams:
        return pick(dict(no_grams))
    return {
        "poster_no_grams": gettext("Points only: a poster code cannot show an amount"),
        "evidence_no_grams": gettext("Points only: this evidence cannot show an amount"),
        "nothing_avoided": gettext("By the published method, nothing measurable is avoided"),
    }.get(quote.zero_reason or "", "")


def bonus(points: int, titles: Texts) -> str:
    """“Low-carbon week, of which +2 pts”"""
    return gettext("of which %(points)s: %(title)s", points=numbers.signed_points(points), title=pick(dict(titles)))


def unit_word(unit: str) -> str:
    """The unit of an action, as sentences write it."""
    return {
        "km": gettext("kilometres"),
        "kg": gettext("kilograms"),
        "ride": gettext("rides"),
        "bag": gettext("bags"),
        "step": gettext("steps"),
        "day": gettext("days"),
        "cup": gettext("cups"),
        "L": gettext("litres"),
        "pair": gettext("pairs"),
        "box": gettext("boxes"),
        "item": gettext("items"),
        "meal": gettext("meals"),
        "kWh": gettext("kilowatt hours"),
        "m3": gettext("cubic metres"),
        "sheet": gettext("sheets"),
        "tree": gettext("trees"),
        "person": gettext("persons"),
        "kWh/day": gettext("kilowatt hours a day"),
    }.get(unit, unit)


def group_word(group: str) -> str:
    """The group of an action, as a heading."""
    return {
        "clothes": pgettext("group", "Clothes"),
        "food": pgettext("group", "Food"),
        "home": pgettext("group", "Home"),
        "travel": pgettext("group", "Travel"),
        "goods": pgettext("group", "Goods and waste"),
        "office": pgettext("group", "Office"),
        "sinks": pgettext("group", "Carbon sinks"),
    }.get(group, group)


@dataclass(frozen=True)
class Tip:
    """Something that could be done next: what, how, and what it brings at most."""

    icon: str
    title: str
    how: str
    points: str


def tips(done: set[str], policy: Policy, most: int = 2) -> list[Tip]:
    """Suggestions, those first that were not done today; never a feed."""
    kinds = sorted(runtime().programme.actions.values(), key=lambda kind: kind.code in done)
    able = [kind for kind in kinds if {"poster", "attended"} & set(kind.tiers)]
    return [
        Tip(kind.icon, pick(dict(kind.titles)), pick(dict(kind.tip)), _brings(kind, policy)) for kind in able[:most]
    ]


def _brings(kind: ActionKind, policy: Policy) -> str:
    tier = "attended" if "attended" in kind.tiers else "poster"
    dated = policy.rule(kind.code, tier)
    points = dated.points if dated else kind.tiers[tier].points
    if points.per_unit and kind.materials:
        per_unit = numbers.decimal(points.per_unit.normalize())
        return gettext("+%(points)s pts a kilogram", points=per_unit)
    return numbers.signed_points(points.points(Decimal(1)))
