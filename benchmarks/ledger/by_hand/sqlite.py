"""By hand on SQLite: the driver's cursor, one transaction for each call."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from benchmarks.ledger.by_hand.hashes import ENTRY, instant
from benchmarks.ledger.by_hand.log import add_leaves
from benchmarks.ledger.by_hand.plan import OPENING, POSTING, Key, keys_of, make_plan, moved_keys, opening_rows
from ledger import Entry

_EARLIER = "SELECT content_hash, leaf_hash FROM ledger_entry WHERE book = ? AND home = ? AND reference = ?"
_ACCOUNT = "SELECT balance, moved_at FROM ledger_account WHERE book = ? AND path = ? AND stripe = ?"
_OPEN = f"INSERT OR FAIL INTO ledger_account ({OPENING}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_MOVE = "UPDATE ledger_account SET balance = ?, moved_at = ? WHERE book = ? AND path = ? AND stripe = ?"
_ENTRY = f"INSERT OR FAIL INTO ledger_entry ({ENTRY}) VALUES ({', '.join('?' * 13)})"
_POSTING = f"INSERT OR FAIL INTO ledger_posting ({POSTING}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_PENDING = "INSERT INTO ledger_pending (book, entry_id) VALUES (?, ?)"
_WAITING = (
    "SELECT e.id, e.home, e.reference, e.kind, e.occurred_at, e.recorded_at, e.local_day, e.details, e.salt, "
    "e.commitment, e.leaf_hash FROM ledger_pending q JOIN ledger_entry e ON e.book = q.book AND e.id = q.entry_id "
    "WHERE q.book = ? ORDER BY q.entry_id LIMIT ?"
)
_LINES = (
    "SELECT q.entry_id, p.path, p.unit, a.floor, a.ceiling, a.expires_at, p.amount "
    "FROM (SELECT entry_id FROM ledger_pending WHERE book = ? ORDER BY entry_id LIMIT ?) q "
    "JOIN ledger_posting p ON p.book = ? AND p.entry_id = q.entry_id "
    "JOIN ledger_account a ON a.book = p.book AND a.path = p.path AND a.stripe = 0 ORDER BY p.entry_id, p.leg"
)
_SIZE = "SELECT max(leaf_index) FROM ledger_leaf WHERE book = ?"
_PEAK = "SELECT hash FROM ledger_node WHERE book = ? AND level = ? AND node_index = ?"
_LAST = "SELECT hash FROM ledger_leaf WHERE book = ? AND leaf_index = ?"
_LEAF = "INSERT OR FAIL INTO ledger_leaf (book, leaf_index, entry_id, hash) VALUES (?, ?, ?, ?)"
_NODE = "INSERT OR FAIL INTO ledger_node (book, level, node_index, hash) VALUES (?, ?, ?, ?)"
_TAKE = "DELETE FROM ledger_pending WHERE book = ? AND entry_id = ?"


class OnSqlite:
    """Through a connection, whose transactions are begun and ended here unless it is ``borrowed``."""

    def __init__(self, connection: Any, *, borrowed: bool = False) -> None:
        self._connection, self._borrowed = connection, borrowed

    def post(self, entry: Entry, now: datetime) -> bytes:
        """The leaf hash."""
        return self.post_many([entry], now)[0]

    def post_many(self, entries: Sequence[Entry], now: datetime) -> list[bytes]:
        """The leaf hashes, all or none."""
        return self._in_transaction(lambda cursor: self._post(cursor, entries, now))

    def sequence(self, book: str, limit: int) -> int:
        """How many entries got their place in the log."""
        return self._in_transaction(lambda cursor: self._sequence(cursor, book, limit))

    def _in_transaction(self, work: Callable[[Any], Any]) -> Any:
        cursor = self._connection.cursor()
        if self._borrowed:
            return work(cursor)
        cursor.execute("BEGIN IMMEDIATE")
        try:
            result = work(cursor)
        except BaseException:
            cursor.execute("ROLLBACK")
            raise
        cursor.execute("COMMIT")
        return result

    def _post(self, cursor: Any, entries: Sequence[Entry], now: datetime) -> list[bytes]:
        accounts: dict[Key, tuple[int, datetime]] = {}
        for key in keys_of(entries):
            row = cursor.execute(_ACCOUNT, key).fetchone()
            if row is not None:
                accounts[key] = row[0], datetime.fromisoformat(row[1])
        earlier = {}
        for entry in entries:
            reference = entry.book, entry.home, entry.reference
            row = cursor.execute(_EARLIER, reference).fetchone()
            if row is not None:
                earlier[reference] = row
        plan = make_plan(entries, accounts, earlier, now)
        if plan.openings:
            cursor.executemany(_OPEN, opening_rows(plan))
        moves = [(plan.accounts[key][0], instant(plan.accounts[key][1]), *key) for key in moved_keys(plan)]
        cursor.executemany(_MOVE, moves)
        cursor.executemany(_ENTRY, plan.rows)
        cursor.executemany(_POSTING, plan.postings)
        cursor.executemany(_PENDING, [row[:2] for row in plan.rows])
        return plan.hashes

    def _sequence(self, cursor: Any, book: str, limit: int) -> int:
        last = cursor.execute(_SIZE, (book,)).fetchone()[0]
        size, peaks = 0 if last is None else last + 1, {}
        for level in range(size.bit_length()):
            if size >> level & 1:
                at = (size >> level) - 1
                found = cursor.execute(_PEAK, (book, level, at)) if level else cursor.execute(_LAST, (book, at))
                peaks[level] = found.fetchone()[0]
        lines = cursor.execute(_LINES, (book, limit, book)).fetchall()
        entries = cursor.execute(_WAITING, (book, limit)).fetchall()
        names, leaves, nodes = add_leaves(book, size, peaks, entries, lines)
        numbered = zip(names, leaves, strict=True)
        cursor.executemany(_LEAF, [(book, size + at, name, leaf) for at, (name, leaf) in enumerate(numbered)])
        cursor.executemany(_NODE, [(book, *node) for node in nodes])
        cursor.executemany(_TAKE, [(book, name) for name in names])
        return len(names)
