"""Openings of logged entries, read from their rows for auditors."""

from collections.abc import Callable, Iterator
from datetime import date

from sqlalchemy.orm import Session

from ledger.disclosure import Disclosure, Opening
from ledger.errors import LeafFalse
from ledger.log import write_body
from ledger.records import sequenced_records
from ledger.stores import Store, open_store
from ledger.tlog.checkpoints import Checkpoint
from ledger.tlog.merkle import hash_leaf
from ledger.tree import read_leaves

_CHUNK = 1000
_FIRST, _LAST = date(1, 1, 1), date(9999, 12, 31)
_REACH = (
    "SELECT min(l.leaf_index), max(l.leaf_index) FROM ledger_entry e "
    "JOIN ledger_leaf l ON l.book = e.book AND l.entry_id = e.id "
    "WHERE e.book = ? AND e.local_day >= ? AND e.local_day <= ? AND l.leaf_index < ?"
)


def disclose_entries(
    session: Session,
    book: str,
    *,
    kept: Checkpoint,
    since: date | None,
    until: date | None,
    without_gaps: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Disclosure, Iterator[Opening]]:
    """The openings of the entries of these local days that a checkpoint covers, in the order of their leaves.

    ``without_gaps`` also opens what lies between the first and the last of them and is of other days, so that nobody has
    to believe that it is. They are read while they are asked for, some at a time. Raises LeafFalse for an entry that is
    not what its leaf says.
    """
    store = open_store(session.connection())
    disclosure = Disclosure(kept.origin, kept.size, since, until)
    days = [(day or bound).isoformat() for day, bound in ((since, _FIRST), (until, _LAST))]
    ((first, last),) = store.fetch(_REACH, book, *days, kept.size)
    reach = range(0) if first is None else range(first, last + 1)
    wanted = _openings(store, book, reach, progress)
    return disclosure, (opening for opening, day in wanted if without_gaps or disclosure.covers(day))


def _openings(
    store: Store, book: str, reach: range, progress: Callable[[int, int], None] | None
) -> Iterator[tuple[Opening, date]]:
    """Each entry of these leaves, with its local day."""
    for first in reach[::_CHUNK]:
        last = min(first + _CHUNK, reach.stop)
        found = {one.record.id: one for one in sequenced_records(store, book, first, last)}
        for index, (entry_id, leaf_hash) in enumerate(read_leaves(store, book, first, last), start=first):
            stored = found.get(entry_id)
            if stored is None or hash_leaf(stored.leaf) != leaf_hash:
                raise LeafFalse(book=book, entry_id=entry_id)
            yield Opening(index, stored.leaf, write_body(stored.record)), date.fromisoformat(stored.record.local_day)
        if progress is not None:
            progress(last - reach.start, len(reach))
