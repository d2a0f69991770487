"""An entry made ready to be written: checked, hashed, and laid out as rows."""

from dataclasses import dataclass
from datetime import datetime

import cbor2

from ledger.errors import TimeInvalid
from ledger.log import Record, content_hash, make_leaf, make_record
from ledger.postings import Entry, check_entry
from ledger.times import is_instant
from ledger.tlog.merkle import hash_leaf

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Sealed:
    """A record with its two hashes."""

    record: Record
    content_hash: bytes
    leaf_hash: bytes


def seal_entry(entry: Entry, *, now: datetime) -> Sealed:
    """The entry as it will be written; raises the EntryInvalid that fits."""
    if not is_instant(now):
        raise TimeInvalid(field="now")
    check_entry(entry)
    record = make_record(entry, now=now)
    return Sealed(record, content_hash(record), hash_leaf(make_leaf(record)))


def has_content(entry: Entry, expected: bytes) -> bool:
    """Whether the entry asks for what has this content hash; one too odd to be hashed never does."""
    try:
        return content_hash(make_record(entry, now=entry.occurred_at)) == expected
    except (
        TypeError,
        ValueError,
        AttributeError,
        RecursionError,
        cbor2.CBOREncodeError,
    ):
        return False


def entry_row(sealed: Sealed) -> Row:
    """The row of the entry table."""
    record = sealed.record
    return {
        "book": record.book,
        "id": record.id,
        "home": record.home,
        "reference": record.reference,
        "kind": record.kind,
        "occurred_at": record.occurred_at,
        "recorded_at": record.recorded_at,
        "local_day": record.local_day,
        "details": record.details,
        "content_hash": sealed.content_hash,
        "salt": record.salt,
        "commitment": record.commitment,
        "leaf_hash": sealed.leaf_hash,
        "reverses": record.reverses,
    }


def posting_rows(record: Record) -> list[Row]:
    """The rows of the posting table, legs numbered from 0."""
    return [
        {
            "book": record.book,
            "entry_id": record.id,
            "leg": leg,
            "path": path,
            "unit": unit,
            "amount": amount,
        }
        for leg, (path, unit, _, amount) in enumerate(record.lines)
    ]
