"""The demo city built: its setting first, then day after day, then the statistics."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import update

from greenlife.db import Database
from greenlife.demo.campaigns import add_policy
from greenlife.demo.life import begin_life
from greenlife.demo.setting import Plan, set_up
from greenlife.demo.size import FULL, Size
from greenlife.models import Installation
from greenlife.programme import Programme
from greenlife.statistics import rebuild_statistics
from translations import N_

Progress = Callable[[str, int, int], None]
"""What (a message id), so many done, of so many."""

SETTING, HISTORY = N_("People and places"), N_("Actions and rewards")

DAYS_A_TRANSACTION = 10
"""Each commit waits for the disk."""


def build_demo(
    database: Database, programme: Programme, *, seed: int, now: datetime, progress: Progress, size: Size = FULL
) -> None:
    """The demo city in an empty database of the newest shape; the same seed and ``now`` give the same city.

    It counts as ready only when all is done, so that an interrupted build is seen and done again.
    """
    plan = Plan(programme=programme, seed=seed, size=size, now=now)
    with database.writing() as session:
        session.add(Installation(city=programme.city.id, set_up_at=now, demo_seed=seed, demo_ready=False))
    _make_history(database, plan, progress)
    with database.writing() as session:
        rebuild_statistics(session, programme, now=now, progress=progress)
        session.execute(update(Installation).values(demo_ready=True))


def _make_history(database: Database, plan: Plan, progress: Progress) -> None:
    progress(SETTING, 0, 1)
    with database.writing() as session:
        setting = set_up(session, plan)
        add_policy(session, plan, setting.crew)
        life = begin_life(plan, setting)
    progress(SETTING, 1, 1)
    days = plan.days
    for first in range(0, len(days), DAYS_A_TRANSACTION):
        with database.writing() as session:
            for done, day in enumerate(days[first : first + DAYS_A_TRANSACTION], start=first):
                progress(HISTORY, done, len(days))
                life.live(session, day)
    progress(HISTORY, len(days), len(days))
