"""From indicator values to the index, and back: what each indicator contributes. Pure and exact.

Normalisation is min-max against fixed goalposts (Handbook step 5), so that a district's score does not move because a
neighbour changed; aggregation is the weighted arithmetic mean (step 6); missing values are left out and the weights
beside them renormalised (step 3). Fractions inside, hundredths outside.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from operator import mul

from greenlife.lifestyle_index.framework import Dimension, Framework, Indicator

HUNDREDTHS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorScore:
    """``normalised`` is 0 to 100, ``contribution`` points of the index, ``share`` the weight used, 0 to 1."""

    indicator: Indicator
    value: Decimal | None
    normalised: Decimal | None
    share: Decimal
    contribution: Decimal

    @property
    def missing(self) -> bool:
        return self.value is None


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionScore:
    """``score`` is 0 to 100, None without any data; ``coverage`` the share of its weights that has data."""

    dimension: Dimension
    score: Decimal | None
    coverage: Decimal
    contribution: Decimal
    indicators: tuple[IndicatorScore, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """``index`` is 0 to 100, None without any data; the contributions add up to it to the last digit.

    ``coverage`` is the share of all weights, 0 to 1, for which there was a value.
    """

    index: Decimal | None
    coverage: Decimal
    dimensions: tuple[DimensionScore, ...]

    @property
    def contributions(self) -> tuple[IndicatorScore, ...]:
        return tuple(indicator for dimension in self.dimensions for indicator in dimension.indicators)


def score_framework(framework: Framework, values: Mapping[str, Decimal | None]) -> Score:
    """The index of one unit from the values of its indicators; a value that is None or not there is missing.

    Handbook steps 3, 5, 6, and 8: the decomposition into what each indicator contributes.
    """
    shares = _shares(framework, values)
    exact = {
        indicator.id: shares[indicator.id] * normalise(indicator, value)
        for indicator in framework.indicators
        if (value := values.get(indicator.id)) is not None
    }
    contributions = dict(zip(exact, _round_together(list(exact.values())), strict=True))
    dimensions = tuple(_dimension_score(one, values, shares, contributions) for one in framework.dimensions)
    weights = [Fraction(dimension.weight) for dimension in framework.dimensions]
    covered = [_coverage(dimension, values) for dimension in framework.dimensions]
    return Score(
        index=sum(contributions.values(), Decimal(0)) if contributions else None,
        coverage=_rounded(sum(map(mul, weights, covered), Fraction(0)) / sum(weights)),
        dimensions=dimensions,
    )


def normalise(indicator: Indicator, value: Decimal) -> Fraction:
    """0 at the worst goalpost, 100 at the best, cut off outside; the direction is in the goalposts (step 5)."""
    worst, best = Fraction(indicator.worst), Fraction(indicator.best)
    return min(max((Fraction(value) - worst) / (best - worst), Fraction(0)), Fraction(1)) * 100


def _shares(framework: Framework, values: Mapping[str, Decimal | None]) -> dict[str, Fraction]:
    # Renormalised inside the dimension; a dimension without data leaves its weight to the others.
    present = [dimension for dimension in framework.dimensions if _coverage(dimension, values)]
    weights = sum(Fraction(dimension.weight) for dimension in present)
    shares: dict[str, Fraction] = {}
    for dimension in present:
        measured = [one for one in dimension.indicators if values.get(one.id) is not None]
        inside = sum(Fraction(one.weight) for one in measured)
        for one in measured:
            shares[one.id] = Fraction(dimension.weight) / weights * Fraction(one.weight) / inside
    return shares


def _coverage(dimension: Dimension, values: Mapping[str, Decimal | None]) -> Fraction:
    weights = {one.id: Fraction(one.weight) for one in dimension.indicators}
    measured = (weight for name, weight in weights.items() if values.get(name) is not None)
    return sum(measured, Fraction(0)) / sum(weights.values(), Fraction(0))


def _dimension_score(
    dimension: Dimension,
    values: Mapping[str, Decimal | None],
    shares: Mapping[str, Fraction],
    contributions: Mapping[str, Decimal],
) -> DimensionScore:
    indicators = tuple(_indicator_score(one, values.get(one.id), shares, contributions) for one in dimension.indicators)
    measured = [(one, value) for one in dimension.indicators if (value := values.get(one.id)) is not None]
    weight = sum(Fraction(one.weight) for one, _ in measured)
    score = sum(Fraction(one.weight) * normalise(one, value) for one, value in measured)
    return DimensionScore(
        dimension=dimension,
        score=_rounded(score / weight) if weight else None,
        coverage=_rounded(_coverage(dimension, values)),
        contribution=sum((one.contribution for one in indicators), Decimal(0)),
        indicators=indicators,
    )


def _indicator_score(
    indicator: Indicator,
    value: Decimal | None,
    shares: Mapping[str, Fraction],
    contributions: Mapping[str, Decimal],
) -> IndicatorScore:
    return IndicatorScore(
        indicator=indicator,
        value=value,
        normalised=None if value is None else _rounded(normalise(indicator, value)),
        share=_rounded(shares.get(indicator.id, Fraction(0)), places=4),
        contribution=contributions.get(indicator.id, Decimal(0)),
    )


def _round_together(exact: Sequence[Fraction]) -> list[Decimal]:
    # By largest remainder, so that what is shown adds up to the rounded sum.
    cut = [int(one * HUNDREDTHS) for one in exact]
    rest = round(sum(exact, Fraction(0)) * HUNDREDTHS) - sum(cut)
    order = sorted(range(len(exact)), key=lambda at: exact[at] * HUNDREDTHS - cut[at], reverse=True)
    for at in order[:rest]:
        cut[at] += 1
    return [Decimal(one).scaleb(-2) for one in cut]


def _rounded(value: Fraction, places: int = 2) -> Decimal:
    return Decimal(round(value * 10**places)).scaleb(-places)
