"""A panel as CSV."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from greenlife.safe_csv import write_csv
from greenlife.statistics.panels import Panel
from greenlife.statistics.small_groups import Row

MG_PER_KG = 1_000_000


def panel_csv(panel: Panel, *, headings: Sequence[str], label: Callable[[str], str], hidden: str) -> bytes:
    """The panel's rows and its total; kilograms with six decimals, so that no milligram is lost.

    ``headings`` are five: key, residents, actions, kilograms, points. ``label`` turns a key (or "total") into words,
    ``hidden`` stands in each cell of a hidden row.
    """
    return write_csv([headings, *(_cells(row, label(row.key), hidden) for row in (*panel.rows, panel.total))])


def _cells(row: Row, name: str, hidden: str) -> list[str]:
    if row.residents is None or row.mg is None:
        return [name, *[hidden] * 4]
    kilograms = (Decimal(row.mg) / MG_PER_KG).quantize(Decimal("0.000001"))
    return [name, str(row.residents), str(row.actions), str(kilograms), str(row.points)]
