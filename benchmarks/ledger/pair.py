"""Two ledgers beside one another that are given the same entries: one through the ledger, one by hand."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import text

import ledger
from benchmarks.ledger.actions import City, time_of
from benchmarks.ledger.by_hand import OnPostgres, OnSqlite, write_by_hand, write_in
from benchmarks.ledger.meter import Work, ratio_of, take_turns
from benchmarks.ledger.places import Place
from benchmarks.ledger.report import Aim, Finding
from greenlife.db import Database
from ledger import Entry

AIM = Aim(1.5)
TABLES = ("ledger_account", "ledger_entry", "ledger_posting", "ledger_pending", "ledger_leaf", "ledger_node")


class Pair:
    """Both with a fund, and a third one that is written by hand inside the same kind of transaction as ours."""

    def __init__(self, place: Place, city: City) -> None:
        self.ours, self._bare, self.inside = place.open_new(), place.open_new(), place.open_new()
        self.hand: OnSqlite | OnPostgres = write_by_hand(self._bare)
        self.post([city.deposit()])

    def post(self, batch: Sequence[Entry]) -> None:
        """The same entries in all three."""
        now = time_of(batch[-1])
        with self.ours.writing() as session:
            ledger.post_many(session, batch, now=now)
        with self.inside.writing() as session:
            write_in(session).post_many(batch, now)
        self.hand.post_many(batch, now)

    def check(self) -> None:
        """Raises AssertionError, unless all wrote the same rows: otherwise the ratio compares two different things."""
        for table in TABLES:
            rows = rows_of(self.ours, table)
            if not rows == rows_of(self._bare, table) == rows_of(self.inside, table):
                raise AssertionError(f"the rows of {table} differ")

    def analyse(self) -> None:
        """What the server's own vacuum does now and then, which is off here."""
        for database in (self.ours, self._bare, self.inside):
            analyse(database)


def compare(title: str, place: Place, pair: Pair, sides: Mapping[str, Work], *, rounds: int, entries: int) -> Finding:
    """The side ``ledger`` against each other one, by turns; the aim is about the last."""
    costs = take_turns(sides, rounds=rounds, entries=entries, pids=place.pids)
    pair.check()
    ratios = []
    *_, last = sides
    for name, theirs in costs.items():
        if name != "ledger":
            cpu = ratio_of([cost.cpu for cost in costs["ledger"]], [cost.cpu for cost in theirs])
            ratios.append((f"CPU, ledger / {name}", cpu, AIM if name == last else None))
    return Finding(title, costs, ratios)


def analyse(database: Database) -> None:
    if not database.is_sqlite:
        with database.writing() as session:
            session.connection().exec_driver_sql("ANALYZE")


def rows_of(database: Database, table: str) -> list[tuple[Any, ...]]:
    with database.reading() as session:
        return sorted((tuple(row) for row in session.execute(text(f"SELECT * FROM {table}"))), key=repr)
