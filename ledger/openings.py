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

from ledger.details import check_details, read_details, write_details
from ledger.errors import DetailsInvalid, ReceiptFalse, ReceiptMalformed
from ledger.log import BODY, LEAF, LEAF_VERSION, ROW, Record, make_leaf, write_body, write_row
from ledger.times import read_instant, write_instant
from ledger.tlog.proofs import ProvenLeaf

T = TypeVar("T")

_RECEIPT = "greenlife/receipt"
_VERSION = 1
_DEEPEST = 4
"""Levels of the deepest text: the list with its salt, the body, the lines, a line."""
_UNREADABLE = (ValueError, TypeError, OverflowError, RecursionError, DetailsInvalid, cbor2.CBORError)


@dataclass(frozen=True, slots=True)
class Opening:
    """A leaf and what opens its commitments: bytes, unchecked."""

    leaf: bytes
    body: bytes
    row: bytes


@dataclass(frozen=True, slots=True)
class OpenedLine:
    """A signed amount on an account, and the bounds and the time of expiry that the account was opened with."""

    path: str
    unit: str
    floor: int | None
    ceiling: int | None
    expires_at: datetime | None
    amount: int


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
        tag, version, *parts = _decode(data)
        if tag != _RECEIPT or _number(version) != _VERSION:
            raise ValueError
        leaf, body, row = map(_bytes, parts)
    except _UNREADABLE:
        raise ReceiptMalformed(why="opening") from None
    return Opening(leaf, body, row)


def open_entry(opening: Opening, proven: ProvenLeaf) -> OpenedEntry:
    """The entry behind a leaf that is proven to be in a log.

    Raises ReceiptFalse where the leaf is of another book than the log, or does not commit to the body, or the body not
    to the row; ReceiptMalformed where one of them is not written as ``ledger.log`` writes it.
    """
    origin = proven.checkpoint.origin
    book, commitment = _part("leaf", _read_leaf, opening.leaf)
    if book != origin.rpartition("/")[2]:
        raise ReceiptFalse(part="book")
    if sha256(opening.body).digest() != commitment:
        raise ReceiptFalse(part="body")
    body, row_commitment = _part("body", _read_body, opening.body)
    if sha256(opening.row).digest() != row_commitment:
        raise ReceiptFalse(part="row")
    row = _part("row", _read_row, opening.row)
    size, root = proven.checkpoint.size, proven.checkpoint.root
    return OpenedEntry(origin=origin, index=proven.index, size=size, root=root, book=book, **body, **row)


def _part(why: str, read: Callable[[bytes], T], data: bytes) -> T:
    try:
        return read(data)
    except _UNREADABLE:
        raise ReceiptMalformed(why=why) from None


def _read_leaf(data: bytes) -> tuple[str, bytes]:
    """Book and C1."""
    leaf = _decode(data)
    if not isinstance(leaf, dict) or list(leaf) != [0, 1, 2, 3, 4] or not all(type(key) is int for key in leaf):
        raise ValueError
    tag, version, book, commitment, identity = leaf.values()
    if tag != LEAF or _number(version) != LEAF_VERSION:
        raise ValueError
    _bytes(identity)
    return _text(book), _bytes(commitment)


def _read_body(data: bytes) -> tuple[dict[str, Any], bytes]:
    """What the body says, and its commitment to the row."""
    tag, salt, body = _decode(data)
    if tag != BODY or not _bytes(salt):
        raise ValueError
    entry_id, home, kind, day, lines, details, reverses, act, hold, deadline, closes, row = body
    return {
        "id": _text(entry_id),
        "home": _text(home),
        "kind": _text(kind),
        "local_day": _day(day),
        "lines": tuple(map(_line, lines)),
        "details": _details(details),
        "reverses": _if_there(_text, reverses),
        "act": _if_there(_text, act),
        "hold": _if_there(_text, hold),
        "deadline": _if_there(_instant, deadline),
        "closes": tuple(map(_text, closes)),
    }, _bytes(row)


def _read_row(data: bytes) -> dict[str, Any]:
    tag, salt, reference, occurred_at, recorded_at = _decode(data)
    if tag != ROW or not _bytes(salt):
        raise ValueError
    return {
        "reference": _text(reference),
        "occurred_at": _instant(occurred_at),
        "recorded_at": _instant(recorded_at),
    }


def _decode(data: bytes) -> Any:
    """What the bytes hold; raises ValueError unless they are the one way to write it."""
    value = cbor2.loads(data, max_depth=_DEEPEST, allow_indefinite=False, allow_duplicate_keys=False)
    if cbor2.dumps(value) != data:
        raise ValueError
    return value


def _line(line: Any) -> OpenedLine:
    path, unit, floor, ceiling, expires_at, amount = line
    return OpenedLine(
        _text(path),
        _text(unit),
        _if_there(_number, floor),
        _if_there(_number, ceiling),
        _if_there(_instant, expires_at),
        _number(amount),
    )


def _if_there(read: Callable[[Any], T], value: Any) -> T | None:
    return None if value is None else read(value)


def _text(value: Any) -> str:
    if type(value) is not str:
        raise ValueError
    return value


def _bytes(value: Any) -> bytes:
    if type(value) is not bytes:
        raise ValueError
    return value


def _number(value: Any) -> int:
    if type(value) is not int or abs(value) >= 2**63:  # beyond that CBOR has a second form
        raise ValueError
    return value


def _day(value: Any) -> date:
    day = date.fromisoformat(_text(value))
    if day.isoformat() != value:
        raise ValueError
    return day


def _instant(value: Any) -> datetime:
    instant = read_instant(_text(value))
    if write_instant(instant) != value:
        raise ValueError
    return instant


def _details(value: Any) -> dict[str, Any]:
    details = read_details(_text(value))
    check_details(details)
    if write_details(details) != value:
        raise ValueError
    return details
