"""A small ledger to test with: a store of either kind, entries of one book, and a look at all that is written."""

import os
import random
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.orm import Session

import ledger
from ledger import CARBON, POINT, Account, Act, Entry, Leg, Posted, Stamp
from tests.postgres import Server

NOW = datetime(2026, 6, 5, 4, 0, tzinfo=UTC)
DAY = date(2026, 6, 5)
BOOK = "huzhou-deqing"
HOME = "resident:acc_1"

NATURE = Account("nature:huzhou-deqing", CARBON, floor=None)
GRAMS = Account(f"{HOME}:carbon", CARBON)
SPONSOR = Account("sponsor:city", POINT, floor=None)
FUND = Account("fund:city", POINT)
LOT = Account(f"{HOME}:points:city:2027-06", POINT)
LATER_LOT = Account(f"{HOME}:points:city:2027-07", POINT)
HELD = Account("held:rdm_1", POINT)
MERCHANT = Account("merchant:mill", POINT, floor=None)
EXPIRED = Account("expired:city", POINT, floor=None)

BAD_TIMES: tuple[Any, ...] = (
    NOW.replace(tzinfo=None), date(2026, 6, 5), None, "2026-06-05T04:00:00Z", 1780632000, datetime.max.replace(tzinfo=UTC),
    datetime.min.replace(tzinfo=UTC), datetime.min.replace(tzinfo=timezone(timedelta(hours=8))),
)  # fmt: skip
"""None of them is an instant that every store can keep and show."""

TABLES = (
    "ledger_account", "ledger_entry", "ledger_posting", "ledger_pending", "ledger_leaf", "ledger_node",
    "ledger_checkpoint",
)  # fmt: skip

GUARDED = tuple(name for name in TABLES if name != "ledger_pending")
"""All but the queue of the log."""

THOROUGH = bool(os.environ.get("GREENLIFE_TEST_THOROUGH"))
"""Whether to take as long as it needs: more machines, more rounds."""

MOST_THREADS = 32
"""That write to one store at the same time."""

STORES = ("sqlite", "postgresql")
OpenStore = Callable[..., AbstractContextManager[Engine]]
"""Gives a new store; a path given to it is where SQLite keeps the store that threads are to share."""

SQLITE_ONLY = pytest.mark.parametrize("open_store", ["sqlite"], indirect=True)
POSTGRESQL_ONLY = pytest.mark.parametrize("open_store", ["postgresql"], indirect=True)


@contextmanager
def on_sqlite(path: Path | None = None) -> Iterator[Engine]:
    """A new ledger on SQLite, in memory or in a file, which threads can share."""
    url = f"sqlite+pysqlite:///{path}" if path else "sqlite+pysqlite://"
    engine = create_engine(url, module=sqlite, connect_args={"timeout": 60})
    if path:
        event.listen(
            engine,
            "connect",
            lambda connection, _: connection.execute("PRAGMA journal_mode=WAL"),
        )
    make_tables(engine)
    yield engine
    engine.dispose()


@contextmanager
def on_postgresql(server: Server) -> Iterator[Engine]:
    """A new ledger in a database of its own."""
    url = server.create_database(make_tables)
    # A test that waits for its own lock is to fail and not to hang.
    options = {"options": "-c lock_timeout=30s"}
    engine = create_engine(url, pool_size=MOST_THREADS, connect_args=options)
    yield engine
    engine.dispose()
    server.drop_database(url)


def make_tables(engine: Engine) -> None:
    """The ledger's tables, append-only."""
    ledger.metadata.create_all(engine, tables=[ledger.metadata.tables[name] for name in TABLES])
    run(engine, *ledger.append_only_ddl(engine.dialect.name))


def drop_triggers(engine: Engine) -> None:
    """Takes the database's own protection away."""
    run(engine, *ledger.drop_append_only_ddl(engine.dialect.name))


def run(engine: Engine, *statements: str) -> None:
    """Writes to the store as somebody would who goes round the ledger."""
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def everything(session: Session) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, as this session sees them."""
    return {name: sorted(map(tuple, session.execute(text(f"SELECT * FROM {name}"))), key=repr) for name in TABLES}


class Scribe:
    """Makes entries with ids and salts from a seed."""

    def __init__(self, seed: int = 1) -> None:
        self.entropy = random.Random(seed).randbytes

    def entry(self, *legs: tuple[Account, int], **fields: Any) -> Entry:
        """An entry of HOME; whatever is not given is plausible and new."""
        new = ledger.new_id("ent", self.entropy)
        entry = Entry(
            id=new,
            book=BOOK,
            home=HOME,
            reference=f"form:{new}",
            kind="action",
            occurred_at=NOW,
            local_day=DAY,
            legs=tuple(Leg(account, amount) for account, amount in legs),
            details={"action": "bus_ride", "quantity": "3.20"},
            salt=self.entropy(32),
            commitment=self.entropy(32),
        )
        return replace(entry, **fields)

    def deposit(self, amount: int, **fields: Any) -> Entry:
        """Points into the fund."""
        fields = {"home": "fund:city", "kind": "deposit"} | fields
        return self.entry((SPONSOR, -amount), (FUND, amount), **fields)

    def action(self, mg: int = 325_000, points: int = 3, **fields: Any) -> Entry:
        """Grams and points for a resident."""
        return self.entry((NATURE, -mg), (GRAMS, mg), (FUND, -points), (LOT, points), **fields)

    def reverse(self, session: Session, entry_id: str, **fields: Any) -> Posted:
        """The reversal of an entry, posted."""
        new = ledger.new_id("ent", self.entropy)
        asked: dict[str, Any] = {"book": BOOK, "entry_id": entry_id, "now": NOW}
        asked |= {name: fields.pop(name) for name in ("book", "now") if name in fields}
        stamp = self.stamp(new, reference=f"undo:{new}", kind="reversal", details={"reason": "weighed_twice"})
        return ledger.reverse(session, stamp=replace(stamp, **fields), **asked)

    def stamp(self, new: str = "", **fields: Any) -> Stamp:
        """What an entry brings that no rule gives it; whatever is not given is plausible and new."""
        new = new or ledger.new_id("ent", self.entropy)
        stamp = Stamp(
            id=new,
            reference=f"form:{new}",
            kind="act",
            occurred_at=NOW,
            local_day=DAY,
            details={},
            salt=self.entropy(32),
            commitment=self.entropy(32),
        )
        return replace(stamp, **fields)

    def capture(self, session: Session, hold: str, into: Account, amount: Any = None, **fields: Any) -> Posted:
        """A part of a hold, or all that is left of it, captured."""
        asked, stamp = self._act(fields, kind="capture")
        return ledger.capture(session, hold=hold, into=into, amount=amount, stamp=stamp, **asked)

    def release(self, session: Session, hold: str, **fields: Any) -> Posted:
        """What is left of a hold, released."""
        asked, stamp = self._act(fields, kind="release")
        return ledger.release(session, hold=hold, stamp=stamp, **asked)

    def _act(self, fields: dict[str, Any], **stamped: Any) -> tuple[dict[str, Any], Stamp]:
        asked = {"book": BOOK, "now": NOW} | {name: fields.pop(name) for name in ("book", "now") if name in fields}
        return asked, self.stamp(**stamped | fields)

    def hold(self, *spent: tuple[Account, int], **fields: Any) -> Entry:
        """Points of the lots held for two days."""
        total = sum(points for _, points in spent)
        legs = (*((account, -points) for account, points in spent), (HELD, total))
        return self.entry(*legs, **{"kind": "hold", "act": Act.HOLD, "deadline": NOW + timedelta(days=2)} | fields)
