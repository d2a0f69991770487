"""Changes at random: a thousand of them, one at a time, to any row of any table. Each is found, and its row named.

Named means: the difference points at the row itself; or, where the first thing that no longer fits is what stands
beside it, at a row of the same entry, of the same account, of the entries linked to these, or of the same tree. A leg
that moved to another account is such a change: what no longer fits is the hash of its entry.

Left out is what nothing in the book contradicts: a checkpoint that is gone, its note, and when it was signed. These are
held against the one that is kept outside.
"""

import random
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

import ledger
from ledger import Difference, metadata
from tests.ledger.sample import BOOK, TABLES
from tests.ledger.whole_book import whole_store

Row = dict[str, Any]

FREE = {("ledger_checkpoint", "note"), ("ledger_checkpoint", "signed_at"), ("ledger_checkpoint", "book")}
LINKS = ("id", "entry_id", "reverses", "hold", "held_by", "closed_by", "path")
TREE = ("ledger_leaf", "ledger_node", "ledger_checkpoint")
ODD = (None, "", "x", "ent_hold", "2026-06-05T04:00:00.000000Z", 0, -1, 7, 2**62, 0.5, 1e300, b"", b"\x00" * 32)
KEYS = {name: [column.name for column in metadata.tables[name].primary_key.columns] for name in TABLES}


class Vandal:
    """Changes one thing at a time."""

    def __init__(self, connection: Connection, seed: int) -> None:
        self.connection = connection
        self.random = random.Random(seed)
        self.rows = {name: list(self.read(name)) for name in TABLES}

    def read(self, table: str) -> Iterator[Row]:
        return map(dict, self.connection.exec_driver_sql(f"SELECT * FROM {table}").mappings())

    def strike(self) -> tuple[str, bool]:
        """The table, and whether it took the change."""
        table = self.random.choice(TABLES)
        kinds = [self.edit, self.edit, self.edit, self.copy, self.swap]
        kinds += [] if table == "ledger_checkpoint" else [self.delete]
        try:
            self.random.choice(kinds)(table)
        except IntegrityError:
            return table, False
        return table, True

    def edit(self, table: str) -> None:
        old = self.random.choice(self.rows[table])
        column = self.column(table, old)
        self.update(table, old, old | {column: self.other(table, column, old[column])})

    def delete(self, table: str) -> None:
        self.run(f"DELETE FROM {table} WHERE {where(table)}", key(table, self.random.choice(self.rows[table])))

    def copy(self, table: str) -> None:
        new = dict(self.random.choice(self.rows[table]))
        for column in {*KEYS[table], "entry_id", "reference", "recorded_at"} & set(new) - {"book"}:
            new[column] = self.other(table, column, new[column])
        self.run(f"INSERT INTO {table} VALUES ({', '.join('?' * len(new))})", tuple(new.values()))

    def swap(self, table: str) -> None:
        one, other = self.random.sample(self.rows[table], 2)
        column = self.column(table, one)
        aside = one | {column: "aside"}
        self.update(table, one, aside)
        self.update(table, other, other | {column: one[column]})
        self.update(table, aside, one | {column: other[column]})

    def column(self, table: str, row: Row) -> str:
        return self.random.choice([name for name in row if (table, name) not in FREE])

    def other(self, table: str, column: str, value: Any) -> Any:
        """Another value of this column, mostly one that it could have."""
        near: list[Any] = [row[column] for row in self.rows[table]]
        if isinstance(value, int):
            near += [value + 1, value - 1, -value]
        elif isinstance(value, str):
            near += [value + "0", value[:-2] + "1" + value[-1:], value.upper()]
        elif isinstance(value, bytes):
            near += [bytes([value[0] ^ 1]) + value[1:]]
        pool = near if self.random.random() < 0.8 else ODD
        return self.random.choice(pool)

    def update(self, table: str, old: Row, new: Row) -> None:
        to = ", ".join(f"{column} = ?" for column in new)
        self.run(f"UPDATE {table} SET {to} WHERE {where(table)}", (*new.values(), *key(table, old)))

    def run(self, sql: str, values: tuple[Any, ...]) -> None:
        self.connection.exec_driver_sql(sql, values)


def where(table: str) -> str:
    return " AND ".join(f"{column} = ?" for column in KEYS[table])


def key(table: str, row: Row) -> tuple[Any, ...]:
    return tuple(row[column] for column in KEYS[table])


def is_row(difference: Difference, table: str, rows: list[Row]) -> bool:
    return difference.table == table and difference.key in [key(table, row) for row in rows]


def is_beside(difference: Difference, table: str, rows: list[Row], sound: dict[str, list[Row]]) -> bool:
    """Whether the row of the difference has an entry or an account in common with the changed ones, or the tree."""
    if difference.table in TREE and table in TREE:
        return True
    there = [row for row in sound[difference.table] if key(difference.table, row) == difference.key]
    if difference.table == "ledger_entry":
        there += [leg for leg in sound["ledger_posting"] if leg["entry_id"] == difference.key[1]]
    return bool(names(rows) & (names(there) | set(difference.key[1:2])))


def names(rows: list[Row]) -> set[Any]:
    return {row[column] for row in rows for column in LINKS if row.get(column) is not None}


def changed(before: list[Row], after: list[Row]) -> list[Row]:
    """The rows that are on one side only, as they were and as they are."""
    return [row for row in before if row not in after] + [row for row in after if row not in before]


@pytest.mark.parametrize("seed", range(4))
def test_each_of_many_changes_is_found_and_its_row_named(seed: int) -> None:
    store = whole_store()
    exact = rounds = 0
    with store.connect() as connection, Session(connection) as session:
        vandal = Vandal(connection, seed)
        while rounds < 250:
            connection.exec_driver_sql("SAVEPOINT vandal")
            table, struck = vandal.strike()
            rows = changed(vandal.rows[table], list(vandal.read(table))) if struck else []
            if rows:
                difference = ledger.check_book(session, BOOK)
                assert difference is not None, (table, rows)
                named = is_row(difference, table, rows)
                assert named or is_beside(difference, table, rows, vandal.rows), (difference, table, rows)
                exact, rounds = exact + named, rounds + 1
            connection.exec_driver_sql("ROLLBACK TO vandal")
            connection.exec_driver_sql("RELEASE vandal")
        assert ledger.check_book(session, BOOK) is None
    print(exact, rounds)
    assert exact > 0.7 * rounds
