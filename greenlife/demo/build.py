"""The demo city built: people and places first, then day after day on one timeline, then the statistics."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from greenlife.db import Database
from greenlife.demo.accounts import N_
from greenlife.demo.bookings import Booker
from greenlife.demo.days import DayPlanner, make_calendar
from greenlife.demo.funds import fill_funds
from greenlife.demo.host import plan_host, plan_wishes
from greenlife.demo.people import People, add_people
from greenlife.demo.places import add_places
from greenlife.demo.purses import Purses
from greenlife.demo.shelf import Shelf, add_shelf
from greenlife.demo.size import FULL, Size, stream
from greenlife.demo.staff import Crew, add_staff
from greenlife.demo.timeline import Timeline
from greenlife.demo.vouchers import Spender
from greenlife.demo.weather import make_weather
from greenlife.models import Installation
from greenlife.programme import Programme
from greenlife.statistics import rebuild_statistics

Progress = Callable[[str, int, int], None]
"""What (a message id), so many done, of so many."""

DAYS_A_TRANSACTION = 10
"""Each commit waits for the disk."""

SETTING, HISTORY = N_("People and places"), N_("Actions and rewards")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Build:
    programme: Programme
    seed: int
    size: Size
    now: datetime
    days: Sequence[date]

    @property
    def begin(self) -> datetime:
        return self.programme.midnight(self.days[0])


@dataclass(frozen=True, slots=True)
class _Setting:
    people: People
    crew: Crew
    shelf: Shelf


def build_demo(
    database: Database, programme: Programme, *, seed: int, now: datetime, progress: Progress, size: Size = FULL
) -> None:
    """The demo city in an empty database of the newest shape; the same seed and ``now`` give the same city.

    It counts as ready only when all is done, so that an interrupted build is seen and done again.
    """
    days = size.days_until(programme.local_day(now))
    build = _Build(programme=programme, seed=seed, size=size, now=now, days=days)
    with database.writing() as session:
        session.add(Installation(city=programme.city.id, set_up_at=now, demo_seed=seed, demo_ready=False))
    progress(SETTING, 0, 1)
    with database.writing() as session:
        setting = _set_up(session, build)
    progress(SETTING, 1, 1)
    _live(database, build, setting, progress)
    with database.writing() as session:
        rebuild_statistics(session, programme, now=now, progress=progress)
        session.execute(update(Installation).values(demo_ready=True))


def _set_up(session: Session, build: _Build) -> _Setting:
    entropy, city = stream(build.seed, "setting").randbytes, build.programme.city
    places = add_places(session, city, entropy=entropy)
    shelf = add_shelf(session, city, today=build.days[-1], entropy=entropy)
    crew = add_staff(session, city, places, shelf, since=build.begin, entropy=entropy)
    people = add_people(
        session,
        city,
        places,
        count=build.size.residents,
        begin=build.begin,
        now=build.now,
        dice=stream(build.seed, "people"),
        entropy=entropy,
    )
    fill_funds(session, build.programme, people=build.size.residents, at=build.begin, entropy=entropy)
    return _Setting(people, crew, shelf)


def _live(database: Database, build: _Build, setting: _Setting, progress: Progress) -> None:
    timeline, purses = Timeline(), Purses()
    programme, people, crew, shelf = build.programme, setting.people, setting.crew, setting.shelf
    weather = make_weather(build.days, stream(build.seed, "weather"))
    calendar = make_calendar(build.size, build.days, weather)
    planner = DayPlanner(
        programme=programme, calendar=calendar, people=people, crew=crew, dice=stream(build.seed, "days")
    )
    booker = Booker(
        programme=programme, timeline=timeline, crew=crew, purses=purses, now=build.now,
        dice=stream(build.seed, "bookings"),
    )  # fmt: skip
    spender = Spender(
        programme=programme, timeline=timeline, people=people, crew=crew, shelf=shelf, purses=purses,
        dice=stream(build.seed, "vouchers"),
    )  # fmt: skip
    own = stream(build.seed, "host")
    plan_wishes(programme, people.host, shelf, spender, days=build.days)
    for first in range(0, len(build.days), DAYS_A_TRANSACTION):
        with database.writing() as session:
            for done, day in enumerate(build.days[first : first + DAYS_A_TRANSACTION], start=first):
                progress(HISTORY, done, len(build.days))
                booker.schedule(planner.plan(day), day)
                booker.schedule_singly(plan_host(programme, people.host, crew, day=day, today=build.days[-1], dice=own))
                spender.schedule(day, build.size, build.days[-1])
                timeline.run(session, until=min(build.now, programme.midnight(day + timedelta(days=1))))
    progress(HISTORY, len(build.days), len(build.days))
