"""PostgreSQL: many writers, so what is looked at is locked, in the order of its keys so that nobody waits in a ring.

Each step is one statement, whatever the size of the batch: about rows that are told one by one where they are few, as
arrays where they are many. An attempt is one pipeline, which waits where it needs an answer: for the look, for the
write, and for the end of the savepoint.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from typing import Any
from zlib import crc32

from ledger.accounts import Account
from ledger.known import AccountKey, AccountState, Decision, Earlier, Known, Posting, ReferenceKey
from ledger.seal import Sealed
from ledger.stores.store import (
    ENTRY_COLUMNS,
    OPENING_COLUMNS,
    POSTING_COLUMNS,
    Interfered,
    Row,
    Store,
    entry_row,
    rows_to_write,
)
from ledger.times import write_instant
from ledger.tlog.merkle import Node

_TYPES = {
    "occurred_at": "timestamptz", "recorded_at": "timestamptz", "expires_at": "timestamptz", "opened_at": "timestamptz",
    "moved_at": "timestamptz", "deadline": "timestamptz", "local_day": "date", "content_hash": "bytea", "salt": "bytea",
    "commitment": "bytea", "leaf_hash": "bytea", "hash": "bytea", "root": "bytea", "leaf_index": "bigint",
    "node_index": "bigint", "level": "smallint", "size": "bigint", "signed_at": "timestamptz", "leg": "smallint", "stripe": "smallint", "amount": "bigint",
    "balance": "bigint", "seen": "bigint", "floor": "bigint", "ceiling": "bigint",
}  # fmt: skip
"""Of the columns that are not text."""


_FEW = 10
"""Rows that are told one by one. The plan of a statement over arrays is made anew each time, which costs a single post
three times the server's CPU; a statement over many values costs more than one over arrays."""


class _Statement:
    """A statement about rows of these columns, which ``{rows}`` stands for in its text."""

    def __init__(self, sql: str, columns: Sequence[str]) -> None:
        self._sql, self._names = sql, ", ".join(columns)
        self._types = [_TYPES.get(column, "text") for column in columns]
        self._arrays = self._about(f"unnest({', '.join(f'%s::{name}[]' for name in self._types)})")
        self._few = tuple(map(self._values, range(1, _FEW + 1)))

    def send(self, cursor: Any, rows: Sequence[Row]) -> Any:
        """The cursor, which has been told to execute it."""
        if len(rows) > _FEW:
            return cursor.execute(self._arrays, [_array(column) for column in zip(*rows, strict=True)])
        # Integers as text, or the server would have a statement to prepare for each mixture of their sizes.
        values = [str(value) if type(value) is int else value for row in rows for value in row]
        return cursor.execute(self._few[len(rows) - 1], values)

    def _values(self, count: int) -> str:
        row = f"({', '.join(f'%s::{name}' for name in self._types)})"
        return self._about(f"(VALUES {', '.join([row] * count)})")

    def _about(self, rows: str) -> str:
        return self._sql.format(rows=f"{rows} AS w ({self._names})")


@cache
def _insert(table: str, columns: tuple[str, ...], end: str = "") -> _Statement:
    return _Statement(f"INSERT INTO {table} ({', '.join(columns)}) SELECT * FROM {{rows}}{end}", columns)  # noqa: S608 - ours


_KEY = ("book", "path", "stripe")
_ACCOUNT = (
    "SELECT a.book, a.path, a.stripe, a.unit, a.floor, a.ceiling, a.expires_at, a.balance, a.opened_at, a.moved_at, "
    "a.held_by, a.closed_by FROM ledger_account a JOIN {rows} USING (book, path, stripe) "
    "ORDER BY a.book, a.path, a.stripe"
)
_ACCOUNTS = _Statement(_ACCOUNT, _KEY)
_LOCK = _Statement(f"{_ACCOUNT} FOR UPDATE OF a", _KEY)
_EARLIER = _Statement(
    "SELECT e.book, e.home, e.reference, e.id, e.kind, e.recorded_at, e.content_hash, e.leaf_hash FROM ledger_entry e "
    "JOIN {rows} USING (book, home, reference)",
    ("book", "home", "reference"),
)
_ENTRY = _insert("ledger_entry", ENTRY_COLUMNS)
_OPEN = _insert("ledger_account", OPENING_COLUMNS, " ON CONFLICT DO NOTHING")
_POSTING = _insert("ledger_posting", POSTING_COLUMNS)
_PENDING = _insert("ledger_pending", ("book", "entry_id"))
_MOVE = _Statement(
    "UPDATE ledger_account a SET balance = w.balance, moved_at = w.moved_at, closed_by = w.closed_by FROM {rows} "
    "WHERE a.book = w.book AND a.path = w.path AND a.stripe = w.stripe AND a.balance = w.seen",
    (*_KEY, "seen", "balance", "moved_at", "closed_by"),
)

# Looked up one by one: as a join its plan would be made anew each time, and cost more than the look itself.
_NODES = (
    "SELECT w.level, w.position, CASE WHEN w.level = 0 "
    "THEN (SELECT l.hash FROM ledger_leaf l WHERE l.book = b.book AND l.leaf_index = w.position) "
    "ELSE (SELECT n.hash FROM ledger_node n WHERE n.book = b.book AND n.level = w.level AND n.node_index = w.position) "
    "END FROM unnest(%s::smallint[], %s::bigint[]) AS w (level, position) CROSS JOIN (SELECT %s::text AS book) b"
)
LOG_LOCK = 0x67726C6F
"""The first half of the advisory locks of logs: any constant that nobody else in the database uses."""


class PostgresStore(Store):
    """Times are timestamptz; accounts are locked by the look."""

    conflict = "UniqueViolation"
    _pipeline: Any

    def begin(self) -> None:
        pass  # the driver begins with the first statement

    def roll_back(self) -> None:
        # A pipeline that fails skips the statements that it was to prepare, and psycopg would go on to execute them by
        # name. A rollback makes it forget all names, but only where it looks at the result: of what it prepares.
        self.driver.cursor().execute("ROLLBACK TO SAVEPOINT ledger", prepare=True)

    @contextmanager
    def together(self) -> Iterator[None]:
        with self.driver.pipeline() as self._pipeline:
            yield

    def look_at(self, accounts: Sequence[AccountKey], references: Collection[ReferenceKey], known: Known) -> None:
        # Both are sent before either is read.
        rows = _LOCK.send(self.driver.cursor(), accounts) if accounts else ()
        earlier = _EARLIER.send(self.driver.cursor(), list(references)) if references else ()
        self._know(rows, known)
        # What is fixed needs no lock, and one taken now would be out of the order of the keys. A row that is to move
        # and was missing stays so, even where somebody has opened it by now: it is not locked.
        fixed = {(book, path, 0) for book, path, stripe in accounts if (book, path, stripe) not in known.accounts}
        fixed.difference_update(accounts)
        if fixed:
            self._know(_ACCOUNTS.send(self.driver.cursor(), sorted(fixed)), known)
        for book, home, reference, entry_id, kind, recorded_at, content_hash, leaf_hash in earlier:
            known.earlier[book, home, reference] = Earlier(
                entry_id, kind, recorded_at.astimezone(UTC), content_hash, leaf_hash
            )

    def save(self, decision: Decision) -> None:
        # New rows too in the order of their keys: who inserts the same ones waits for us, and not we for them as well.
        # That goes for postings, for a writer whose accounts somebody else has just opened gets as far as those.
        new, moved = rows_to_write(decision)
        entries = sorted(decision.entries, key=_reference)
        cursor, counted = self.driver.cursor(), []
        if new:
            counted.append((_OPEN.send(self.driver.cursor(), list(map(_opening, new))), len(new)))
        if moved:
            counted.append((_MOVE.send(self.driver.cursor(), list(map(_move, moved))), len(moved)))
        _ENTRY.send(cursor, list(map(entry_row, entries)))
        if decision.postings:
            _POSTING.send(cursor, _by_account(decision))
        _PENDING.send(cursor, [(sealed.record.book, sealed.record.id) for sealed in entries])
        self._pipeline.sync()
        if any(cursor.rowcount != expected for cursor, expected in counted):
            raise Interfered

    def fetch(self, sql: str, *parameters: object) -> list[Row]:
        return self._execute(sql.replace("?", "%s"), parameters)

    def insert(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        _insert(table, tuple(columns)).send(self.driver.cursor(), rows)

    def lock_log(self, book: str) -> None:
        # Two halves of one key: ours, and the book's.
        self._execute("SELECT pg_advisory_xact_lock(%s::int, %s::int)", (LOG_LOCK, crc32(book.encode()) - 2**31))

    def take_pending(self, book: str, entry_ids: Sequence[str]) -> None:
        self.driver.cursor().execute(
            "DELETE FROM ledger_pending WHERE book = %s AND entry_id = ANY(%s)", (book, list(entry_ids))
        )

    def read_nodes(self, book: str, nodes: Sequence[Node]) -> dict[Node, bytes]:
        rows = self._execute(_NODES, (*map(_array, zip(*nodes, strict=True)), book)) if nodes else []
        return {Node(level, position): value for level, position, value in rows if value is not None}

    def read_time(self, value: Any) -> datetime:
        instant: datetime = value.astimezone(UTC)
        return instant

    def write_expiry(self, stored: Any) -> str | None:
        return None if stored is None else write_instant(stored)

    def _execute(self, sql: str, parameters: Sequence[object]) -> list[Row]:
        rows: list[Row] = self.driver.cursor().execute(sql, parameters).fetchall()
        return rows

    def _know(self, rows: Iterable[Row], known: Known) -> None:
        for row in rows:
            book, path, stripe, unit, floor, ceiling, expires_at, balance, opened_at, moved_at, held_by, closed_by = row
            account = Account(path, unit, floor, ceiling, None if expires_at is None else expires_at.astimezone(UTC))
            known.accounts[book, path, stripe] = AccountState(
                book, account, stripe, balance, self.read_time(opened_at), self.read_time(moved_at), held_by, closed_by,
                balance,
            )  # fmt: skip


def _array(values: Sequence[Any]) -> str:
    """As text: psycopg's own way with lists takes five times the CPU."""
    # Of most columns all values are texts without a quote, which need no look at each.
    if type(values[0]) is str and None not in values:
        joined = '","'.join(values)
        if "\\" not in joined and joined.count('"') == 2 * (len(values) - 1):
            return f'{{"{joined}"}}'
    return f"{{{','.join(map(_element, values))}}}"


def _element(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bytes):
        return f'"\\\\x{value.hex()}"'
    if isinstance(value, int):
        return str(value)
    text = str(value)
    if "\\" in text or '"' in text:
        text = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def _by_account(decision: Decision) -> list[Posting]:
    """The postings in the order of their rows of accounts, those of one row in that of their times, as decided."""
    places = {key: place for place, key in enumerate(sorted(decision.accounts))}
    return sorted(decision.postings, key=lambda posting: places[posting.book, posting.path, posting.stripe])


def _reference(sealed: Sealed) -> ReferenceKey:
    return sealed.record.book, sealed.record.reference, sealed.record.home


def _opening(state: AccountState) -> Row:
    account = state.account
    return (
        state.book, account.path, state.stripe, account.unit, account.floor, account.ceiling, account.expires_at,
        state.held_by, state.opened_at, state.balance, state.moved_at, state.closed_by,
    )  # fmt: skip


def _move(state: AccountState) -> Row:
    path = state.account.path
    return state.book, path, state.stripe, state.seen, state.balance, state.moved_at, state.closed_by
