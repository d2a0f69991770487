"""Eight writers at once against one: residents of one district, and each writer in a district of its own.

On SQLite they are threads behind the first-come lock of ``Database.writing()``, as a city's one web worker has them;
on PostgreSQL processes, as its several web workers are. All residents of a district draw on one fund, whose row is
locked until the commit; writers of distinct districts share nothing. How much more eight of them can do is a matter of
the machine, on whose cores the server runs as well: hence the same again by hand.
"""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from statistics import median

import ledger
from benchmarks.ledger.actions import START, City, time_of
from benchmarks.ledger.by_hand import OnPostgres, OnSqlite, write_by_hand
from benchmarks.ledger.meter import cores, ratio_of
from benchmarks.ledger.places import Place
from benchmarks.ledger.report import Aim, Finding
from greenlife.db import Database, open_database
from ledger import Entry

WRITERS = 8
LEAD = 0.3
"""Seconds before a round, in which entries are made."""


@dataclass(frozen=True)
class Shift:
    """What one writer did: how many it posted, and the longest time that one took."""

    posted: int
    longest: float


@dataclass(frozen=True)
class _Crew:
    """Who writes, where, for how long."""

    pool: Executor
    url: str
    seconds: float
    by_hand: bool = False

    def work(self, books: Sequence[str]) -> list[Shift]:
        """A round: a writer in each of the books."""
        start = time.time() + LEAD
        write = partial(_write, self.url, start=start, seconds=self.seconds, by_hand=self.by_hand)
        jobs = [self.pool.submit(write, book, writer) for writer, book in enumerate(books)]
        return [job.result() for job in jobs]


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
    one, many = ["district-0"] * WRITERS, [f"district-{at}" for at in range(WRITERS)]
    found = [
        _compare(_Crew(pool, url, seconds), rounds, one, "in one district", aim),
        _compare(_Crew(pool, url, seconds), rounds, many, "in distinct ones", aim),
    ]
    # On SQLite the first-come lock is what is measured, and by hand there is none.
    if url.startswith("postgresql"):
        found.append(_compare(_Crew(pool, url, seconds, by_hand=True), rounds, many, "in distinct ones, by hand", None))
    return found


def _compare(crew: _Crew, rounds: int, books: Sequence[str], where: str, aim: Aim | None) -> Finding:
    many, one, waits = [], [], []
    for _ in range(rounds):
        one.append(sum(shift.posted for shift in crew.work(books[:1])))
        shifts = crew.work(books)
        many.append(sum(shift.posted for shift in shifts))
        # A writer's share of the time is that of eight posts, its own and one of each other.
        waits.append(max(shift.longest for shift in shifts) / (crew.seconds * WRITERS / max(many[-1], 1)))
    ratio = ratio_of(many, one)
    rates = [median(posted) / crew.seconds for posted in (one, many)]
    notes = [
        f"entries a second: {rates[0]:,.0f} by one, {rates[1]:,.0f} by {WRITERS}, on {cores()} cores",
        f"the longest that one post took, to its share: {max(waits):.1f} (aim on SQLite: at most 10)",
    ]
    return Finding(f"{WRITERS} writers {where} / 1 writer", {}, [("throughput", ratio, aim)], notes)


_databases: dict[str, Database] = {}
_hands: dict[str, OnSqlite | OnPostgres] = {}


def _open(url: str) -> Database:
    if url not in _databases:
        _databases[url] = open_database(url)
    return _databases[url]


def _warm_up(url: str) -> None:
    with _open(url).reading() as session:
        session.connection()
    time.sleep(LEAD)


def _write(url: str, book: str, writer: int, *, start: float, seconds: float, by_hand: bool) -> Shift:
    city, post = City(homes=20, book=book, seed=None, first_home=writer * 100), _poster(url, by_hand=by_hand)
    posted, longest = 0, 0.0
    time.sleep(max(0.0, start - time.time()))
    now = began = time.time()
    while now < start + seconds:
        entry = city.action()
        began = now
        post(entry)
        now = time.time()
        longest = max(longest, now - began)
        posted += 1
    return Shift(posted, longest)


def _poster(url: str, *, by_hand: bool) -> Callable[[Entry], object]:
    database = _open(url)
    if by_hand:
        if url not in _hands:
            _hands[url] = write_by_hand(database)
        hand = _hands[url]
        return lambda entry: hand.post(entry, time_of(entry))

    def post(entry: Entry) -> None:
        with database.writing() as session:
            ledger.post(session, entry, now=time_of(entry))

    return post
