"""Everything the ledger can refuse, as one tree. Whatever is raised, nothing was written.

    LedgerError
    ├── EntryInvalid                    the entry itself is wrong (kind "invalid")
    │   ├── EmptyEntry  TooManyLegs  DuplicateLeg  Unbalanced
    │   ├── AmountInvalid  AmountOutOfRange  UnitUnknown  UnitMismatch  FloorMismatch
    │   ├── PathInvalid  NameInvalid  TimeInvalid  DetailsInvalid  SaltInvalid  CommitmentInvalid
    │   ├── NotAMirror
    │   └── CursorInvalid
    ├── EntryRefused                    well-formed, and the state of the book says no (kind "refused")
    │   ├── BalanceTooLow  BalanceOutOfRange
    │   └── AlreadyReversed  ReversalOfReversal
    ├── EntryConflict                   the name is taken (kind "conflict")
    │   └── ReferenceConflict  IdConflict
    ├── EntryUnknown                    no such entry (kind "not_found")
    └── LogError                        what a transparency log shows does not hold (kind "invalid")
        ├── TreeSizeInvalid  OutOfTree  HashInvalid  ConsistencyFalse
        ├── TilePathInvalid  TileTruncated  TileOverlong  TileFalse
        ├── BundleMalformed  BundleFalse  LeafTooLong
        ├── KeyMalformed  KeysAmbiguous
        ├── NoteMalformed  SignatureUnknown  SignatureFalse
        ├── CheckpointMalformed  OriginForeign
        └── ProofMalformed  ProofFalse

``code`` is stable and public; ``kind`` says what a face makes of it; ``params`` fill the sentence. ``str(error)`` is
for logs only.
"""

from ledger.errors.base import LedgerError
from ledger.errors.entries import (
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
from ledger.errors.log import (
    BundleFalse,
    BundleMalformed,
    CheckpointMalformed,
    ConsistencyFalse,
    HashInvalid,
    KeyMalformed,
    KeysAmbiguous,
    LeafTooLong,
    LogError,
    NoteMalformed,
    OriginForeign,
    OutOfTree,
    ProofFalse,
    ProofMalformed,
    SignatureFalse,
    SignatureUnknown,
    TileFalse,
    TileOverlong,
    TilePathInvalid,
    TileTruncated,
    TreeSizeInvalid,
)

__all__ = [
    "AlreadyReversed",
    "AmountInvalid",
    "AmountOutOfRange",
    "BalanceOutOfRange",
    "BalanceTooLow",
    "BundleFalse",
    "BundleMalformed",
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
    "FloorMismatch",
    "HashInvalid",
    "IdConflict",
    "KeyMalformed",
    "KeysAmbiguous",
    "LeafTooLong",
    "LedgerError",
    "LogError",
    "NameInvalid",
    "NotAMirror",
    "NoteMalformed",
    "OriginForeign",
    "OutOfTree",
    "PathInvalid",
    "ProofFalse",
    "ProofMalformed",
    "ReferenceConflict",
    "ReversalOfReversal",
    "SaltInvalid",
    "SignatureFalse",
    "SignatureUnknown",
    "TileFalse",
    "TileOverlong",
    "TilePathInvalid",
    "TileTruncated",
    "TimeInvalid",
    "TooManyLegs",
    "TreeSizeInvalid",
    "Unbalanced",
    "UnitMismatch",
    "UnitUnknown",
]
