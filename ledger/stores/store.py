"""What a store does, and what both have in common: the columns and what their values look like."""

import json
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from operator import itemgetter
from typing import Any, ClassVar

from sqlalchemy import Connection

from ledger.core import Request
from ledger.errors import LedgerError
from ledger.ids import is_id
from ledger.known import AccountKey, AccountState, Decision, EntryKey, Known, Posting, ReferenceKey, Target
from ledger.linked import amount_off
from ledger.postings import Act
from ledger.seal import Sealed
from ledger.tlog.merkle import Node

ENTRY_COLUMNS = (
    "book", "id", "home", "reference", "kind", "occurred_at", "recorded_at", "local_day", "details", "content_hash",
    "salt", "commitment", "leaf_hash", "reverses", "act", "hold", "deadline", "closes",
)  # fmt: skip
POSTING_COLUMNS = Posting._fields
OPENING_COLUMNS = (
    "book", "path", "stripe", "unit", "floor", "ceiling", "expires_at", "held_by", "opened_at", "balance", "moved_at",
    "closed_by",
)  # fmt: skip
Row = tuple[Any, ...]

# Asked for when the account is locked: who holds of it later finds it closed, and what is held by now is seen.
_HOLDS = (
    "SELECT e.id FROM ledger_posting p JOIN ledger_entry e ON e.book = p.book AND e.id = p.entry_id "
    "JOIN ledger_posting i ON i.book = p.book AND i.entry_id = p.entry_id AND i.amount > 0 "
    "JOIN ledger_account h ON h.book = i.book AND h.path = i.path AND h.stripe = 0 "
    "WHERE p.book = ? AND p.path = ? AND p.stripe = 0 AND p.amount < 0 AND e.act = 'hold' AND h.balance <> 0"
)


class Interfered(Exception):
    """Something stands in the way of the write that the look did not show; nothing was written.

    Somebody else wrote meanwhile, or an id is taken. A new look tells.
    """


class Store(ABC):
    """One database transaction, looked at and written to on the driver's own cursor.

    The object-relational way of SQLAlchemy costs several times the CPU of these few statements, and this is the path
    that every action of a city takes.
    """

    conflict: ClassVar[str]
    """The driver's error for a key that is taken, by name, of whichever module the engine was made with."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.driver: Any = connection.connection.driver_connection

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """A look, its decision and its write: where the write fails, neither rows nor locks are left of it.

        Locks that a failed attempt kept would be in the way of the next one's order. A refusal comes before the write,
        and leaves the locks to the caller's transaction. Raises Interfered.
        """
        self.begin()
        cursor = self.driver.cursor()
        try:
            with self.together():
                cursor.execute("SAVEPOINT ledger")
                yield
                cursor.execute("RELEASE SAVEPOINT ledger")
        except LedgerError:
            cursor.execute("RELEASE SAVEPOINT ledger")
            raise
        except BaseException as error:
            self.roll_back()
            cursor.execute("RELEASE SAVEPOINT ledger")
            if type(error).__name__ != self.conflict:
                raise
            raise Interfered from error

    def look(self, requests: Sequence[Request], *, ids: bool = False) -> Known:
        """What the requests touch, with ``ids`` also which of their ids are taken.

        On a store with several writers their accounts are locked from here on.
        """
        known = Known()
        sound = [request.entry for request in requests if request.error is None]
        keys = {key for request in requests for key in request.accounts}
        self.look_at(sorted(keys), {request.key for request in requests if request.key is not None}, known)
        for entry in sound:
            for target in (entry.reverses, entry.hold):
                if target is not None:
                    self.look_for_target((entry.book, target), known)
            for path in entry.closes:
                for (hold,) in self.fetch(_HOLDS, entry.book, path):
                    self.look_for_target((entry.book, hold), known)
            if ids and self.fetch("SELECT 1 FROM ledger_entry WHERE book = ? AND id = ?", entry.book, entry.id):
                known.ids.add((entry.book, entry.id))
        known.there = len(keys & known.accounts.keys()) + len(known.earlier) + len(known.ids)
        return known

    def look_for_target(self, key: EntryKey, known: Known) -> None:
        """An entry that another acts upon, and the hold that stands behind it."""
        if key in known.targets or not is_id(key[1]):
            return
        found = self.find_entry(*key)
        if found is None:
            return
        known.targets[key] = found
        if found.act == Act.HOLD:
            for capture in self.find_acts(*key):
                found.taken.append((capture.id, amount_off(capture.lines)))
        elif found.hold is not None:
            self.look_for_target((key[0], found.hold), known)

    @abstractmethod
    def begin(self) -> None:
        """Makes sure of a transaction that can be written in."""

    def together(self) -> AbstractContextManager[object]:
        """A block whose statements are sent on without waiting for the answers that nobody asks for yet."""
        return nullcontext()

    def roll_back(self) -> None:
        """Takes back what was written since the savepoint."""
        self.driver.cursor().execute("ROLLBACK TO SAVEPOINT ledger")

    @abstractmethod
    def look_at(self, accounts: Sequence[AccountKey], references: Collection[ReferenceKey], known: Known) -> None:
        """The rows of accounts, in the order of their keys, with row 0 for a missing one; then the earlier entries."""

    @abstractmethod
    def save(self, decision: Decision) -> None:
        """Writes a decision, within an attempt; raises Interfered, or the driver's error for a key that is taken."""

    @abstractmethod
    def fetch(self, sql: str, *parameters: object) -> list[Row]:
        """The rows of a query, ``?`` for each parameter."""

    @abstractmethod
    def insert(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """New rows; times as texts."""

    @abstractmethod
    def lock_log(self, book: str) -> None:
        """Nobody else extends the book's log until this transaction ends."""

    @abstractmethod
    def take_pending(self, book: str, entry_ids: Sequence[str]) -> None:
        """Takes entries that have their place in the log out of the queue."""

    @abstractmethod
    def read_nodes(self, book: str, nodes: Sequence[Node]) -> dict[Node, bytes]:
        """The stored hashes of these subtrees, level 0 being the leaves; those that are not there are left out."""

    @abstractmethod
    def read_time(self, value: Any) -> datetime:
        """An instant as it is stored."""

    def find_entry(self, book: str, entry_id: str) -> Target | None:
        """The entry of this id."""
        found = self._targets("e.book = ? AND e.id = ?", book, entry_id)
        return found[0] if found else None

    def find_acts(self, book: str, hold: str) -> list[Target]:
        """The captures and the release of a hold, oldest first."""
        return self._targets("e.book = ? AND e.hold = ?", book, hold)

    def _targets(self, where: str, *parameters: object) -> list[Target]:
        rows = self.fetch(
            "SELECT e.book, e.id, e.home, e.reverses, r.id, e.act, e.hold, e.deadline, e.recorded_at FROM ledger_entry e "  # noqa: S608 - ours
            f"LEFT JOIN ledger_entry r ON r.book = e.book AND r.reverses = e.id WHERE {where}",
            *parameters,
        )
        # Sorted here: asked to sort, SQLite reads the book in the order of time instead of the few rows of a hold.
        rows.sort(key=itemgetter(-1))
        return [
            Target(
                id=entry_id,
                home=home,
                lines=self._lines(book, entry_id),
                reverses=reverses,
                reversed_by=reversed_by,
                act=act,
                hold=hold,
                deadline=None if deadline is None else self.read_time(deadline),
            )
            for book, entry_id, home, reverses, reversed_by, act, hold, deadline, _recorded_at in rows
        ]

    def _lines(self, book: str, entry_id: str) -> tuple[Any, ...]:
        rows = self.fetch(
            "SELECT p.path, p.unit, a.floor, a.ceiling, a.expires_at, p.amount FROM ledger_posting p "
            "JOIN ledger_account a ON a.book = p.book AND a.path = p.path AND a.stripe = 0 "
            "WHERE p.book = ? AND p.entry_id = ? ORDER BY p.leg",
            book,
            entry_id,
        )
        return tuple((*line[:4], self.write_expiry(line[4]), line[5]) for line in rows)

    @abstractmethod
    def write_expiry(self, stored: Any) -> str | None:
        """A stored time of expiry as the text that lines carry."""


def rows_to_write(decision: Decision) -> tuple[list[AccountState], list[AccountState]]:
    """The rows of accounts that are new, and those that moved, both in the order of their keys."""
    states = [decision.accounts[key] for key in sorted(decision.accounts)]
    return [state for state in states if state.seen is None], [state for state in states if state.seen is not None]


def entry_row(sealed: Sealed) -> Row:
    """The values of ENTRY_COLUMNS, times and the day as texts, which both stores take."""
    record = sealed.record
    return (
        record.book, record.id, record.home, record.reference, record.kind, record.occurred_at, record.recorded_at,
        record.local_day, record.details, sealed.content_hash, record.salt, record.commitment, sealed.leaf_hash,
        record.reverses, record.act, record.hold, record.deadline, json.dumps(record.closes) if record.closes else None,
    )  # fmt: skip
