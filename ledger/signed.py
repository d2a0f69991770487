"""Where a book's log stands: what is in it, what waits, and the newest signed checkpoint that readers find."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from ledger.stores import open_store
from ledger.tree import tree_size

_NEWEST = "SELECT size, root, note, signed_at FROM ledger_checkpoint WHERE book = ? ORDER BY size DESC LIMIT 1"
_WAITING = "SELECT 1 FROM ledger_pending WHERE book = ? LIMIT 1"


@dataclass(frozen=True, slots=True)
class SignedHead:
    """A signed checkpoint as the database has it: the log's size and root, the note, and when it was signed."""

    book: str
    size: int
    root: bytes
    note: bytes
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class LogState:
    """``size`` leaves, of which ``signed`` are under a checkpoint in the database; ``waiting`` says whether more come."""

    size: int
    signed: int
    waiting: bool


def count_waiting(session: Session, book: str) -> int:
    """How many entries have no place in the log yet; reads them all."""
    ((count,),) = open_store(session.connection()).fetch("SELECT count(*) FROM ledger_pending WHERE book = ?", book)
    return int(count)


def newest_checkpoint(session: Session, book: str) -> SignedHead | None:
    """The newest signed checkpoint of a book, where there is one; unchecked, as it stands in the database."""
    store = open_store(session.connection())
    rows = store.fetch(_NEWEST, book)
    if not rows:
        return None
    size, root, note, signed_at = rows[0]
    return SignedHead(book, size, bytes(root), note.encode(), store.read_time(signed_at))


def read_log_state(session: Session, book: str) -> LogState:
    """How far the log is: three looks into indexes, cheap enough to be asked for every second."""
    newest = newest_checkpoint(session, book)
    store = open_store(session.connection())
    waiting = bool(store.fetch(_WAITING, book))
    return LogState(tree_size(store, book), newest.size if newest else 0, waiting)
