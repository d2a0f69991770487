"""A process that posts entries of known references in small transactions and says so on a pipe; it can be killed.

It acknowledges after the commit, and sends again what was not acknowledged under the same references. The two careless
ways are what goes wrong without either.
"""

import os
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection

from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

import ledger
from ledger import Entry
from tests.ledger.sample import FUND, LOT, NOW, Scribe

BATCH = 20
"""Entries of one transaction."""


@dataclass(frozen=True)
class Job:
    """What a process is to do: batches by their numbers, and at which of them to kill itself, and when."""

    url: str
    life: int
    batches: Sequence[int]
    fatal: int = -1
    moment: str = ""
    acknowledges_early: bool = False
    has_references: bool = True

    def entries(self, number: int) -> list[Entry]:
        """Ids and salts are new in each life, the references are not."""
        scribe = Scribe((self.life + 1) * 1_000_000 + number)
        names = [f"form:{number}:{at}" for at in range(BATCH)]
        if not self.has_references:
            names = [f"{name}:{self.life}" for name in names]
        return [scribe.entry((FUND, -1), (LOT, 1), reference=name, details={"form": name}) for name in names]


def open_engine(url: str) -> Engine:
    """As the application has it: on SQLite what was committed is on the disk."""
    if not url.startswith("sqlite"):
        return create_engine(url)
    engine = create_engine(url, module=sqlite, connect_args={"timeout": 60})
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode=WAL")
    return engine


def work(job: Job, pipe: Connection) -> None:
    """Posts batch after batch, each with its number on the pipe once it is committed."""
    engine = open_engine(job.url)
    for number in job.batches:
        with Session(engine) as session:
            answers = ledger.post_many(session, job.entries(number), now=NOW)
            if job.acknowledges_early:
                pipe.send((number, answers[0].replayed))
            _die(job, number, "before")
            session.commit()
            _die(job, number, "after")
        if not job.acknowledges_early:
            pipe.send((number, answers[0].replayed))
    pipe.close()


def _die(job: Job, number: int, moment: str) -> None:
    if (number, moment) == (job.fatal, job.moment):
        os.kill(os.getpid(), signal.SIGKILL)
