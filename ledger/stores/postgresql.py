"""PostgreSQL: many writers, so what is looked at is locked, in the order of its keys so that nobody waits in a ring.

Each step is one statement over arrays, whatever the size of the batch; the statements of a write go out in one
pipeline, so that a post costs two round trips.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
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
    "balance": "bigint", "floor": "bigint", "ceiling": "bigint",
}  # fmt: skip
"""Of the columns that are not text."""


def _arrays(columns: Sequence[str]) -> str:
    return ", ".join(f"%s::{_TYPES.get(column, 'text')}[]" for column in columns)


def _insert(table: str, columns: Sequence[str], end: str = "") -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) SELECT * FROM unnest({_arrays(columns)}){end}"  # noqa: S608 - ours


_KEY = ("book", "path", "stripe")
_ACCOUNTS = (
    "SELECT a.book, a.path, a.stripe, a.unit, a.floor, a.ceiling, a.expires_at, a.balance, a.opened_at, a.moved_at, "  # noqa: S608 - ours
    "a.held_by, a.closed_by FROM ledger_account a "
    f"JOIN unnest({_arrays(_KEY)}) AS w (book, path, stripe) USING (book, path, stripe) "
    "ORDER BY a.book, a.path, a.stripe"
)
_LOCK = f"{_ACCOUNTS} FOR UPDATE OF a"
_EARLIER = (
    "SELECT e.book, e.home, e.reference, e.id, e.kind, e.recorded_at, e.content_hash, e.leaf_hash FROM ledger_entry e "  # noqa: S608 - ours
    f"JOIN unnest({_arrays(('book', 'home', 'reference'))}) AS w (book, home, reference) USING (book, home, reference)"
)
_ENTRY = _insert("ledger_entry", ENTRY_COLUMNS)
_OPEN = _insert("ledger_account", OPENING_COLUMNS, " ON CONFLICT DO NOTHING")
_POSTING = _insert("ledger_posting", POSTING_COLUMNS)
_PENDING = _insert("ledger_pending", ("book", "entry_id"))
_MOVE = (
    "UPDATE ledger_account a SET balance = w.balance, moved_at = w.moved_at, closed_by = w.closed_by "  # noqa: S608 - ours
    f"FROM unnest({_arrays(_KEY)}, %s::bigint[], %s::bigint[], %s::timestamptz[], %s::text[]) "
    "AS w (book, path, stripe, seen, balance, moved_at, closed_by) "
    "WHERE a.book = w.book AND a.path = w.path AND a.stripe = w.stripe AND a.balance = w.seen"
)

_NODES = (
    "SELECT w.level, w.position, coalesce(n.hash, l.hash) FROM unnest(%s::smallint[], %s::bigint[]) "
    "AS w (level, position) CROSS JOIN (SELECT %s::text AS book) b "
    "LEFT JOIN ledger_node n ON w.level > 0 AND n.book = b.book AND n.level = w.level AND n.node_index = w.position "
    "LEFT JOIN ledger_leaf l ON w.level = 0 AND l.book = b.book AND l.leaf_index = w.position "
    "WHERE coalesce(n.hash, l.hash) IS NOT NULL"
)
LOG_LOCK = 0x67726C6F
"""The first half of the advisory locks of logs: any constant that nobody else in the database uses."""


class PostgresStore(Store):
    """Times are timestamptz; accounts are locked by the look."""

    conflict = "UniqueViolation"

    def begin(self) -> None:
        pass  # the driver begins with the first statement

    def roll_back(self) -> None:
        # A pipeline that fails skips the statements that it was to prepare, and psycopg would go on to execute them by
        # name. A rollback makes it forget all names, but only where it looks at the result: of what it prepares.
        self.driver.cursor().execute("ROLLBACK TO SAVEPOINT ledger", prepare=True)

    def look_at_accounts(self, keys: Sequence[AccountKey], known: Known) -> None:
        missing = self._accounts(_LOCK, keys, known)
        # What is fixed needs no lock, and one taken now would be out of the order of the keys. A row that is to move
        # and was missing stays so, even where somebody has opened it by now: it is not locked.
        fixed = {(book, path, 0) for book, path, stripe in missing if stripe}
        self._accounts(_ACCOUNTS, sorted(fixed.difference(missing)), known)

    def look_for_references(self, keys: Iterable[ReferenceKey], known: Known) -> None:
        wanted = list(keys)
        if not wanted:
            return
        for book, home, reference, *rest in self._execute(_EARLIER, _columns(wanted)):
            known.earlier[book, home, reference] = Earlier(rest[0], rest[1], rest[2].astimezone(UTC), rest[3], rest[4])

    def save(self, decision: Decision) -> None:
        # New rows too in the order of their keys: who inserts the same ones waits for us, and not we for them as well.
        # That goes for postings, for a writer whose accounts somebody else has just opened gets as far as those.
        new, moved = rows_to_write(decision)
        entries = sorted(decision.entries, key=_reference)
        counted = []
        with self.driver.pipeline():
            send: Callable[..., Any] = self._send
            if new:
                counted.append((send(_OPEN, map(_opening, new)), len(new)))
            if moved:
                counted.append((send(_MOVE, map(_move, moved)), len(moved)))
            send(_ENTRY, map(entry_row, entries))
            postings = sorted(decision.postings, key=_place)
            if postings:
                send(_POSTING, (
                    (p.book, p.entry_id, p.leg, p.path, p.stripe, p.unit, p.amount, p.recorded_at, p.balance)
                    for p in postings
                ))  # fmt: skip
            send(_PENDING, ((sealed.record.book, sealed.record.id) for sealed in entries))
        if any(cursor.rowcount != expected for cursor, expected in counted):
            raise Interfered

    def fetch(self, sql: str, *parameters: object) -> list[Row]:
        return self._execute(sql.replace("?", "%s"), parameters)

    def insert(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        self._send(_insert(table, columns), rows)

    def lock_log(self, book: str) -> None:
        # Two halves of one key: ours, and the book's.
        self._execute("SELECT pg_advisory_xact_lock(%s::int, %s::int)", (LOG_LOCK, crc32(book.encode()) - 2**31))

    def take_pending(self, book: str, entry_ids: Sequence[str]) -> None:
        self.driver.cursor().execute(
            "DELETE FROM ledger_pending WHERE book = %s AND entry_id = ANY(%s)", (book, list(entry_ids))
        )

    def read_nodes(self, book: str, nodes: Sequence[Node]) -> dict[Node, bytes]:
        found = {}
        levels, positions = [node.level for node in nodes], [node.position for node in nodes]
        for level, position, value in self._execute(_NODES, (levels, positions, book)):
            found[Node(level, position)] = bytes(value)
        return found

    def read_time(self, value: Any) -> datetime:
        instant: datetime = value.astimezone(UTC)
        return instant

    def write_expiry(self, stored: Any) -> str | None:
        return None if stored is None else write_instant(stored)

    def _execute(self, sql: str, parameters: Sequence[object]) -> list[Row]:
        rows: list[Row] = self.driver.cursor().execute(sql, parameters).fetchall()
        return rows

    def _accounts(self, sql: str, keys: Sequence[AccountKey], known: Known) -> list[AccountKey]:
        """The keys that have no row."""
        keys = [key for key in keys if key not in known.accounts]
        if not keys:
            return []
        for row in self._execute(sql, _columns(keys)):
            book, path, stripe, unit, floor, ceiling, expires_at, balance, opened_at, moved_at, held_by, closed_by = row
            account = Account(path, unit, floor, ceiling, None if expires_at is None else expires_at.astimezone(UTC))
            known.accounts[book, path, stripe] = AccountState(
                book, account, stripe, balance, self.read_time(opened_at), self.read_time(moved_at), held_by, closed_by,
                balance,
            )  # fmt: skip
        return [key for key in keys if key not in known.accounts]

    def _send(self, sql: str, rows: Iterable[Row]) -> Any:
        cursor = self.driver.cursor()
        cursor.execute(sql, _columns(list(rows)))
        return cursor


def _columns(rows: Sequence[Row]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]


def _place(posting: Posting) -> tuple[str, str, int, datetime]:
    return posting.book, posting.path, posting.stripe, posting.recorded_at


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
