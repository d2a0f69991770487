"""A database with residents who are signed in and posters they have not scanned yet."""

import hashlib
import os
from dataclasses import dataclass
from datetime import datetime, timedelta

import ledger
from benchmarks.server import metadata
from greenlife import chart
from greenlife.actions import CITY_FUND
from greenlife.codes import encode
from greenlife.db import Database, upgrade
from greenlife.models import Installation, Poster, SignIn, Site
from greenlife.programme import load_programme
from greenlife.residents import PRIVACY_VERSION
from greenlife.residents.sign_in import new_resident

POSTERS = 200


@dataclass(frozen=True)
class Scan:
    """Who scans, and two posters: that of a person's first scan ever, and one of a later scan."""

    token: str
    first: str
    code: str


def build_city(database: Database, *, city: str, host: str, scans: int, now: datetime) -> list[Scan]:
    """As many scans as asked for, each by another resident, so that no daily cap and no claim stands in the way."""
    upgrade(database)
    programme = load_programme(city)
    district = programme.city.districts[0]
    posters = [_poster(district.id, district.towns[0].id) for _ in range(POSTERS)]
    with database.writing() as session:
        metadata.create_all(session.connection())
        session.add(Installation(city=city, set_up_at=now, demo_seed=None, demo_ready=False))
        session.add_all(row for pair in posters for row in pair)
        ledger.post(session, _deposit(district.id, programme.local_day(now), now), now=now)
        tokens = []
        for number in range(scans):
            resident = new_resident(phone=f"+861380{number:07d}", now=now, entropy=os.urandom)
            resident.book, resident.town = district.id, district.towns[0].id
            resident.privacy_version, resident.privacy_accepted_at = PRIVACY_VERSION, now
            tokens.append(f"tok_bench{number}")
            session.add_all([resident, _sign_in(tokens[-1], resident.id, now)])
    codes = [f"HTTP://{host.upper()}/P/{poster.code}" for _, poster in posters]
    return [Scan(token, codes[at % POSTERS], codes[(at + 1) % POSTERS]) for at, token in enumerate(tokens)]


def _poster(district: str, town: str) -> tuple[Site, Poster]:
    site = Site(
        id=ledger.new_id("sit", os.urandom),
        kind="shop",
        names={"zh-CN": "城西农贸市场", "en": "Chengxi Market"},
        district=district,
        town=town,
        active=True,
    )
    code = encode(os.urandom(16), 26)
    return site, Poster(code=code, short=code[:8], site_id=site.id, action="own_bag", unit="bag", active=True)


def _sign_in(token: str, resident: str, now: datetime) -> SignIn:
    return SignIn(
        token_hash=hashlib.sha256(token.encode()).digest(),
        subject_kind="resident",
        subject_id=resident,
        created_at=now,
        expires_at=now + timedelta(days=1),
    )


def _deposit(book: str, day: object, now: datetime) -> ledger.Entry:
    points = 1_000_000_000
    return ledger.Entry(
        id=ledger.new_id("ent", os.urandom),
        book=book,
        home=f"fund:{CITY_FUND}",
        reference="deposit:bench",
        kind="deposit",
        occurred_at=now,
        local_day=day,
        legs=(ledger.Leg(chart.sponsor("city"), -points), ledger.Leg(chart.fund(CITY_FUND), points)),
        details={},
        salt=os.urandom(32),
        commitment=os.urandom(32),
    )
