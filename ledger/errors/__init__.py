"""Everything the ledger can refuse, as one tree. Whatever is raised, nothing was written.

    LedgerError
    ├── EntryInvalid                    the entry itself is wrong (kind "invalid")
    │   ├── EmptyEntry  TooManyLegs  LegInvalid  DuplicateLeg  Unbalanced
    │   ├── AmountInvalid  AmountOutOfRange  UnitUnknown
    │   ├── UnitMismatch  FloorMismatch  CeilingMismatch  ExpiryMismatch
    │   ├── PathInvalid  NameInvalid  TimeInvalid  DetailsInvalid  SaltInvalid  CommitmentInvalid
    │   ├── ActInvalid  HoldInvalid  NotAMirror  NotOfHold
    │   └── CursorInvalid
    ├── EntryRefused                    well-formed, and the state of the book says no (kind "refused")
    │   ├── BalanceTooLow  BalanceTooHigh  BalanceOutOfRange
    │   ├── AccountClosed  AccountNotEmpty  AccountHasHold  AccountExpired  AccountHeld
    │   ├── HoldEnded  HoldOverdue  NotInLogYet
    │   └── AlreadyReversed  ReversalOfReversal  ReversalOfHold
    ├── EntryConflict                   the name is taken (kind "conflict")
    │   └── ReferenceConflict  IdConflict
    ├── EntryUnknown                    no such entry (kind "not_found")
    │   └── HoldUnknown  AccountUnknown
    └── LogError                        what a transparency log shows does not hold (kind "invalid")
        ├── TreeSizeInvalid  OutOfTree  HashInvalid  ConsistencyFalse
        ├── TilePathInvalid  TileTruncated  TileOverlong  TileFalse
        ├── BundleMalformed  BundleFalse  LeafTooLong
        ├── KeyMalformed  KeysAmbiguous
        ├── NoteMalformed  SignatureUnknown  SignatureFalse
        ├── CheckpointMalformed  OriginForeign
        ├── ProofMalformed  ProofFalse  ReceiptMalformed  ReceiptFalse
        ├── OpeningMalformed  OpeningFalse  TotalsMalformed  TotalsDiffer
        └── LeafFalse  RowUnreadable  LogRewound  LogForked  LogSound  LogStopped

``code`` is stable and public; ``kind`` says what a face makes of it; ``params`` fill the sentence. ``str(error)`` is
for logs only.
"""

from ledger.errors.base import LedgerError
from ledger.errors.entries import (
    AccountClosed,
    AccountExpired,
    AccountHasHold,
    AccountHeld,
    AccountNotEmpty,
    AccountUnknown,
    ActInvalid,
    AlreadyReversed,
    AmountInvalid,
    AmountOutOfRange,
    BalanceOutOfRange,
    BalanceTooHigh,
    BalanceTooLow,
    CeilingMismatch,
    CommitmentInvalid,
    CursorInvalid,
    DetailsInvalid,
    DuplicateLeg,
    EmptyEntry,
    EntryConflict,
    EntryInvalid,
    EntryRefused,
    EntryUnknown,
    ExpiryMismatch,
    FloorMismatch,
    HoldEnded,
    HoldInvalid,
    HoldOverdue,
    HoldUnknown,
    IdConflict,
    LegInvalid,
    NameInvalid,
    NotAMirror,
    NotInLogYet,
    NotOfHold,
    PathInvalid,
    ReferenceConflict,
    ReversalOfHold,
    ReversalOfReversal,
    SaltInvalid,
    TimeInvalid,
    TooManyLegs,
    Unbalanced,
    UnitMismatch,
    UnitUnknown,
)
from ledger.errors.log import (
    BundleFalse,
    BundleMalformed,
    CheckpointMalformed,
    ConsistencyFalse,
    HashInvalid,
    KeyMalformed,
    KeysAmbiguous,
    LeafFalse,
    LeafTooLong,
    LogError,
    LogForked,
    LogRewound,
    LogSound,
    LogStopped,
    NoteMalformed,
    OpeningFalse,
    OpeningMalformed,
    OriginForeign,
    OutOfTree,
    ProofFalse,
    ProofMalformed,
    ReceiptFalse,
    ReceiptMalformed,
    RowUnreadable,
    SignatureFalse,
    SignatureUnknown,
    TileFalse,
    TileOverlong,
    TilePathInvalid,
    TileTruncated,
    TotalsDiffer,
    TotalsMalformed,
    TreeSizeInvalid,
)

__all__ = [
    "AccountClosed",
    "AccountExpired",
    "AccountHasHold",
    "AccountHeld",
    "AccountNotEmpty",
    "AccountUnknown",
    "ActInvalid",
    "AlreadyReversed",
    "AmountInvalid",
    "AmountOutOfRange",
    "BalanceOutOfRange",
    "BalanceTooHigh",
    "BalanceTooLow",
    "BundleFalse",
    "BundleMalformed",
    "CeilingMismatch",
    "CheckpointMalformed",
    "CommitmentInvalid",
    "ConsistencyFalse",
    "CursorInvalid",
    "DetailsInvalid",
    "DuplicateLeg",
    "EmptyEntry",
    "EntryConflict",
    "EntryInvalid",
    "EntryRefused",
    "EntryUnknown",
    "ExpiryMismatch",
    "FloorMismatch",
    "HashInvalid",
    "HoldEnded",
    "HoldInvalid",
    "HoldOverdue",
    "HoldUnknown",
    "IdConflict",
    "KeyMalformed",
    "KeysAmbiguous",
    "LeafFalse",
    "LeafTooLong",
    "LedgerError",
    "LegInvalid",
    "LogError",
    "LogForked",
    "LogRewound",
    "LogSound",
    "LogStopped",
    "NameInvalid",
    "NotAMirror",
    "NotInLogYet",
    "NotOfHold",
    "NoteMalformed",
    "OpeningFalse",
    "OpeningMalformed",
    "OriginForeign",
    "OutOfTree",
    "PathInvalid",
    "ProofFalse",
    "ProofMalformed",
    "ReceiptFalse",
    "ReceiptMalformed",
    "ReferenceConflict",
    "ReversalOfHold",
    "ReversalOfReversal",
    "RowUnreadable",
    "SaltInvalid",
    "SignatureFalse",
    "SignatureUnknown",
    "TileFalse",
    "TileOverlong",
    "TilePathInvalid",
    "TileTruncated",
    "TimeInvalid",
    "TooManyLegs",
    "TotalsDiffer",
    "TotalsMalformed",
    "TreeSizeInvalid",
    "Unbalanced",
    "UnitMismatch",
    "UnitUnknown",
]
