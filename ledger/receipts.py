"""Receipts: an entry that proves by itself, without the ledger and without a network, that it is in the public log.

A receipt is a c2sp.org/tlog-proof whose extra data is an opening (``ledger.openings``).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from ledger.errors import EntryUnknown, LeafFalse, NotInLogYet
from ledger.openings import OpenedEntry, open_entry, open_record, read_opening, write_opening
from ledger.records import find_record
from ledger.stores import Store, open_store
from ledger.tlog.inclusion import check_inclusion, prove_inclusion
from ledger.tlog.keys import Verifier
from ledger.tlog.merkle import hash_leaf
from ledger.tlog.proofs import Proof, check_proof, format_proof, parse_proof
from ledger.tree import tree_reader

# The newest checkpoint by a query of its own: joined and sorted, a planner might read all that were ever signed.
_PLACE = """
SELECT l.leaf_index, c.size, c.root, c.note FROM ledger_leaf l
JOIN ledger_checkpoint c ON c.book = l.book
    AND c.size = (SELECT MAX(newest.size) FROM ledger_checkpoint newest WHERE newest.book = ?)
WHERE l.book = ? AND l.entry_id = ? AND c.size > l.leaf_index
"""


@dataclass(frozen=True, slots=True)
class LogPlace:
    """Where an entry stands in its book's log: ``index`` from 0, of ``size`` leaves that are signed for."""

    index: int
    size: int


def find_place(session: Session, book: str, entry_id: str) -> LogPlace | None:
    """The entry's place under the newest signed checkpoint; None where no checkpoint covers it yet."""
    found = open_store(session.connection()).fetch(_PLACE, book, book, entry_id)
    return LogPlace(*found[0][:2]) if found else None


def make_receipt(session: Session, book: str, entry_id: str) -> bytes:
    """The text of the entry's receipt under the newest signed checkpoint.

    Raises EntryUnknown; NotInLogYet where no checkpoint covers the entry; LeafFalse or ProofFalse where the entry or
    the stored tree is not, or no longer, what was signed: no receipt is handed out that would not stand.
    """
    store = open_store(session.connection())
    stored = find_record(store, book, entry_id)
    if stored is None:
        raise EntryUnknown(entry_id=entry_id)
    opening = open_record(stored.record)
    leaf_hash = hash_leaf(opening.leaf)
    if leaf_hash != stored.leaf_hash:
        raise LeafFalse(book=book, entry_id=entry_id)
    index, hashes, note = _prove(store, book, entry_id, leaf_hash)
    return format_proof(Proof(index, tuple(hashes), note, write_opening(opening)))


def open_receipt(text: bytes, *, origin: str, verifiers: Iterable[Verifier]) -> OpenedEntry:
    """The entry that a receipt shows, all of it checked against the log ``origin`` and its keys; needs no database.

    Raises ProofMalformed and ReceiptMalformed for a text that is no receipt, what ``check_proof`` raises where its
    signature or its proof does not hold, and ReceiptFalse where it shows something else than the leaf commits to.
    """
    opening = read_opening(parse_proof(text).extra)
    return open_entry(opening, check_proof(text, opening.leaf, origin=origin, verifiers=verifiers))


def _prove(store: Store, book: str, entry_id: str, leaf_hash: bytes) -> tuple[int, list[bytes], bytes]:
    """Index, inclusion proof and checkpoint of an entry that is there."""
    found = store.fetch(_PLACE, book, book, entry_id)
    if not found:
        raise NotInLogYet(book=book, entry_id=entry_id)
    index, size, root, note = found[0]
    hashes = prove_inclusion(tree_reader(store, book), index, size)
    check_inclusion(hashes, index=index, size=size, leaf_hash=leaf_hash, root=bytes(root))
    return index, hashes, note.encode()
