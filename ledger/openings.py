"""What a receipt shows beside its proof: the leaf, and the bytes whose hashes are the commitments in it.

Deterministic CBOR of ``["greenlife/receipt", 1, leaf, body, row]``, each of the three a byte string (``ledger.log``)::

    row ──SHA-256──▶ last part of body ──SHA-256──▶ C1 in leaf ──RFC 6962──▶ leaf hash, from which the proof leads

So nothing in it is unauthenticated. The salt of C2, which opens what identifies a person, is never among it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any, TypeVar

import cbor2

from ledger.committed import UNREADABLE, OpenedLine, decode, read_body, read_bytes, read_leaf, read_number, read_row
from ledger.errors import ReceiptFalse, ReceiptMalformed
from ledger.log import Record, make_leaf, write_body, write_row
from ledger.tlog.proofs import ProvenLeaf

T = TypeVar("T")

_RECEIPT = "greenlife/receipt"
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Opening:
    """A leaf and what opens its commitments: bytes, unchecked."""

    leaf: bytes
    body: bytes
    row: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedEntry:
    """An entry as its leaf commits to it, at ``index`` (from 0) of the log ``origin`` of ``size`` leaves."""

    origin: str
    index: int
    size: int
    root: bytes
    book: str
    id: str
    home: str
    kind: str
    local_day: date
    lines: tuple[OpenedLine, ...]
    details: dict[str, Any]
    reverses: str | None
    act: str | None
    hold: str | None
    deadline: datetime | None
    closes: tuple[str, ...]
    reference: str
    occurred_at: datetime
    recorded_at: datetime


def open_record(record: Record) -> Opening:
    """What a receipt shows of an entry."""
    return Opening(make_leaf(record), write_body(record), write_row(record))


def write_opening(opening: Opening) -> bytes:
    """The bytes that a receipt carries."""
    return cbor2.dumps((_RECEIPT, _VERSION, opening.leaf, opening.body, opening.row))


def read_opening(data: bytes) -> Opening:
    """The opening that write_opening wrote; raises ReceiptMalformed for any other spelling."""
    try:
        tag, version, *parts = decode(data)
        if tag != _RECEIPT or read_number(version) != _VERSION:
            raise ValueError
        leaf, body, row = map(read_bytes, parts)
    except UNREADABLE:
        raise ReceiptMalformed(why="opening") from None
    return Opening(leaf, body, row)


def open_entry(opening: Opening, proven: ProvenLeaf) -> OpenedEntry:
    """The entry behind a leaf that is proven to be in a log.

    Raises ReceiptFalse where the leaf is of another book than the log, or does not commit to the body, or the body not
    to the row; ReceiptMalformed where one of them is not written as ``ledger.log`` writes it.
    """
    origin = proven.checkpoint.origin
    book, commitment = _part("leaf", read_leaf, opening.leaf)
    if book != origin.rpartition("/")[2]:
        raise ReceiptFalse(part="book")
    if sha256(opening.body).digest() != commitment:
        raise ReceiptFalse(part="body")
    body, row_commitment = _part("body", read_body, opening.body)
    if sha256(opening.row).digest() != row_commitment:
        raise ReceiptFalse(part="row")
    row = _part("row", read_row, opening.row)
    size, root = proven.checkpoint.size, proven.checkpoint.root
    return OpenedEntry(origin=origin, index=proven.index, size=size, root=root, book=book, **body, **row)


def _part(why: str, read: Callable[[bytes], T], data: bytes) -> T:
    try:
        return read(data)
    except UNREADABLE:
        raise ReceiptMalformed(why=why) from None
