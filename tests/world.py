"""A small world for tests: one city, a few people and places, a clock that stands still until it is moved."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TypeVar

import ledger
from greenlife import chart
from greenlife.actions import CITY_FUND
from greenlife.codes import encode
from greenlife.db import Database, open_database, upgrade
from greenlife.models import Installation, Poster, Resident, Site, Staff
from greenlife.programme import Programme, load_programme
from greenlife.residents import PRIVACY_VERSION, ScreenSender
from greenlife.residents.sign_in import new_resident
from greenlife.runtime import Runtime
from greenlife.settings import Settings

Row = TypeVar("Row", Resident, Site, Poster, Staff)
START = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
"""A Monday, nine in the morning in the city."""
DEQING, ANJI = "huzhou-deqing", "huzhou-anji"
HOSTS = frozenset({"green.example"})


@dataclass
class World:
    """Tests act on ``database`` with ``programme`` at ``now``; what they make is remembered nowhere else."""

    database: Database
    programme: Programme
    now: datetime = START
    random: Random = field(default_factory=lambda: Random(7))
    people: int = 0

    @property
    def entropy(self) -> ledger.Entropy:
        return self.random.randbytes

    def later(self, **by: float) -> datetime:
        """The clock, moved."""
        self.now += timedelta(**by)
        return self.now

    def town(self, district: str = DEQING, at: int = 0) -> str:
        return self.programme.city.district(district).towns[at].id

    def fund(self, points: int = 1_000_000, district: str = DEQING) -> None:
        """A deposit into the district's fund."""
        legs = (
            ledger.Leg(chart.sponsor("city"), -points),
            ledger.Leg(chart.fund(CITY_FUND), points),
        )
        entry = ledger.Entry(
            id=ledger.new_id("ent", self.entropy), book=district, home=f"fund:{CITY_FUND}",
            reference=f"deposit:{self.random.random()}", kind="deposit", occurred_at=self.now,
            local_day=self.programme.local_day(self.now), legs=legs, details={}, salt=self.entropy(32),
            commitment=self.entropy(32),
        )  # fmt: skip
        with self.database.writing() as session:
            ledger.post(session, entry, now=self.now)

    def resident(self, district: str | None = DEQING) -> Resident:
        """A resident who is signed up, with a home when a district is given."""
        self.people += 1
        resident = new_resident(phone=f"+8613800{self.people:06d}", now=self.now, entropy=self.entropy)
        resident.privacy_version, resident.privacy_accepted_at = PRIVACY_VERSION, self.now
        if district:
            resident.book, resident.town = district, self.town(district)
        return self._add(resident)

    def site(self, kind: str = "shop", district: str = DEQING) -> Site:
        names = {"zh-CN": "城西农贸市场 3 号门", "en": "Chengxi Market, Gate 3"}
        return self._add(
            Site(id=ledger.new_id("sit", self.entropy), kind=kind, names=names, district=district,
                 town=self.town(district), active=True)
        )  # fmt: skip

    def poster(self, action: str = "own_bag", unit: str = "bag", site: Site | None = None) -> Poster:
        code = encode(self.entropy(16), 26)
        return self._add(
            Poster(code=code, short=code[:8], site_id=(site or self.site()).id, action=action, unit=unit, active=True)
        )

    def staff(self, role: str, scope: str) -> Staff:
        self.people += 1
        return self._add(
            Staff(id=ledger.new_id("stf", self.entropy), phone=f"+8613900{self.people:06d}", role=role, scope=scope,
                  label={"zh-CN": "1 号台", "en": "Counter 1"}, created_at=self.now)
        )  # fmt: skip

    def attendant(self) -> Staff:
        return self.staff("attendant", self.site("station").id)

    def runtime(self, folder: Path) -> Runtime:
        """What the faces are given, on this world's clock."""
        settings = Settings(
            database_url=str(self.database.engine.url), secret_key="s" * 40, base_url="http://green.example",
            city="huzhou", var=folder, demo=True,
        )  # fmt: skip
        return Runtime(
            settings=settings, database=self.database, programme=self.programme, sender=ScreenSender(),
            clock=lambda: self.now, entropy=self.entropy, key=b"k" * 32,
        )  # fmt: skip

    def _add(self, row: Row) -> Row:
        with self.database.writing() as session:
            session.add(row)
            session.flush()
            session.expunge(row)
        return row


def make_world(folder: Path, url: str | None = None) -> World:
    """A migrated database of the demo's city with a funded district; in the folder, unless at ``url``."""
    database = open_database(url or f"sqlite:///{folder / 'world.db'}")
    upgrade(database)
    world = World(database, load_programme("huzhou"))
    with database.writing() as session:
        session.add(Installation(city="huzhou", set_up_at=START, demo_seed=7, demo_ready=True))
    world.fund()
    return world
