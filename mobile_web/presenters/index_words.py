"""The lifestyle index in words: the number, its coverage, and what each indicator contributes."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask_babel import gettext

from greenlife.lifestyle_index import DistrictIndex, Framework
from greenlife.lifestyle_index.score import DimensionScore, IndicatorScore
from mobile_web.languages import pick
from mobile_web.presenters import numbers
from mobile_web.presenters.tiles import Tile, step

HUNDRED = 100


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """``width`` of the bar is 0 to 100 of the normalised value; ``missing`` says that there is no data."""

    name: str
    value: str
    goalposts: str
    normalised: str
    weight: str
    contribution: str
    width: float
    missing: bool
    note: str


@dataclass(frozen=True, kw_only=True)
class Dimension:
    name: str
    score: str
    weight: str
    coverage: str
    contribution: str
    width: float
    indicators: list[Indicator]


@dataclass(frozen=True, kw_only=True)
class Score:
    name: str
    index: str
    coverage: str
    participants: str
    dimensions: list[Dimension]
    sum: str


@dataclass(frozen=True, kw_only=True)
class Words:
    title: str
    version: str
    standard: str
    notice: str
    missing_data: str


def framework(found: Framework) -> Words:
    return Words(
        title=pick(dict(found.titles)),
        version=found.version,
        standard=found.standard,
        notice=pick(dict(found.notice)),
        missing_data=pick(dict(found.missing_data)),
    )


def score(found: DistrictIndex) -> Score:
    dimensions = [_dimension(one) for one in found.score.dimensions]
    parts = [one.contribution for one in found.score.dimensions if one.score is not None]
    return Score(
        name=pick(dict(found.district.names)),
        index=_index(found.score.index),
        coverage=percent(found.score.coverage),
        participants=numbers.integer(found.participants) if found.participants is not None else "",
        dimensions=dimensions,
        sum=" + ".join(numbers.decimal(part) for part in parts) + f" = {_index(found.score.index)}" if parts else "",
    )


def index_tiles(scores: Sequence[DistrictIndex]) -> list[Tile]:
    among = [one.score.index for one in scores]
    return [
        Tile(
            key=one.district.id,
            name=pick(dict(one.district.names)),
            figure=_index(one.score.index),
            note=gettext("data for %(share)s of the weights", share=percent(one.score.coverage)),
            row=one.district.tile[0],
            column=one.district.tile[1],
            step=step(one.score.index, among),
        )
        for one in scores
    ]


def percent(share: Decimal) -> str:
    return f"{numbers.decimal((share * HUNDRED).quantize(Decimal(1)))}%"


def _index(value: Decimal | None) -> str:
    return gettext("no data") if value is None else numbers.decimal(value)


def _dimension(one: DimensionScore) -> Dimension:
    return Dimension(
        name=pick(dict(one.dimension.titles)),
        score=_index(one.score),
        weight=percent(one.dimension.weight),
        coverage=percent(one.coverage),
        contribution=numbers.decimal(one.contribution),
        width=float(one.score or 0),
        indicators=[_indicator(indicator) for indicator in one.indicators],
    )


def _indicator(one: IndicatorScore) -> Indicator:
    indicator = one.indicator
    unit = pick(dict(indicator.units))
    return Indicator(
        name=pick(dict(indicator.titles)),
        value=f"{numbers.decimal(one.value, 2)} {unit}" if one.value is not None else "",
        goalposts=gettext(
            "%(worst)s to %(best)s", worst=numbers.decimal(indicator.worst), best=numbers.decimal(indicator.best)
        ),
        normalised=numbers.decimal(one.normalised) if one.normalised is not None else "",
        weight=percent(indicator.weight),
        contribution=numbers.decimal(one.contribution) if not one.missing else "",
        width=float(one.normalised or 0),
        missing=one.missing,
        note=pick(dict(indicator.note)) if indicator.note else "",
    )
