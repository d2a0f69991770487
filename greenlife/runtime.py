"""What a running installation consists of; the faces find it at ``app.extensions["greenlife"]``."""

import hashlib
import hmac
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Event

from sqlalchemy import select

from greenlife.db import Database, at_head, open_database
from greenlife.errors import ConfigInvalid, NotADemo
from greenlife.models import Installation
from greenlife.programme import Programme, load_programme
from greenlife.residents import CodeSender, ConsoleSender, ScreenSender
from greenlife.settings import Settings
from ledger import Entropy


@dataclass(frozen=True, kw_only=True)
class Runtime:
    """The parts that use cases are handed: clock, randomness and sender can be others in tests."""

    settings: Settings
    database: Database
    programme: Programme
    sender: CodeSender
    clock: Callable[[], datetime]
    entropy: Entropy
    key: bytes
    """Derives one-time codes; itself derived from the secret key, so that one leak does not give the other."""
    stopping: Event = field(default_factory=Event)
    """Set when the process is to end: what takes long looks at it between two steps that can be gone on with later."""


def utc_now() -> datetime:
    return datetime.now(UTC)


def open_runtime(settings: Settings) -> Runtime:
    """Everything opened and checked; raises ConfigInvalid when the database is not ready for these settings."""
    database = open_database(settings.database_url)
    if not at_head(database):
        raise ConfigInvalid(where="database", key="schema", why="run `greenlife db upgrade` first")
    check_installation(database, settings)
    return Runtime(
        settings=settings,
        database=database,
        programme=load_programme(settings.city, more_actions=settings.more_actions),
        sender=ScreenSender() if settings.demo else ConsoleSender(),
        clock=utc_now,
        entropy=os.urandom,
        key=hmac.digest(settings.secret_key.encode(), b"greenlife one-time codes", hashlib.sha256),
    )


def check_installation(database: Database, settings: Settings) -> None:
    """Raises NotADemo for demo settings on a real city's data, ConfigInvalid for another city's data."""
    with database.reading() as session:
        installation = session.scalar(select(Installation))
    if installation is None:
        if settings.demo:
            raise NotADemo(where="database", key="GREENLIFE_DEMO", why="this database was not made by the demo")
        return
    if settings.demo and installation.demo_seed is None:
        raise NotADemo(where="database", key="GREENLIFE_DEMO", why="this database was not made by the demo")
    if installation.city != settings.city:
        raise ConfigInvalid(where="database", key="GREENLIFE_CITY", why=f"this database is of {installation.city}")
