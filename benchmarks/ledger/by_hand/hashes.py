"""The hashes of an entry and of a tree, written down from the description in ledger/log.py and RFC 6962."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import cbor2

from ledger import Entry


def instant(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def lines_of(entry: Entry) -> tuple[tuple[Any, ...], ...]:
    return tuple(
        (
            leg.account.path,
            leg.account.unit,
            leg.account.floor,
            leg.account.ceiling,
            None if leg.account.expires_at is None else instant(leg.account.expires_at),
            leg.amount,
        )
        for leg in entry.legs
    )


def seal(entry: Entry, recorded_at: datetime) -> tuple[Any, ...]:
    """The row of ledger_entry of a plain entry, in the order of ENTRY."""
    occurred, recorded, day = instant(entry.occurred_at), instant(recorded_at), entry.local_day.isoformat()
    details = json.dumps(entry.details, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    lines = lines_of(entry)
    asked = (entry.book, entry.home, entry.reference, entry.kind, occurred, day, lines, details, None, None, None, None)
    content = sha256(cbor2.dumps(("greenlife/content", *asked, ()))).digest()
    leaf = leaf_hash(
        entry.book, entry.id, entry.home, entry.reference, entry.kind, occurred, recorded, day, lines, details,
        entry.salt, entry.commitment,
    )  # fmt: skip
    return (
        entry.book, entry.id, entry.home, entry.reference, entry.kind, occurred, recorded, day, details, content,
        entry.salt, entry.commitment, leaf,
    )  # fmt: skip


ENTRY = (
    "book, id, home, reference, kind, occurred_at, recorded_at, local_day, details, content_hash, salt, commitment, "
    "leaf_hash"
)


def leaf_hash(
    book: str, name: str, home: str, reference: str, kind: str, occurred: str, recorded: str, day: str,
    lines: Sequence[tuple[Any, ...]], details: str, salt: bytes, commitment: bytes,
) -> bytes:  # fmt: skip
    """Of a plain entry: no reversal, no act upon a hold."""
    row_salt = sha256(b"greenlife/row-salt/1" + salt).digest()
    row = sha256(cbor2.dumps(("greenlife/row", row_salt, reference, occurred, recorded))).digest()
    body_salt = sha256(b"greenlife/body-salt/1" + salt).digest()
    parts = (name, home, kind, day, lines, details, None, None, None, None, (), row)
    body = sha256(cbor2.dumps(("greenlife/body", body_salt, parts))).digest()
    leaf = cbor2.dumps({0: "greenlife/leaf", 1: 1, 2: book, 3: body, 4: commitment})
    return sha256(b"\x00" + leaf).digest()


def grow(size: int, peaks: dict[int, bytes], leaves: list[bytes]) -> list[tuple[int, int, bytes]]:
    """Level, index and hash of the inner nodes that a batch of leaves completes; ``peaks`` is level → hash."""
    nodes, row, level, first = [], leaves, 0, size
    while row:
        if first & 1:
            row, first = [peaks[level], *row], first - 1
        above = [sha256(b"\x01" + row[at] + row[at + 1]).digest() for at in range(0, len(row) - 1, 2)]
        level, first = level + 1, first >> 1
        nodes += [(level, first + at, node) for at, node in enumerate(above)]
        row = above
    return nodes
