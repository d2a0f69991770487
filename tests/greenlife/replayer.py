"""A process that shows the same code again and again, as fast as the database lets it."""

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from greenlife.actions import booking
from greenlife.db import open_database
from greenlife.errors import GreenlifeError
from greenlife.models import Resident, Staff
from greenlife.programme import Programme, load_programme
from greenlife.scans import open_visit, record_scan, visits

HOSTS = frozenset({"green.example"})


@dataclass(frozen=True, kw_only=True)
class Replays:
    """``code`` is shown ``times`` by ``person``, each time as a request of its own; ``guarded`` is what is tested."""

    url: str
    person: str
    code: str
    now: datetime
    times: int
    guarded: bool = True


def scan_again(replays: Replays) -> Counter[str]:
    """A resident books by one code of a screen; answers how often what came of it."""
    if not replays.guarded:
        booking.claim_evidence = lambda *_, **__: None

    def scan(session: Session, programme: Programme, reference: str) -> None:
        resident = session.get_one(Resident, replays.person)
        record_scan(
            session, programme, resident=resident, code=replays.code, hosts=HOSTS, reference=reference,
            now=replays.now, entropy=os.urandom,
        )  # fmt: skip

    return _again(replays, scan)


def show_again(replays: Replays) -> Counter[str]:
    """An attendant opens visits by one code of a phone."""
    if not replays.guarded:
        visits._use_up = lambda *_: None

    def show(session: Session, programme: Programme, reference: str) -> None:
        staff = session.get_one(Staff, replays.person)
        open_visit(
            session, programme, staff=staff, code=replays.code, hosts=HOSTS, reference=reference, now=replays.now,
            entropy=os.urandom,
        )  # fmt: skip

    return _again(replays, show)


def _again(replays: Replays, act: Callable[[Session, Programme, str], None]) -> Counter[str]:
    database, programme = open_database(replays.url), load_programme("huzhou")
    outcomes: Counter[str] = Counter()
    for number in range(replays.times):
        try:
            with database.writing() as session:
                act(session, programme, f"r{os.getpid()}-{number}")
            outcomes["done"] += 1
        except GreenlifeError as refusal:
            outcomes[refusal.code] += 1
    database.engine.dispose()
    return outcomes
