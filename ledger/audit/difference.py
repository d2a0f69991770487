"""A difference: where the ledger is not what its entries say."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Key = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """The table, the key of the row, the column, what was to be expected of it, and what was found; bytes in hex.

    A row that is missing is named by the key that it should have, and None is found in a column of its key; of one too
    many None is expected.
    """

    table: str
    key: Key
    column: str
    expected: object
    found: object


Differences = Iterator[Difference]
"""What a check gives. Only the first one counts: what comes after it may build on what it says is wrong."""


def of_entry(row: Any, column: str, expected: object, found: object) -> Difference:
    """A difference in the row of an entry."""
    return Difference("ledger_entry", (row.book, row.id), column, _shown(expected), _shown(found))


def of_posting(row: Any, column: str, expected: object, found: object) -> Difference:
    """A difference in the row of a posting."""
    return Difference("ledger_posting", (row.book, row.entry_id, row.leg), column, expected, found)


def of_account(row: Any, column: str, expected: object, found: object) -> Difference:
    """A difference in a row of an account, or for a posting in row 0 of its account."""
    return Difference("ledger_account", (row.book, row.path, row.stripe), column, expected, found)


def of_fixed(row: Any, column: str, expected: object, found: object) -> Difference:
    """A difference in what is fixed of the account of a posting: that stands in row 0 of it."""
    return Difference("ledger_account", (row.book, row.path, 0), column, expected, found)


def of_leaf(row: Any, column: str, expected: object, found: object) -> Difference:
    """A difference in a leaf."""
    return Difference("ledger_leaf", (row.book, row.leaf_index), column, _shown(expected), _shown(found))


def _shown(value: object) -> object:
    return value.hex() if isinstance(value, bytes) else value
