"""A double-entry ledger for whole numbers: append-only, idempotent, each entry committed to by a Merkle leaf.

This is the front door: whatever is not listed here is nobody else's business.
"""

from ledger.accounts import LONGEST_PATH, Account
from ledger.amounts import CARBON, LARGEST_AMOUNT, LARGEST_BALANCE, POINT, UNITS
from ledger.append_only import append_only_ddl, drop_append_only_ddl
from ledger.audit import Difference, check_book
from ledger.balances import balance, balances
from ledger.book import Posted, post, post_many, reverse
from ledger.details import LARGEST_DETAILS
from ledger.errors import (
    AlreadyReversed,
    AmountInvalid,
    AmountOutOfRange,
    BalanceOutOfRange,
    BalanceTooLow,
    CommitmentInvalid,
    CursorInvalid,
    DetailsInvalid,
    DuplicateLeg,
    EmptyEntry,
    EntryConflict,
    EntryInvalid,
    EntryRefused,
    EntryUnknown,
    FloorMismatch,
    IdConflict,
    LedgerError,
    NameInvalid,
    NotAMirror,
    PathInvalid,
    ReferenceConflict,
    ReversalOfReversal,
    SaltInvalid,
    TimeInvalid,
    TooManyLegs,
    Unbalanced,
    UnitMismatch,
    UnitUnknown,
)
from ledger.ids import Entropy, new_id
from ledger.paging import Page, read_cursor, write_cursor
from ledger.postings import MOST_LEGS, Entry, Leg
from ledger.statements import Line, PostedEntry, days_touched, entries_on, get_entry, statement
from ledger.tables import metadata
from ledger.times import UtcDateTime

__all__ = [
    "CARBON",
    "LARGEST_AMOUNT",
    "LARGEST_BALANCE",
    "LARGEST_DETAILS",
    "LONGEST_PATH",
    "MOST_LEGS",
    "POINT",
    "UNITS",
    "Account",
    "AlreadyReversed",
    "AmountInvalid",
    "AmountOutOfRange",
    "BalanceOutOfRange",
    "BalanceTooLow",
    "CommitmentInvalid",
    "CursorInvalid",
    "DetailsInvalid",
    "Difference",
    "DuplicateLeg",
    "EmptyEntry",
    "Entropy",
    "Entry",
    "EntryConflict",
    "EntryInvalid",
    "EntryRefused",
    "EntryUnknown",
    "FloorMismatch",
    "IdConflict",
    "LedgerError",
    "Leg",
    "Line",
    "NameInvalid",
    "NotAMirror",
    "Page",
    "PathInvalid",
    "Posted",
    "PostedEntry",
    "ReferenceConflict",
    "ReversalOfReversal",
    "SaltInvalid",
    "TimeInvalid",
    "TooManyLegs",
    "Unbalanced",
    "UnitMismatch",
    "UnitUnknown",
    "UtcDateTime",
    "append_only_ddl",
    "balance",
    "balances",
    "check_book",
    "days_touched",
    "drop_append_only_ddl",
    "entries_on",
    "get_entry",
    "metadata",
    "new_id",
    "post",
    "post_many",
    "read_cursor",
    "reverse",
    "statement",
    "write_cursor",
]
