"""The city fund's allotments: what pays for the points."""

from datetime import datetime

from sqlalchemy.orm import Session

import ledger
from greenlife import chart
from greenlife.actions import CITY_FUND
from greenlife.programme import Programme
from ledger import Entropy, Entry, Leg, new_id

POINTS_A_PERSON, LEAST_POINTS = 500, 20_000
"""Several times what two months give out, so that no fund runs dry; placeholders."""


def fill_funds(session: Session, programme: Programme, *, people: int, at: datetime, entropy: Entropy) -> None:
    """One deposit into the city fund of each district, by its share of the population."""
    districts = programme.city.districts
    population = sum(district.population or 0 for district in districts)
    for district in districts:
        share = people * POINTS_A_PERSON * (district.population or 0) // population
        ledger.post(session, _deposit(programme, district.id, max(share, LEAST_POINTS), at, entropy), now=at)


def _deposit(programme: Programme, book: str, points: int, at: datetime, entropy: Entropy) -> Entry:
    fund = chart.fund(CITY_FUND)
    return Entry(
        id=new_id("ent", entropy),
        book=book,
        home=fund.path,
        reference="deposit:1",
        kind="deposit",
        occurred_at=at,
        local_day=programme.local_day(at),
        legs=(Leg(chart.sponsor("city"), -points), Leg(fund, points)),
        details={},
        salt=entropy(32),
        commitment=entropy(32),  # nothing identifying stands behind a deposit
    )
