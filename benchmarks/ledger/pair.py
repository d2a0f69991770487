"""Two ledgers beside one another that are given the same entries: one through the ledger, one by hand."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import text

import ledger
from benchmarks.ledger.actions import START, City
from benchmarks.ledger.by_hand import OnPostgres, OnSqlite, write_by_hand
from benchmarks.ledger.meter import Work, ratio_of, take_turns
from benchmarks.ledger.places import Place
from benchmarks.ledger.report import Aim, Finding
from greenlife.db import Database

AIM = Aim(1.5)
TABLES = ("ledger_account", "ledger_entry", "ledger_posting", "ledger_pending", "ledger_leaf", "ledger_node")


class Pair:
    """Both with a fund."""

    def __init__(self, place: Place, city: City) -> None:
        self.ours, self.theirs = place.open_new(), place.open_new()
        self.hand: OnSqlite | OnPostgres = write_by_hand(self.theirs)
        deposit = city.deposit()
        with self.ours.writing() as session:
            ledger.post(session, deposit, now=START)
        self.hand.post(deposit, START)

    def check(self) -> None:
        """Raises AssertionError, unless both wrote the same rows: otherwise the ratio compares two different things."""
        for table in TABLES:
            if rows_of(self.ours, table) != rows_of(self.theirs, table):
                raise AssertionError(f"the rows of {table} differ")

    def analyse(self) -> None:
        """What the server's own vacuum does now and then, which is off here."""
        for database in (self.ours, self.theirs):
            analyse(database)


def compare(title: str, place: Place, pair: Pair, sides: Mapping[str, Work], *, rounds: int, entries: int) -> Finding:
    """The sides ``ledger`` and ``by hand`` by turns."""
    costs = take_turns(sides, rounds=rounds, entries=entries, pids=place.pids)
    pair.check()
    ours, theirs = costs["ledger"], costs["by hand"]
    cpu = ratio_of([cost.cpu for cost in ours], [cost.cpu for cost in theirs])
    wall = ratio_of([cost.wall for cost in ours], [cost.wall for cost in theirs])
    return Finding(title, costs, [("CPU, ledger / by hand", cpu, AIM), ("wall, ledger / by hand", wall, None)])


def analyse(database: Database) -> None:
    if not database.is_sqlite:
        with database.writing() as session:
            session.connection().exec_driver_sql("ANALYZE")


def rows_of(database: Database, table: str) -> list[tuple[Any, ...]]:
    with database.reading() as session:
        return sorted((tuple(row) for row in session.execute(text(f"SELECT * FROM {table}"))), key=repr)
