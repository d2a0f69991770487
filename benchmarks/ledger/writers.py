"""Eight writers at once against one: residents of one district, and each writer in a district of its own.

On SQLite they are threads behind the first-come lock of ``Database.writing()``, as a city's one web worker has them;
on PostgreSQL processes, as its several web workers are. All residents of a district draw on one fund, whose row is
locked until the commit; writers of distinct districts share nothing.
"""

import time
from collections.abc import Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from statistics import median

import ledger
from benchmarks.ledger.actions import START, City, time_of
from benchmarks.ledger.meter import cores, ratio_of
from benchmarks.ledger.places import Place
from benchmarks.ledger.report import Aim, Finding
from greenlife.db import Database, open_database

WRITERS = 8
LEAD = 0.3
"""Seconds before a round, in which entries are made."""


@dataclass(frozen=True)
class Shift:
    """What one writer did: how many it posted, and the longest time that one took."""

    posted: int
    longest: float


def measure_writers(place: Place, *, rounds: int, seconds: float) -> list[Finding]:
    """Of one district and of distinct ones."""
    database = place.open_new()
    for number in range(WRITERS):
        city = City(homes=1, book=f"district-{number}", seed=number)
        with database.writing() as session:
            ledger.post(session, city.deposit(), now=START)
    url = database.engine.url.render_as_string(hide_password=False)
    aim = Aim(0.9 if database.is_sqlite else 2.0, at_least=True)
    if database.is_sqlite:
        _databases[url] = database
        with ThreadPoolExecutor(WRITERS) as pool:
            return _both(pool, url, rounds, seconds, aim)
    with ProcessPoolExecutor(WRITERS, get_context("spawn")) as pool:
        return _both(pool, url, rounds, seconds, aim)


def _both(pool: Executor, url: str, rounds: int, seconds: float, aim: Aim) -> list[Finding]:
    list(pool.map(_warm_up, [url] * WRITERS * 4))
    return [
        _compare(pool, url, rounds, seconds, aim, books=["district-0"] * WRITERS, where="in one district"),
        _compare(
            pool, url, rounds, seconds, aim, books=[f"district-{at}" for at in range(WRITERS)], where="in distinct ones"
        ),
    ]


def _compare(
    pool: Executor, url: str, rounds: int, seconds: float, aim: Aim, *, books: Sequence[str], where: str
) -> Finding:
    many, one, waits = [], [], []
    for _ in range(rounds):
        one.append(sum(shift.posted for shift in _round(pool, url, books[:1], seconds)))
        shifts = _round(pool, url, books, seconds)
        many.append(sum(shift.posted for shift in shifts))
        # A writer's share of the time is that of eight posts, its own and one of each other.
        waits.append(max(shift.longest for shift in shifts) / (seconds * WRITERS / max(many[-1], 1)))
    ratio = ratio_of(many, one)
    rates = [median(posted) / seconds for posted in (one, many)]
    notes = [
        f"entries a second: {rates[0]:,.0f} by one, {rates[1]:,.0f} by {WRITERS}, on {cores()} cores",
        f"the longest that one post took, to its share: {max(waits):.1f} (aim on SQLite: at most 10)",
    ]
    return Finding(f"{WRITERS} writers {where} / 1 writer", {}, [("throughput", ratio, aim)], notes)


def _round(pool: Executor, url: str, books: Sequence[str], seconds: float) -> list[Shift]:
    start = time.time() + LEAD
    jobs = [pool.submit(_write, url, book, writer, start, seconds) for writer, book in enumerate(books)]
    return [job.result() for job in jobs]


_databases: dict[str, Database] = {}


def _open(url: str) -> Database:
    if url not in _databases:
        _databases[url] = open_database(url)
    return _databases[url]


def _warm_up(url: str) -> None:
    with _open(url).reading() as session:
        session.connection()
    time.sleep(LEAD)


def _write(url: str, book: str, writer: int, start: float, seconds: float) -> Shift:
    database, city = _open(url), City(homes=20, book=book, seed=None, first_home=writer * 100)
    posted, longest = 0, 0.0
    time.sleep(max(0.0, start - time.time()))
    now = began = time.time()
    while now < start + seconds:
        entry = city.action()
        began = now
        with database.writing() as session:
            ledger.post(session, entry, now=time_of(entry))
        now = time.time()
        longest = max(longest, now - began)
        posted += 1
    return Shift(posted, longest)
