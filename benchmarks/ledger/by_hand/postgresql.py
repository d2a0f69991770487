"""By hand on PostgreSQL: psycopg's cursor and pipeline, one transaction for each call."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from datetime import UTC, datetime
from typing import Any

from benchmarks.ledger.by_hand.hashes import ENTRY, instant
from benchmarks.ledger.by_hand.log import add_leaves
from benchmarks.ledger.by_hand.plan import OPENING, POSTING, Key, Plan, keys_of, make_plan, moved_keys, opening_rows
from ledger import Entry

_ACCOUNTS = (
    "SELECT book, path, stripe, balance, moved_at FROM ledger_account WHERE (book, path, stripe) IN ({}) "
    "ORDER BY book, path, stripe FOR UPDATE"
)
_ACCOUNTS_OF_MANY = (
    "SELECT a.book, a.path, a.stripe, a.balance, a.moved_at FROM ledger_account a "
    "JOIN unnest(%s::text[], %s::text[], %s::smallint[]) AS w (book, path, stripe) USING (book, path, stripe) "
    "ORDER BY a.book, a.path, a.stripe FOR UPDATE OF a"
)
_EARLIER = (
    "SELECT e.book, e.home, e.reference, e.content_hash, e.leaf_hash FROM ledger_entry e "
    "JOIN unnest(%s::text[], %s::text[], %s::text[]) AS w (book, home, reference) USING (book, home, reference)"
)
_ONE_EARLIER = (
    "SELECT book, home, reference, content_hash, leaf_hash FROM ledger_entry "
    "WHERE book = %s AND home = %s AND reference = %s"
)
_MOVE = (
    "UPDATE ledger_account a SET balance = w.balance, moved_at = w.moved_at FROM (VALUES {}) "
    "AS w (book, path, stripe, balance, moved_at) WHERE a.book = w.book AND a.path = w.path AND a.stripe = w.stripe"
)
_MOVED = "(%s::text, %s::text, %s::smallint, %s::bigint, %s::timestamptz)"
_MOVE_MANY = (
    "UPDATE ledger_account a SET balance = w.balance, moved_at = w.moved_at "
    "FROM unnest(%s::text[], %s::text[], %s::smallint[], %s::bigint[], %s::timestamptz[]) "
    "AS w (book, path, stripe, balance, moved_at) WHERE a.book = w.book AND a.path = w.path AND a.stripe = w.stripe"
)
_WAITING = (
    "SELECT e.id, e.home, e.reference, e.kind, e.occurred_at, e.recorded_at, e.local_day, e.details, e.salt, "
    "e.commitment, e.leaf_hash FROM ledger_pending q JOIN ledger_entry e ON e.book = q.book AND e.id = q.entry_id "
    "WHERE q.book = %s ORDER BY q.entry_id LIMIT %s"
)
_LINES = (
    "SELECT q.entry_id, p.path, p.unit, a.floor, a.ceiling, a.expires_at, p.amount "
    "FROM (SELECT entry_id FROM ledger_pending WHERE book = %s ORDER BY entry_id LIMIT %s) q "
    "JOIN ledger_posting p ON p.book = %s AND p.entry_id = q.entry_id "
    "JOIN ledger_account a ON a.book = p.book AND a.path = p.path AND a.stripe = 0 ORDER BY p.entry_id, p.leg"
)
_PEAKS = (
    "SELECT level, hash FROM ledger_node JOIN unnest(%s::smallint[], %s::bigint[]) AS w (level, node_index) "
    "USING (level, node_index) WHERE book = %s UNION ALL "
    "SELECT 0, hash FROM ledger_leaf WHERE book = %s AND leaf_index = %s"
)
_TAKE = "DELETE FROM ledger_pending WHERE book = %s AND entry_id = ANY(%s)"
_FEW = 10
"""Rows that are told one by one; more are copied."""


class OnPostgres:
    """Through a connection, whose transactions are begun and ended here unless it is ``borrowed``."""

    def __init__(self, connection: Any, *, borrowed: bool = False) -> None:
        self._connection = connection
        self._transaction: Callable[[], Any] = nullcontext if borrowed else connection.transaction
        if not borrowed:
            connection.autocommit = True  # or psycopg would begin one around ours

    def post(self, entry: Entry, now: datetime) -> bytes:
        """The leaf hash, at two round trips: one that looks and locks, one that writes and commits."""
        with self._connection.pipeline(), self._transaction():
            cursor, other = self._connection.cursor(), self._connection.cursor()
            keys = keys_of([entry])
            places = ", ".join(["(%s, %s, %s)"] * len(keys))
            cursor.execute(_ACCOUNTS.format(places), [part for key in keys for part in key])
            other.execute(_ONE_EARLIER, (entry.book, entry.home, entry.reference))
            plan = _plan([entry], cursor.fetchall(), other.fetchall(), now)
            if plan.rows:
                self._update(plan)
                self._insert("ledger_entry", ENTRY, plan.rows)
                self._insert("ledger_posting", POSTING, plan.postings)
                self._insert("ledger_pending", "book, entry_id", [plan.rows[0][:2]])
        return plan.hashes[0]

    def post_many(self, entries: Sequence[Entry], now: datetime) -> list[bytes]:
        """The leaf hashes, all or none."""
        with self._transaction():
            cursor = self._connection.cursor()
            accounts = cursor.execute(_ACCOUNTS_OF_MANY, _columns(keys_of(entries))).fetchall()
            references = [(entry.book, entry.home, entry.reference) for entry in entries]
            earlier = cursor.execute(_EARLIER, _columns(references)).fetchall()
            plan = _plan(entries, accounts, earlier, now)
            if plan.rows:
                self._update(plan)
                _copy(cursor, "ledger_entry", ENTRY, plan.rows)
                _copy(cursor, "ledger_posting", POSTING, plan.postings)
                _copy(cursor, "ledger_pending", "book, entry_id", (row[:2] for row in plan.rows))
        return plan.hashes

    def sequence(self, book: str, limit: int) -> int:
        """How many entries got their place in the log."""
        with self._transaction():
            cursor = self._connection.cursor()
            cursor.execute("SELECT pg_advisory_xact_lock(1)")
            last = cursor.execute("SELECT max(leaf_index) FROM ledger_leaf WHERE book = %s", (book,)).fetchone()[0]
            size = 0 if last is None else last + 1
            levels = [level for level in range(1, size.bit_length()) if size >> level & 1]
            at = [(size >> level) - 1 for level in levels]
            last_leaf = size - 1 if size & 1 else -1
            peaks = dict(cursor.execute(_PEAKS, (levels, at, book, book, last_leaf)).fetchall())
            lines = [
                (*line[:5], None if line[5] is None else instant(line[5]), line[6])
                for line in cursor.execute(_LINES, (book, limit, book)).fetchall()
            ]
            entries = [
                (*row[:4], instant(row[4]), instant(row[5]), row[6].isoformat(), *row[7:])
                for row in cursor.execute(_WAITING, (book, limit)).fetchall()
            ]
            names, leaves, nodes = add_leaves(book, size, peaks, entries, lines)
            numbered = enumerate(zip(names, leaves, strict=True))
            _copy(
                cursor,
                "ledger_leaf",
                "book, leaf_index, entry_id, hash",
                ((book, size + number, name, leaf) for number, (name, leaf) in numbered),
            )
            _copy(cursor, "ledger_node", "book, level, node_index, hash", ((book, *node) for node in nodes))
            cursor.execute(_TAKE, (book, names))
        return len(names)

    def _update(self, plan: Plan) -> None:
        if plan.openings:
            self._insert("ledger_account", OPENING, opening_rows(plan))
        moved = moved_keys(plan)
        rows = [(*key, plan.accounts[key][0], instant(plan.accounts[key][1])) for key in moved]
        if len(rows) > _FEW:
            self._connection.cursor().execute(_MOVE_MANY, _columns(rows))
        elif rows:
            places = ", ".join([_MOVED] * len(rows))
            self._connection.cursor().execute(_MOVE.format(places), [part for row in rows for part in row])

    def _insert(self, table: str, columns: str, rows: list[tuple[Any, ...]]) -> None:
        if len(rows) > _FEW:
            _copy(self._connection.cursor(), table, columns, rows)
            return
        row = f"({', '.join(['%s'] * len(rows[0]))})"
        sql = f"INSERT INTO {table} ({columns}) VALUES {', '.join([row] * len(rows))}"
        self._connection.cursor().execute(sql, [value for row in rows for value in row])


def _plan(
    entries: Sequence[Entry], accounts: Iterable[tuple[Any, ...]], earlier: Iterable[tuple[Any, ...]], now: datetime
) -> Plan:
    found: dict[Key, tuple[int, datetime]] = {
        (book, path, stripe): (balance, moved_at.astimezone(UTC)) for book, path, stripe, balance, moved_at in accounts
    }
    first = {(book, home, reference): (content, leaf) for book, home, reference, content, leaf in earlier}
    return make_plan(entries, found, first, now)


def _copy(cursor: Any, table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
    with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _columns(rows: Sequence[tuple[Any, ...]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]
