"""Small groups are hidden, and so is whatever would give them away.

1. A row of fewer people than the city's threshold, but not of none, is hidden (primary suppression).
2. Sums are shown beside the rows, so what is hidden can be found by subtraction. Therefore the smallest of the other
   rows are hidden too, until at least two are, and until these are at least the threshold of people together
   (secondary suppression).
3. A row of nobody is a true zero and says nothing about anybody, so it is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass

FEWEST_HIDDEN = 2


@dataclass(frozen=True, slots=True)
class Row:
    """``mg`` in milligrams; all four figures are None where the row is hidden."""

    key: str
    residents: int | None
    actions: int | None
    mg: int | None
    points: int | None

    @property
    def hidden(self) -> bool:
        return self.residents is None


def hide_small(rows: Sequence[Row], least: int) -> list[Row]:
    """The rows in their order, those hidden that have to be."""
    by_size = sorted((row for row in rows if row.residents), key=lambda row: row.residents or 0)
    gone = [row for row in by_size if (row.residents or 0) < least]
    if gone:
        for row in by_size[len(gone) :]:
            if len(gone) >= FEWEST_HIDDEN and sum(one.residents or 0 for one in gone) >= least:
                break
            gone.append(row)
    keys = {row.key for row in gone}
    return [_hide(row) if row.key in keys else row for row in rows]


def hide_total(row: Row, least: int) -> Row:
    """The sum itself, hidden where it is of too few."""
    return _hide(row) if row.residents and row.residents < least else row


def _hide(row: Row) -> Row:
    return Row(row.key, None, None, None, None)
