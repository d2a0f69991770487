"""What a decision needs to know of the books, and what it leaves: plain values, handed in and out."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from ledger.accounts import Account
from ledger.log import Line
from ledger.seal import Sealed

AccountKey = tuple[str, str, int]
"""Book, path, stripe."""

ReferenceKey = tuple[str, str, str]
"""Book, home, reference: unique together."""

EntryKey = tuple[str, str]
"""Book, id."""


@dataclass(slots=True)
class AccountState:
    """A row of an account as it stands; ``seen`` is the balance that the store has, None where it has no such row.

    Row 0 is there for each account, if only to hold what is fixed when it opens.
    """

    book: str
    account: Account
    stripe: int
    balance: int = 0
    opened_at: datetime | None = None
    moved_at: datetime | None = None
    held_by: str | None = None
    closed_by: str | None = None
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """The first answer to a reference, and the hash of what was asked."""

    id: str
    kind: str
    recorded_at: datetime
    content_hash: bytes
    leaf_hash: bytes


@dataclass(slots=True)
class Target:
    """An entry that another one acts upon.

    ``taken`` lists, of a hold, what its captures and its release took off it, oldest first: (entry id, amount).
    """

    id: str
    home: str
    lines: tuple[Line, ...]
    reverses: str | None
    reversed_by: str | None
    act: str | None
    hold: str | None
    deadline: datetime | None
    taken: list[tuple[str, int]] = field(default_factory=list)


@dataclass(slots=True)
class Known:
    """As much of the books as the entries of a batch touch; what is not in it does not exist."""

    accounts: dict[AccountKey, AccountState] = field(default_factory=dict)
    earlier: dict[ReferenceKey, Earlier] = field(default_factory=dict)
    targets: dict[EntryKey, Target] = field(default_factory=dict)
    ids: set[EntryKey] = field(default_factory=set)
    """Ids of the batch that are taken: looked for only after a write met one, for hardly any is."""
    there: int = 0
    """How many of the rows, references and ids that the batch needs are there already."""


class Posting(NamedTuple):
    """One leg as its row is written: the time as text, ``balance`` that of its row of the account from then on.

    A tuple, for that is what a cursor takes, and there are several of them for each entry.
    """

    book: str
    entry_id: str
    leg: int
    path: str
    stripe: int
    unit: str
    amount: int
    recorded_at: str
    balance: int


@dataclass(frozen=True, slots=True)
class Posted:
    """An entry that is in the ledger; ``replayed`` when an earlier request had posted it.

    ``recorded_at`` is the time handed in, or as many microseconds later as its accounts had moved by then: no row of
    an account moves twice at the same time.
    """

    entry_id: str
    book: str
    reference: str
    kind: str
    recorded_at: datetime
    leaf_hash: bytes
    replayed: bool


@dataclass(slots=True)
class Decision:
    """The records of a batch: what to answer, and what to write."""

    answers: list[Posted] = field(default_factory=list)
    entries: list[Sealed] = field(default_factory=list)
    postings: list[Posting] = field(default_factory=list)
    accounts: dict[AccountKey, AccountState] = field(default_factory=dict)
