"""The index of every district for a period."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from greenlife.city import District
from greenlife.errors import PeriodInvalid
from greenlife.lifestyle_index.score import Score, score_framework
from greenlife.lifestyle_index.values import Measured, indicator_values, open_period


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictIndex:
    """A district's score for local days ``since`` to ``until``; ``participants`` is None where too few to be shown."""

    district: District
    since: date
    until: date
    participants: int | None
    score: Score


def compute_index(session: Session, programme: Measured, *, since: date, until: date) -> tuple[DistrictIndex, ...]:
    """Every district in the order of the city's data, those without data too; raises PeriodInvalid.

    Handbook steps 2 to 6 for all units; the decomposition (step 8) is in each score.
    """
    if until < since:
        raise PeriodInvalid(since=since, until=until)
    people = open_period(session, programme.city, since=since, until=until).people
    values = indicator_values(session, programme, since=since, until=until)
    return tuple(
        DistrictIndex(
            district=district,
            since=since,
            until=until,
            participants=n if (n := people.get(district.id, 0)) >= programme.city.least_people else None,
            score=score_framework(programme.framework, values[district.id]),
        )
        for district in programme.city.districts
    )
