"""The sequencer: gives committed entries their place in the log, and signs only what continues what it signed before.

::

    entry committed ──extend_log──▶ leaf and nodes committed ──sign──▶ checkpoint kept beside the key ──▶ published

One run is: extend in one transaction, sign, keep the checkpoint outside the database, then note it in the database for
those who read. It can stop between any two of these steps: what was extended and not signed is recomputed from its
rows by the next run before it is signed. The kept checkpoint is the point of no return: nothing that it covers can
change without a refusal here, whoever changed it.

What is checked when: each run holds the stored tree against the kept checkpoint and each new leaf against its row;
``check_history`` recomputes old leaves from their rows, a stretch at a time or all. Between the commit of an entry and
its place in the log (a second or so), whoever can write to the database can still change or remove it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from ledger.errors import ConsistencyFalse, LeafFalse, LogForked, LogRewound, LogSound
from ledger.records import Stored, pending_records, sequenced_records
from ledger.stores import Store, open_store
from ledger.times import write_instant
from ledger.tlog.checkpoints import Checkpoint
from ledger.tlog.consistency import check_consistency, prove_consistency
from ledger.tlog.edge import Edge, extend, read_edge
from ledger.tlog.merkle import HashReader, hash_leaf, read_root
from ledger.tree import read_leaves, store_growth, tree_reader, tree_size

BATCH = 1000
"""Entries of one run."""

_CHECKPOINT_COLUMNS = ("book", "size", "root", "note", "signed_at")


@dataclass(frozen=True, slots=True)
class Head:
    """A book's log after a run, not yet signed; ``added`` entries are new, and ``waiting`` says whether more wait."""

    book: str
    size: int
    root: bytes
    added: int
    waiting: bool


def extend_log(session: Session, book: str, *, kept: Checkpoint | None, limit: int = BATCH) -> Head:
    """The log with up to ``limit`` waiting entries in it, in the order of their ids.

    ``kept`` is the last checkpoint, from outside the database. Raises LogRewound where the database has fewer leaves
    than it, LogForked where it has others, LeafFalse for an entry that is not what its leaf hash says, RowUnreadable for
    one that cannot be read at all; then nothing was written. Without a kept checkpoint the log must be empty: LogForked.
    """
    store = open_store(session.connection())
    store.lock_log(book)
    edge = _checked_edge(store, book, kept)
    fresh = pending_records(store, book, limit)
    if not fresh:
        return Head(book, edge.size, edge.root(), 0, waiting=False)
    growth = extend(edge, [_leaf_hash(stored) for stored in fresh])
    ids = [stored.record.id for stored in fresh]
    store_growth(store, book, growth, ids)
    store.take_pending(book, ids)
    return Head(book, growth.new.size, growth.new.root(), len(fresh), waiting=len(fresh) == limit)


def check_history(
    session: Session,
    book: str,
    *,
    kept: Checkpoint,
    start: int = 0,
    end: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Recomputes the leaves [start, end) of what a checkpoint covers from their rows, and that they lie under its root.

    A stretch is proven by itself: what comes before and after it is tied to the root by consistency proofs. Raises
    LogRewound, LeafFalse for the first entry that is not what its leaf says or is gone, RowUnreadable for a row that
    holds what its column cannot mean, LogForked where the tree differs.
    """
    store = open_store(session.connection())
    size, read = tree_size(store, book), tree_reader(store, book)
    if size < kept.size:
        raise LogRewound(book=book, kept=kept.size, found=size)
    end = kept.size if end is None else min(end, kept.size)
    before = read_edge(read, start)
    after = _replay(store, book, before, end, progress)
    try:
        for edge in (before, after):
            proof = prove_consistency(read, edge.size, kept.size)
            check_consistency(proof, old=edge.size, old_root=edge.root(), new=kept.size, new_root=kept.root)
    except ConsistencyFalse as error:
        raise LogForked(book=book, size=kept.size) from error


def recompute_log(
    session: Session, book: str, *, lost: Checkpoint | None, progress: Callable[[int, int], None] | None = None
) -> Head:
    """What the database has of a log, recomputed from its rows, for whoever begins another log with it.

    Raises LogSound where it continues ``lost``, the last checkpoint that is known, so that there is nothing to begin
    again; LeafFalse, RowUnreadable or LogForked where the stored tree is not that of its rows.
    """
    store = open_store(session.connection())
    size, read = tree_size(store, book), tree_reader(store, book)
    if _continues(read, size, lost) if lost else not size:
        raise LogSound(book=book, size=lost.size if lost else 0)
    edge = _replay(store, book, Edge(), size, progress)
    if edge != read_edge(read, size):
        raise LogForked(book=book, size=size)
    return Head(book, size, edge.root(), 0, waiting=False)


def note_checkpoint(session: Session, head: Head, note: bytes, *, now: datetime) -> None:
    """Keeps a signed checkpoint where readers find it; the same one again changes nothing."""
    store = open_store(session.connection())
    if store.fetch("SELECT 1 FROM ledger_checkpoint WHERE book = ? AND size = ?", head.book, head.size):
        return
    store.insert(
        "ledger_checkpoint",
        _CHECKPOINT_COLUMNS,
        [(head.book, head.size, head.root, note.decode(), write_instant(now))],
    )


def _checked_edge(store: Store, book: str, kept: Checkpoint | None) -> Edge:
    """The edge of the stored tree, which continues what was kept."""
    size, read = tree_size(store, book), tree_reader(store, book)
    if kept is None:
        if size:
            raise LogForked(book=book, size=0)
        return Edge()
    if size < kept.size:
        raise LogRewound(book=book, kept=kept.size, found=size)
    if not _continues(read, size, kept):
        raise LogForked(book=book, size=kept.size)
    edge = read_edge(read, size)
    if size > kept.size:
        # Extended and not signed, by a run that was cut off: nobody has vouched for these rows yet.
        again = _replay(store, book, read_edge(read, kept.size), size, None)
        if again != edge:
            raise LogForked(book=book, size=size)
    return edge


def _continues(read: HashReader, size: int, kept: Checkpoint) -> bool:
    """Whether a tree of this size has what a checkpoint covers at its beginning."""
    return size >= kept.size and (not kept.size or read_root(read, kept.size) == kept.root)


def _replay(store: Store, book: str, edge: Edge, size: int, progress: Callable[[int, int], None] | None) -> Edge:
    """The edge at ``size``, recomputed from the rows of the entries from ``edge`` on."""
    start = edge.size
    for first in range(start, size, BATCH):
        last = min(first + BATCH, size)
        leaves = read_leaves(store, book, first, last)
        stored = {one.record.id: one for one in sequenced_records(store, book, first, last)}
        for entry_id, leaf in leaves:
            if entry_id not in stored or _leaf_hash(stored[entry_id]) != leaf:
                raise LeafFalse(book=book, entry_id=entry_id)
        edge = extend(edge, [leaf for _, leaf in leaves]).new
        if progress is not None:
            progress(last - start, size - start)
    return edge


def _leaf_hash(stored: Stored) -> bytes:
    found = hash_leaf(stored.leaf)
    if found != stored.leaf_hash:
        raise LeafFalse(book=stored.record.book, entry_id=stored.record.id)
    return found
