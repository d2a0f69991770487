"""An entry made ready to be written: its record and its two hashes."""

from dataclasses import dataclass
from datetime import datetime

from ledger.log import Record, content_hash, make_leaf, make_record
from ledger.postings import Entry
from ledger.tlog.merkle import hash_leaf


@dataclass(frozen=True, slots=True)
class Sealed:
    """A record with its two hashes."""

    record: Record
    content_hash: bytes
    leaf_hash: bytes


def seal_entry(entry: Entry, *, now: datetime) -> Sealed:
    """A well-formed entry as it will be written."""
    record = make_record(entry, now=now)
    return Sealed(record, content_hash(record), hash_leaf(make_leaf(record)))


def has_content(entry: Entry, expected: bytes) -> bool:
    """Whether the entry asks for what has this content hash; one too odd to be hashed never does."""
    try:
        return content_hash(make_record(entry, now=entry.occurred_at)) == expected
    except Exception:  # noqa: BLE001 - it may be malformed in any way, with anybody's code in it
        return False
