"""Accounts: a path, a unit, the bounds of its balance, and until when it can be spent from."""

import re
from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

from ledger.errors import PathInvalid

LONGEST_PATH = 200
"""Characters, colons included."""

STRIPES = 16
"""Rows that an account without bounds is kept in, so that those who write to it seldom wait for one another."""

_PATH = re.compile(r"[A-Za-z0-9_.-]+(?::[A-Za-z0-9_.-]+)*")


@dataclass(frozen=True, slots=True)
class Account:
    """An account named by a path such as ``fund:city``; it opens with its first posting.

    All but the path is fixed when it opens. ``floor`` (never above zero) is the lowest balance it may have, ``ceiling``
    (never below zero) the highest; None lets it go on without end. From ``expires_at`` on nothing can be spent from
    it, whether or not what is left on it has been swept: it is a lot.
    """

    path: str
    unit: str
    floor: int | None = 0
    ceiling: int | None = None
    expires_at: datetime | None = None


def stripe_of(account: Account, home: str) -> int:
    """Which row of the account an entry of this home moves: always 0 where there are bounds to guard."""
    if account.floor is not None or account.ceiling is not None:
        return 0
    return crc32(home.encode()) % STRIPES


def is_path(path: object) -> bool:
    """Whether ``path`` is made of parts of ``A-Z a-z 0-9 _ . -`` joined by colons, at most LONGEST_PATH long."""
    # A subclass may lie about its text, its hash, and what it is equal to.
    return type(path) is str and len(path) <= LONGEST_PATH and _PATH.fullmatch(path) is not None


def check_path(path: object) -> None:
    """Raises PathInvalid, unless ``path`` can name an account or a home."""
    if not is_path(path):
        raise PathInvalid(path=shorten(path))


def shorten(value: object) -> str:
    """What was given, short enough for a log; of anything but text only its type, for it may be anybody's code."""
    return repr(value[:60])[:60] if type(value) is str else type(value).__name__[:60]
