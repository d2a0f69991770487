"""A methodology to read: scope, baseline, factors with every source that was looked at, worked examples."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext

from greenlife.kinds import ActionKind
from greenlife.methodology import Input, Methodology, Parameter
from greenlife.methodology.parameter import Rejected
from mobile_web.languages import pick
from mobile_web.presenters import actions, numbers


@dataclass(frozen=True)
class Summary:
    """A line of the list; ``code`` is the methodology's."""

    code: str
    icon: str
    title: str
    tip: str


@dataclass(frozen=True)
class Value:
    """A value in its source; ``chosen`` is the one that computes, the others have their reason."""

    text: str
    source: str
    title: str
    url: str | None
    confidence: str
    chosen: bool
    reason: str


@dataclass(frozen=True)
class Factor:
    name: str
    label: str
    values: list[Value]
    note: str


@dataclass(frozen=True, kw_only=True)
class Whole:
    """The whole document, in the language of the page."""

    title: str
    key: str
    formula: str
    chapters: list[tuple[str, str]]
    lists: list[tuple[str, list[str]]]
    factors: list[Factor]
    considered: list[Value]
    examples: list[tuple[str, str, str]]


@dataclass(frozen=True)
class Group:
    """A heading of the list and what stands below it."""

    title: str
    methods: list[Summary]


def grouped(kinds: Iterable[ActionKind]) -> list[Group]:
    """The kinds of actions by their groups, each with the method that computes it."""
    groups: dict[str, list[Summary]] = {}
    for kind in kinds:
        groups.setdefault(kind.group, []).append(summary(kind))
    return [Group(actions.group_word(group), methods) for group, methods in groups.items()]


def summary(kind: ActionKind) -> Summary:
    return Summary(kind.methodology, kind.icon, pick(dict(kind.titles)), pick(dict(kind.tip)))


def whole(methodology: Methodology) -> Whole:
    displacement = methodology.displacement
    return Whole(
        title=pick(dict(methodology.titles)),
        key=methodology.key,
        formula=_formula(methodology.formula),
        chapters=[
            (gettext("Scope"), pick(dict(methodology.scope))),
            (gettext("Applicability"), pick(dict(methodology.applicability))),
            (gettext("Baseline"), pick(dict(methodology.baseline))),
            *([(gettext("Why no grams"), pick(dict(methodology.no_grams)))] if methodology.no_grams else []),
            (
                gettext("Displacement %(value)s", value=numbers.decimal(displacement.value)),
                pick(dict(displacement.reason)),
            ),
            (gettext("Rounding"), pick(dict(methodology.rounding))),
        ],
        lists=[
            (gettext("Monitoring data"), [pick(dict(one)) for one in methodology.monitoring]),
            (gettext("Figures beside the quantity"), [_input(one) for one in methodology.inputs]),
            (gettext("Conservative choices"), [pick(dict(one)) for one in methodology.choices]),
        ],
        factors=[_factor(one) for one in methodology.parameters],
        considered=[_value(one) for one in methodology.considered],
        examples=[
            (
                pick(dict(one.titles)),
                numbers.quantity(one.quantity, one.unit, exact=True),
                numbers.mass(one.mg).text,
            )
            for one in methodology.examples
        ],
    )


def confidence_word(confidence: str) -> str:
    return {
        "published": gettext("published"),
        "derived": gettext("derived"),
        "placeholder": gettext("placeholder"),
        "unverified": gettext("unverified"),
    }.get(confidence, confidence)


def _factor(parameter: Parameter) -> Factor:
    return Factor(
        pick(dict(parameter.activity)),
        pick(dict(parameter.label)),
        [_value(one) for one in parameter.sources],
        pick(dict(parameter.note)) if parameter.note else "",
    )


def _value(one: Parameter | Rejected) -> Value:
    return Value(
        text=numbers.symbol(one.value, one.unit),
        source=pick(dict(one.source.names)),
        title=one.source.title,
        url=one.source.url,
        confidence=confidence_word(one.confidence),
        chosen=isinstance(one, Parameter),
        reason=pick(dict(one.reason)) if isinstance(one, Rejected) else "",
    )


def _input(one: Input) -> str:
    return gettext(
        "%(title)s, %(least)s to %(most)s %(unit)s",
        title=pick(dict(one.titles)),
        least=numbers.decimal(one.least),
        most=numbers.decimal(one.most),
        unit=actions.unit_word(one.unit),
    )


def _formula(name: str) -> str:
    return {
        "net_saving": gettext("activity × net saving × displacement × evidence weight"),
        "baseline_minus_project": gettext("activity × (baseline − project) × displacement × evidence weight"),
        "shared_car": gettext(
            "distance × car × (1 − (1 + detour) ÷ persons) × displacement × evidence weight; the share is rounded down"
        ),
        "household_baseline": gettext(
            "(city mean per person and day × persons × days − use) × grid factor × displacement × evidence weight; "
            "a household above the city mean is measured against its own mean"
        ),
        "no_grams": gettext("No grams are computed"),
    }.get(name, name)
