"""A book in which everything has happened once, and the most naive of sequencers."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session

import ledger
from ledger import POINT, Account, Act
from ledger.times import write_instant
from tests.ledger.sample import BOOK, FUND, GRAMS, HELD, HOME, NATURE, NOW, Scribe, drop_triggers, on_sqlite, run

EXPIRY = NOW + timedelta(days=30)
LATE = EXPIRY + timedelta(days=1)
LOT = Account(f"{HOME}:points:city:2026-07", POINT, expires_at=EXPIRY)
LATER_LOT = Account(f"{HOME}:points:city:2026-08", POINT, expires_at=EXPIRY + timedelta(days=60))
SHOP = Account("merchant:shop", POINT, floor=None)
EXPIRED = Account("expired:city", POINT, floor=None)
OPEN_HELD = Account("held:rdm_2", POINT)
CAP = Account("cap:day", POINT, floor=-5, ceiling=20)


SIZE = 13
"""Leaves; the other entries wait."""


def whole_store() -> Engine:
    """A store in memory with that book, in part in the log, which anybody may change."""
    store = create_engine("sqlite+pysqlite://", module=sqlite)
    with store.connect() as connection:
        _made().backup(connection.connection.driver_connection)
    run(store, "PRAGMA ignore_check_constraints = ON")
    return store


@lru_cache
def _made() -> Any:
    kept = sqlite.connect(":memory:")
    with on_sqlite() as store:
        make_whole(store)
        with store.connect() as connection:
            driver: Any = connection.connection.driver_connection
            driver.backup(kept)
    return kept


def make_whole(store: Engine) -> None:
    """Fills a new store, gives some of the entries their place in the log, and drops the triggers."""
    with Session(store) as session:
        fill(session)
        session.commit()
    sequence(store, 7, SIZE - 7)
    drop_triggers(store)


def fill(session: Session) -> None:
    """Deposits and actions of several homes, a hold in all its steps, reversals, a sweep, two closings, a bound.

    What is done has its name in its id: ``ent_hold``, ``ent_refund``.
    """
    scribe = Scribe(7)

    def post(entry: ledger.Entry, now: datetime = NOW) -> None:
        ledger.post(session, entry, now=now)

    post(scribe.deposit(1000, id="ent_deposit"))
    for number in range(4):
        home = f"resident:acc_{number}"
        grams, lot = Account(f"{home}:carbon", ledger.CARBON), Account(f"{home}:points", POINT)
        legs = (NATURE, -50), (grams, 50), (FUND, -3), (lot, 3)
        post(scribe.entry(*legs, home=home, id=f"ent_action_{number}"))
    post(scribe.entry((NATURE, -80), (GRAMS, 80), (FUND, -20), (LOT, 20), id="ent_lot"))
    post(scribe.entry((FUND, -9), (LATER_LOT, 9), id="ent_later_lot"))
    post(scribe.entry((FUND, -12), (CAP, 12), home="cap:day", id="ent_bound"))
    post(scribe.entry((FUND, -4), (LATER_LOT, 4), id="ent_undone"))
    scribe.reverse(session, "ent_undone", id="ent_undo")

    post(scribe.hold((LOT, 15), (LATER_LOT, 9), id="ent_hold"))
    act: dict[str, Any] = {"book": BOOK, "hold": "ent_hold", "now": NOW + timedelta(hours=1)}
    ledger.capture(session, into=SHOP, amount=6, stamp=scribe.stamp("ent_part"), **act)
    ledger.capture(session, into=SHOP, amount=11, stamp=scribe.stamp("ent_more"), **act)
    ledger.release(session, stamp=scribe.stamp("ent_release"), **act)
    scribe.reverse(session, "ent_more", id="ent_refund", now=NOW + timedelta(hours=2))
    deadline = NOW + timedelta(days=2)
    post(scribe.entry((LATER_LOT, -5), (OPEN_HELD, 5), act=Act.HOLD, deadline=deadline, id="ent_open_hold"))

    left = ledger.balance(session, BOOK, LOT.path)
    sweep = {"act": Act.SWEEP, "closes": (LOT.path,), "kind": "sweep", "id": "ent_sweep"}
    post(scribe.entry((LOT, -left), (EXPIRED, left), **sweep), LATE)
    post(scribe.entry(closes=(HELD.path,), kind="closing", id="ent_closing"), LATE)
    post(scribe.deposit(5, id="ent_top_up"), LATE)


def sequence(store: Engine, *batches: int) -> None:
    """Gives the first entries that wait their place in the log, so many a batch, each with a checkpoint at its end."""
    with store.begin() as connection:

        def run(sql: str, **values: Any) -> Any:
            return connection.execute(text(sql), {"book": BOOK} | values)

        leaves: list[bytes] = []
        for batch in batches:
            waiting = run(
                "SELECT entry_id, leaf_hash FROM ledger_pending JOIN ledger_entry ON id = entry_id "
                "WHERE ledger_pending.book = :book ORDER BY entry_id LIMIT :batch",
                batch=batch,
            ).all()
            for entry_id, leaf in waiting:
                leaves.append(leaf)
                at = len(leaves)
                run("INSERT INTO ledger_leaf VALUES (:book, :at, :id, :leaf)", at=at - 1, id=entry_id, leaf=leaf)
                run("DELETE FROM ledger_pending WHERE book = :book AND entry_id = :id", id=entry_id)
                for level in (level for level in range(1, 30) if at % (1 << level) == 0):
                    node = {"level": level, "at": (at >> level) - 1, "hash": tree_root(leaves[at - (1 << level) : at])}
                    run("INSERT INTO ledger_node VALUES (:book, :level, :at, :hash)", **node)
            run(
                "INSERT INTO ledger_checkpoint VALUES (:book, :size, :root, 'a note', :now)",
                size=len(leaves),
                root=tree_root(leaves),
                now=write_instant(NOW),
            )


def tree_root(leaves: Sequence[bytes]) -> bytes:
    """The definition of RFC 6962 section 2.1, word by word."""
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256().digest()
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + tree_root(leaves[:split]) + tree_root(leaves[split:])).digest()
