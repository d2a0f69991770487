"""The city lives one day after the other: people act, spend, and what follows from it comes in its own time."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from sqlalchemy.orm import Session

from greenlife.demo.bookings import Booker
from greenlife.demo.days import DayPlanner, make_calendar
from greenlife.demo.host import plan_host, plan_wishes
from greenlife.demo.purses import Purses
from greenlife.demo.setting import Plan, Setting
from greenlife.demo.suspects import plan_suspects, trusting
from greenlife.demo.timeline import Timeline
from greenlife.demo.vouchers import Spender
from greenlife.demo.weather import make_weather


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """``live`` the days in their order."""

    plan: Plan
    setting: Setting
    timeline: Timeline
    planner: DayPlanner
    booker: Booker
    spender: Spender
    host_dice: Random
    suspect_dice: Random

    def live(self, session: Session, day: date) -> None:
        """Everything that happens on the day, as far as it is not later than now."""
        plan, setting = self.plan, self.setting
        self.booker.schedule(self.planner.plan(day), day)
        hosts_day = plan_host(
            plan.programme, setting.people.host, setting.crew, day=day, today=plan.today, dice=self.host_dice
        )
        self.booker.schedule_singly(hosts_day)
        suspects = plan_suspects(
            plan.programme, setting.people, setting.crew, day=day, today=plan.today, dice=self.suspect_dice
        )
        replace(self.booker, programme=plan.programme).schedule_singly(list(suspects))
        self.spender.schedule(day, plan.size, plan.today)
        midnight = plan.programme.midnight(day + timedelta(days=1))
        self.timeline.run(session, until=min(plan.now, midnight))


def begin_life(plan: Plan, setting: Setting) -> Life:
    """A city in which nothing has happened yet."""
    timeline, purses, programme = Timeline(), Purses(), plan.programme
    people, crew, shelf = setting.people, setting.crew, setting.shelf
    calendar = make_calendar(plan.size, plan.days, make_weather(plan.days, plan.stream("weather")))
    spender = Spender(
        programme=programme, timeline=timeline, people=people, crew=crew, shelf=shelf, purses=purses,
        dice=plan.stream("vouchers"),
    )  # fmt: skip
    plan_wishes(programme, people.host, shelf, spender, days=plan.days)
    return Life(
        plan=plan,
        setting=setting,
        timeline=timeline,
        planner=DayPlanner(
            programme=programme, calendar=calendar, people=people, crew=crew, dice=plan.stream("days")
        ),
        booker=Booker(
            programme=trusting(programme), timeline=timeline, crew=crew, purses=purses, now=plan.now,
            dice=plan.stream("bookings"),
        ),
        spender=spender,
        host_dice=plan.stream("host"),
        suspect_dice=plan.stream("suspects"),
    )  # fmt: skip
