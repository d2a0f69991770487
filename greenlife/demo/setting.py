"""What is there before anything happens: places, merchants, staff, residents, and funds to pay them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from sqlalchemy.orm import Session

from greenlife.demo.funds import fill_funds
from greenlife.demo.people import People, add_people
from greenlife.demo.places import add_places
from greenlife.demo.shelf import Shelf, add_shelf
from greenlife.demo.size import Size
from greenlife.demo.staff import Crew, add_staff
from greenlife.programme import Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All that decides what the city is like; equal plans make equal cities."""

    programme: Programme
    seed: int
    size: Size
    now: datetime

    @property
    def today(self) -> date:
        return self.programme.local_day(self.now)

    @property
    def days(self) -> Sequence[date]:
        return self.size.days_until(self.today)

    @property
    def begin(self) -> datetime:
        """The first midnight of the history."""
        return self.programme.midnight(self.days[0])

    def stream(self, name: str) -> Random:
        """Random numbers for one purpose: more of one thing does not change another."""
        return Random(f"{self.seed}/{name}")


@dataclass(frozen=True, slots=True)
class Setting:
    """Who and what the history is about."""

    people: People
    crew: Crew
    shelf: Shelf


def set_up(session: Session, plan: Plan) -> Setting:
    """The city as it is on the first morning."""
    entropy, city = plan.stream("setting").randbytes, plan.programme.city
    places = add_places(session, city, entropy=entropy)
    shelf = add_shelf(session, city, today=plan.today, entropy=entropy)
    crew = add_staff(session, city, places, shelf, since=plan.begin, entropy=entropy)
    people = add_people(
        session,
        city,
        places,
        count=plan.size.residents,
        begin=plan.begin,
        now=plan.now,
        dice=plan.stream("people"),
        entropy=entropy,
    )
    fill_funds(session, plan.programme, people=plan.size.residents, at=plan.begin, entropy=entropy)
    return Setting(people, crew, shelf)
