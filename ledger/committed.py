"""What a leaf commits to, read back from the bytes that open it: ``ledger.log`` writes them.

Whatever is not written the one way that ``ledger.log`` writes it raises one of UNREADABLE: who shows it says what that
means to whoever reads.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

import cbor2

from ledger.details import check_details, read_details, write_details
from ledger.errors import DetailsInvalid
from ledger.log import BODY, LEAF, LEAF_VERSION, ROW
from ledger.times import read_instant, write_instant

T = TypeVar("T")

UNREADABLE = (ValueError, TypeError, OverflowError, RecursionError, DetailsInvalid, cbor2.CBORError)

_DEEPEST = 4
"""Levels of the deepest text: the list with its salt, the body, the lines, a line."""


@dataclass(frozen=True, slots=True)
class OpenedLine:
    """A signed amount on an account, and the bounds and the time of expiry that the account was opened with."""

    path: str
    unit: str
    floor: int | None
    ceiling: int | None
    expires_at: datetime | None
    amount: int


def read_leaf(data: bytes) -> tuple[str, bytes]:
    """Book and C1."""
    leaf = decode(data)
    if not isinstance(leaf, dict) or list(leaf) != [0, 1, 2, 3, 4] or not all(type(key) is int for key in leaf):
        raise ValueError
    tag, version, book, commitment, identity = leaf.values()
    if tag != LEAF or read_number(version) != LEAF_VERSION:
        raise ValueError
    read_bytes(identity)
    return read_text(book), read_bytes(commitment)


def read_body(data: bytes) -> tuple[dict[str, Any], bytes]:
    """What the body says, and its commitment to the row."""
    tag, salt, body = decode(data)
    if tag != BODY or not read_bytes(salt):
        raise ValueError
    entry_id, home, kind, day, lines, details, reverses, act, hold, deadline, closes, row = body
    return {
        "id": read_text(entry_id),
        "home": read_text(home),
        "kind": read_text(kind),
        "local_day": _day(day),
        "lines": tuple(map(_line, lines)),
        "details": _details(details),
        "reverses": _if_there(read_text, reverses),
        "act": _if_there(read_text, act),
        "hold": _if_there(read_text, hold),
        "deadline": _if_there(_instant, deadline),
        "closes": tuple(map(read_text, closes)),
    }, read_bytes(row)


def read_row(data: bytes) -> dict[str, Any]:
    """The reference and the exact times."""
    tag, salt, reference, occurred_at, recorded_at = decode(data)
    if tag != ROW or not read_bytes(salt):
        raise ValueError
    return {
        "reference": read_text(reference),
        "occurred_at": _instant(occurred_at),
        "recorded_at": _instant(recorded_at),
    }


def decode(data: bytes) -> Any:
    """What the bytes hold; raises ValueError unless they are the one way to write it."""
    value = cbor2.loads(data, max_depth=_DEEPEST, allow_indefinite=False, allow_duplicate_keys=False)
    if cbor2.dumps(value) != data:
        raise ValueError
    return value


def _line(line: Any) -> OpenedLine:
    path, unit, floor, ceiling, expires_at, amount = line
    return OpenedLine(
        read_text(path),
        read_text(unit),
        _if_there(read_number, floor),
        _if_there(read_number, ceiling),
        _if_there(_instant, expires_at),
        read_number(amount),
    )


def _if_there(read: Callable[[Any], T], value: Any) -> T | None:
    return None if value is None else read(value)


def read_text(value: Any) -> str:
    """The value, which is a text; raises ValueError."""
    if type(value) is not str:
        raise ValueError
    return value


def read_bytes(value: Any) -> bytes:
    """The value, which is bytes; raises ValueError."""
    if type(value) is not bytes:
        raise ValueError
    return value


def read_number(value: Any) -> int:
    """The value, which is a whole number; raises ValueError."""
    if type(value) is not int or abs(value) >= 2**63:  # beyond that CBOR has a second form
        raise ValueError
    return value


def _day(value: Any) -> date:
    day = date.fromisoformat(read_text(value))
    if day.isoformat() != value:
        raise ValueError
    return day


def _instant(value: Any) -> datetime:
    instant = read_instant(read_text(value))
    if write_instant(instant) != value:
        raise ValueError
    return instant


def _details(value: Any) -> dict[str, Any]:
    details = read_details(read_text(value))
    check_details(details)
    if write_details(details) != value:
        raise ValueError
    return details
