"""What an entry commits to: two salted commitments and the leaf of its book's Merkle tree.

* Leaf hash: RFC 6962 section 2.1, as ``tlog.merkle`` has it.
* Leaf: deterministic CBOR (RFC 8949 section 4.2) of ``{0: "greenlife/leaf", 1: version, 2: book, 3: C1, 4: C2}``.
* C1 = ``SHA-256(CBOR(["greenlife/body", body salt, body]))``; the body is ``[id, home, kind, local day, lines, details,
  reverses, act, hold, deadline, closes, row]``, a line ``[path, unit, floor, ceiling, expires at, amount]``, the details
  their canonical JSON text, instants text too, what is not there null.
* row = ``SHA-256(CBOR(["greenlife/row", row salt, reference, occurred at, recorded at]))``: who is shown the body learns
  the day, not the second. Both salts are ``SHA-256(label || salt)`` of the entry's salt, so that one can be shown
  without the other.
* C2 is the caller's.

So a leaf tells a stranger nothing, and no column of an entry, a posting or an account (its balance is the sum of its
postings) can change without its leaf changing. All arrays, integers, texts and bytes here have one encoding each; the
only map has its keys written in order.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

import cbor2

from ledger.details import write_details
from ledger.postings import Entry, Leg
from ledger.times import write_instant

LEAF, BODY, ROW = "greenlife/leaf", "greenlife/body", "greenlife/row"
LEAF_VERSION = 1

Line = tuple[str, str, int | None, int | None, str | None, int]
"""Path, unit, floor, ceiling, time of expiry as text, amount."""


@dataclass(frozen=True, slots=True)
class Record:
    """An entry as its rows hold it: ``details``, times and the day are canonical texts."""

    id: str
    book: str
    home: str
    reference: str
    kind: str
    occurred_at: str
    recorded_at: str
    local_day: str
    lines: tuple[Line, ...]
    details: str
    salt: bytes
    commitment: bytes
    reverses: str | None = None
    act: str | None = None
    hold: str | None = None
    deadline: str | None = None
    closes: tuple[str, ...] = ()


def make_line(leg: Leg) -> Line:
    """The line of a leg."""
    account = leg.account
    expires_at = None if account.expires_at is None else write_instant(account.expires_at)
    return account.path, account.unit, account.floor, account.ceiling, expires_at, leg.amount


def make_record(entry: Entry, *, now: datetime) -> Record:
    """The record of an entry posted at ``now``; raises TypeError or ValueError where its details are no JSON."""
    return Record(
        id=entry.id,
        book=entry.book,
        home=entry.home,
        reference=entry.reference,
        kind=entry.kind,
        occurred_at=write_instant(entry.occurred_at),
        recorded_at=write_instant(now),
        local_day=entry.local_day.isoformat(),
        lines=tuple(map(make_line, entry.legs)),
        details=write_details(entry.details),
        salt=entry.salt,
        commitment=entry.commitment,
        reverses=entry.reverses,
        act=None if entry.act is None else entry.act.value,
        hold=entry.hold,
        deadline=None if entry.deadline is None else write_instant(entry.deadline),
        closes=tuple(entry.closes),
    )


def content_hash(record: Record) -> bytes:
    """SHA-256 of what the caller asked for: all but id, salt, commitment and time of recording."""
    return _hash(
        "greenlife/content",
        record.book,
        record.home,
        record.reference,
        record.kind,
        record.occurred_at,
        record.local_day,
        record.lines,
        record.details,
        record.reverses,
        record.act,
        record.hold,
        record.deadline,
        record.closes,
    )


def write_row(record: Record) -> bytes:
    """What opens the commitment to the reference and the exact times: the commitment is its hash."""
    salt = derive_salt(record.salt, b"greenlife/row-salt/1")
    return cbor2.dumps((ROW, salt, record.reference, record.occurred_at, record.recorded_at))


def write_body(record: Record) -> bytes:
    """What opens C1, which is its hash."""
    body = (
        record.id,
        record.home,
        record.kind,
        record.local_day,
        record.lines,
        record.details,
        record.reverses,
        record.act,
        record.hold,
        record.deadline,
        record.closes,
        commit_to_row(record),
    )
    return cbor2.dumps((BODY, derive_salt(record.salt, b"greenlife/body-salt/1"), body))


def commit_to_row(record: Record) -> bytes:
    """The commitment, inside the body, to the reference and the exact times."""
    return hashlib.sha256(write_row(record)).digest()


def commit_to_body(record: Record) -> bytes:
    """C1."""
    return hashlib.sha256(write_body(record)).digest()


def make_leaf(record: Record) -> bytes:
    """The bytes that a bundle publishes."""
    return cbor2.dumps(
        {
            0: LEAF,
            1: LEAF_VERSION,
            2: record.book,
            3: commit_to_body(record),
            4: record.commitment,
        }
    )


def derive_salt(salt: bytes, label: bytes) -> bytes:
    """The salt of one commitment, from the entry's."""
    return hashlib.sha256(label + salt).digest()


def _hash(*parts: object) -> bytes:
    return hashlib.sha256(cbor2.dumps(parts)).digest()
