"""One record with its whole derivation: grams, factors and their sources, evidence, balances."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext

from greenlife.actions import Quote
from greenlife.methodology import Parameter
from greenlife.scans import Record
from mobile_web.languages import pick
from mobile_web.presenters import actions, dates, numbers
from mobile_web.presenters.actions import Evidence
from mobile_web.presenters.numbers import Mass


@dataclass(frozen=True)
class Line:
    """One line of the derivation: ``× 0.10161 kg/kg``, and what it is."""

    figure: str
    label: str
    is_result: bool


@dataclass(frozen=True)
class Source:
    """A value that was looked at; ``chosen`` is the one that was used."""

    name: str
    value: str
    chosen: bool
    reason: str


@dataclass(frozen=True, kw_only=True)
class Derivation:
    """How the grams came about; ``sources`` in groups, one a factor."""

    lines: list[Line]
    sources: list[list[Source]]
    method: str
    method_code: str
    method_version: str
    factor_from: str


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What a record's page says."""

    id: str
    icon: str
    what: str
    place: str
    mass: Mass
    points: str
    bonus: str
    zero_reason: str
    happened: str
    recorded: str
    evidence: Evidence
    derivation: Derivation | None
    undone: str
    shifted_days: int
    leaf: str


def receipt(record: Record, what: str) -> Receipt:
    """For an action; ``what`` is its headline."""
    entry, done = record.entry, record.record
    assert done is not None
    return Receipt(
        id=entry.id,
        icon=actions.icon_name(done.action, done.material),
        what=what,
        place=pick(dict(record.site.names)) if record.site else "",
        mass=numbers.mass(record.mg),
        points=numbers.signed(record.points),
        bonus=_bonus(record),
        zero_reason=actions.zero_reason(record.quote) if record.quote else "",
        happened=dates.moment(entry.occurred_at),
        recorded=_recorded(entry.occurred_at, entry.recorded_at),
        evidence=actions.evidence(done.tier),
        derivation=derivation(record.quote) if record.quote else None,
        undone=dates.moment(done.undone_at) if done.undone_at else "",
        shifted_days=_days(entry.details.get("shifted_days")),
        leaf=f"{entry.leaf_hash.hex()[:8]}…{entry.leaf_hash.hex()[-4:]}",
    )


def _bonus(record: Record) -> str:
    """Which part of the points a campaign paid, by its title; empty where none did."""
    done, campaign = record.record, record.campaign
    if done is None or campaign is None or not done.bonus:
        return ""
    return actions.bonus(done.bonus, campaign.titles)


def derivation(quote: Quote) -> Derivation:
    methodology = quote.quantification.methodology
    parameters = quote.quantification.parameters
    return Derivation(
        lines=[
            Line(
                numbers.step(step.operator, step.value, step.unit),
                pick(dict(step.label)),
                step.operator == "=",
            )
            for step in quote.quantification.steps
        ],
        sources=[_sources(parameter) for parameter in parameters],
        method=pick(dict(methodology.titles)),
        method_code=methodology.code,
        method_version=methodology.version,
        factor_from=gettext(", ").join(dict.fromkeys(pick(dict(one.source.names)) for one in parameters)),
    )


def _sources(parameter: Parameter) -> list[Source]:
    chosen = Source(pick(dict(parameter.source.names)), numbers.symbol(parameter.value, parameter.unit), True, "")
    others = [
        Source(pick(dict(one.source.names)), numbers.symbol(one.value, one.unit), False, pick(dict(one.reason)))
        for one in parameter.sources[1:]
        if hasattr(one, "reason")
    ]
    return [chosen, *others]


def _recorded(occurred: datetime, recorded: datetime) -> str:
    late = int((recorded - occurred).total_seconds()) // 60
    if late < 1:
        return dates.moment(recorded)
    if late < 60:
        return gettext("%(moment)s, %(minutes)s min later", moment=dates.moment(recorded), minutes=late)
    if late < 48 * 60:
        return gettext("%(moment)s, %(hours)s h later", moment=dates.moment(recorded), hours=late // 60)
    return gettext("%(moment)s, %(days)s days later", moment=dates.moment(recorded), days=late // 1440)


def _days(value: object) -> int:
    return value if isinstance(value, int) else 0
