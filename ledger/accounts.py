"""Accounts: a path, a unit, and how low the balance may fall."""

import re
from dataclasses import dataclass

from ledger.errors import PathInvalid

LONGEST_PATH = 200
"""Characters, colons included."""

_PATH = re.compile(r"[A-Za-z0-9_.-]+(?::[A-Za-z0-9_.-]+)*")


@dataclass(frozen=True, slots=True)
class Account:
    """An account named by a path such as ``fund:city``; it opens with its first posting.

    Unit and floor are fixed when it opens. ``floor`` (never above zero) is the lowest balance it may have; None lets
    it go below zero without end.
    """

    path: str
    unit: str
    floor: int | None = 0


def is_path(path: object) -> bool:
    """Whether ``path`` is made of parts of ``A-Z a-z 0-9 _ . -`` joined by colons, at most LONGEST_PATH long."""
    return isinstance(path, str) and len(path) <= LONGEST_PATH and _PATH.fullmatch(path) is not None


def check_path(path: object) -> None:
    """Raises PathInvalid, unless ``path`` can name an account or a home."""
    if not is_path(path):
        raise PathInvalid(path=repr(path)[:60])
