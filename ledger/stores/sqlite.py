"""SQLite: one writer at a time, so what was looked at stays so until it is written."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from ledger.accounts import Account
from ledger.known import AccountKey, AccountState, Decision, Earlier, Known, ReferenceKey
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
from ledger.times import read_instant, write_instant
from ledger.tlog.merkle import Node


def _insert(table: str, columns: Sequence[str]) -> str:
    # OR FAIL for the triggers' sake: see append_only.
    places = ", ".join("?" * len(columns))
    return f"INSERT OR FAIL INTO {table} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608 - ours


_ACCOUNT = (
    "SELECT unit, floor, ceiling, expires_at, balance, opened_at, moved_at, held_by, closed_by FROM ledger_account "
    "WHERE book = ? AND path = ? AND stripe = ?"
)
_EARLIER = (
    "SELECT id, kind, recorded_at, content_hash, leaf_hash FROM ledger_entry "
    "WHERE book = ? AND home = ? AND reference = ?"
)
_TAKE = "DELETE FROM ledger_pending WHERE book = ? AND entry_id = ?"
_NODE = "SELECT hash FROM ledger_node WHERE book = ? AND level = ? AND node_index = ?"
_LEAF = "SELECT hash FROM ledger_leaf WHERE book = ? AND leaf_index = ?"
_ENTRY = _insert("ledger_entry", ENTRY_COLUMNS)
_OPEN = _insert("ledger_account", OPENING_COLUMNS)
_POSTING = _insert("ledger_posting", POSTING_COLUMNS)
_PENDING = _insert("ledger_pending", ("book", "entry_id"))
_MOVE = "UPDATE ledger_account SET balance = ?, moved_at = ? WHERE book = ? AND path = ? AND stripe = ? AND balance = ?"
# Apart, since naming closed_by has a trigger look at the row, whatever its value, which doubles what a move costs.
_CLOSE = "UPDATE ledger_account SET closed_by = ? WHERE book = ? AND path = ? AND stripe = ?"


class SqliteStore(Store):
    """Times are text, days are text; who writes holds the database's one lock."""

    conflict = "IntegrityError"

    def begin(self) -> None:
        # A deferred transaction that turns to writing fails when somebody else wrote meanwhile, and a savepoint
        # outside of a transaction would commit behind the caller's back.
        if not self.driver.in_transaction:
            self.driver.execute("BEGIN IMMEDIATE")

    def look_at(self, accounts: Sequence[AccountKey], references: Collection[ReferenceKey], known: Known) -> None:
        cursor = self.driver.cursor()
        for key in accounts:
            if not self._account(cursor, key, known) and key[2]:
                self._account(cursor, (key[0], key[1], 0), known)
        for reference in references:
            row = cursor.execute(_EARLIER, reference).fetchone()
            if row is not None:
                entry_id, kind, recorded_at, content_hash, leaf_hash = row
                known.earlier[reference] = Earlier(entry_id, kind, read_instant(recorded_at), content_hash, leaf_hash)

    def save(self, decision: Decision) -> None:
        cursor = self.driver.cursor()
        cursor.executemany(_ENTRY, list(map(entry_row, decision.entries)))
        new, moved = rows_to_write(decision)
        if new:
            cursor.executemany(_OPEN, [_opening(state) for state in new])
        if moved:
            cursor.executemany(_MOVE, [_move(state) for state in moved])
            if cursor.rowcount != len(moved):
                raise Interfered
            closed = [state for state in moved if state.closed_by is not None]
            cursor.executemany(_CLOSE, [_closing(state) for state in closed])
        cursor.executemany(_POSTING, decision.postings)
        cursor.executemany(_PENDING, [(sealed.record.book, sealed.record.id) for sealed in decision.entries])

    def fetch(self, sql: str, *parameters: object) -> list[Row]:
        rows: list[Row] = self.driver.cursor().execute(sql, parameters).fetchall()
        return rows

    def insert(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        self.driver.cursor().executemany(_insert(table, columns), rows)

    def lock_log(self, book: str) -> None:  # noqa: ARG002 - the database has one writer
        self.begin()

    def take_pending(self, book: str, entry_ids: Sequence[str]) -> None:
        self.driver.cursor().executemany(_TAKE, [(book, entry_id) for entry_id in entry_ids])

    def read_nodes(self, book: str, nodes: Sequence[Node]) -> dict[Node, bytes]:
        cursor, found = self.driver.cursor(), {}
        for node in nodes:
            key = (book, *node) if node.level else (book, node.position)
            row = cursor.execute(_NODE if node.level else _LEAF, key).fetchone()
            if row is not None:
                found[node] = row[0]
        return found

    def read_time(self, value: Any) -> datetime:
        return read_instant(value)

    def write_expiry(self, stored: Any) -> str | None:
        return None if stored is None else str(stored)

    def _account(self, cursor: Any, key: AccountKey, known: Known) -> bool:
        if key in known.accounts:
            return True
        row = cursor.execute(_ACCOUNT, key).fetchone()
        if row is None:
            return False
        unit, floor, ceiling, expires_at, balance, opened_at, moved_at, held_by, closed_by = row
        account = Account(key[1], unit, floor, ceiling, None if expires_at is None else read_instant(expires_at))
        known.accounts[key] = AccountState(
            key[0],
            account,
            key[2],
            balance,
            read_instant(opened_at),
            read_instant(moved_at),
            held_by,
            closed_by,
            balance,
        )
        return True


def _opening(state: AccountState) -> Row:
    account = state.account
    assert state.opened_at is not None
    assert state.moved_at is not None
    return (
        state.book, account.path, state.stripe, account.unit, account.floor, account.ceiling,
        None if account.expires_at is None else write_instant(account.expires_at), state.held_by,
        write_instant(state.opened_at), state.balance, write_instant(state.moved_at), state.closed_by,
    )  # fmt: skip


def _move(state: AccountState) -> Row:
    assert state.moved_at is not None
    return state.balance, write_instant(state.moved_at), state.book, state.account.path, state.stripe, state.seen


def _closing(state: AccountState) -> Row:
    return state.closed_by, state.book, state.account.path, state.stripe
