"""The rows of the table of factors that no methodology has a use for, each with the reason: nothing is left out silently."""

from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from greenlife.checked_table import CheckedTable, Texts, open_table
from greenlife.methodology.load import data_files


@dataclass(frozen=True, slots=True, kw_only=True)
class UnusedRow:
    """A row of the table of factors; ``value`` is None where the table has none, ``unit`` as the table prints it."""

    code: str
    value: Decimal | None
    unit: str
    reason: Texts


def load_unused(folder: Path | Traversable | None = None) -> tuple[UnusedRow, ...]:
    """All of them, file by file; raises ConfigInvalid, also for a row that is there twice."""
    rows: dict[tuple[str, Decimal | None], UnusedRow] = {}
    for file in data_files(folder or files("greenlife.methodology") / "unused"):
        with open_table(file) as table:
            for one in table.tables("row"):
                row = _row(one)
                if (row.code, row.value) in rows:
                    raise one.wrong("code", f"{row.code!r} is there twice with this value")
                rows[row.code, row.value] = row
    return tuple(rows.values())


def _row(table: CheckedTable) -> UnusedRow:
    row = UnusedRow(
        code=table.string("code"),
        value=table.decimal("value") if table.has("value") else None,
        unit=table.string("unit"),
        reason=table.texts("reason"),
    )
    table.done()
    return row
