"""Rows of a partner's file, as they stand there; and the file of those that were rejected."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from greenlife.errors import MappingInvalid
from greenlife.feeds.mapping import Mapping
from greenlife.safe_csv import write_csv

HEADINGS = ("row", "column", "reason", "value")


@dataclass(frozen=True, slots=True)
class FeedRow:
    """``number`` is the row in the file, its headings being row 1; ``values`` is role → text."""

    number: int
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Rejection:
    """``reason`` is a stable code, ``column`` the heading of the file that it is about."""

    row: int
    column: str
    reason: str
    value: str


def read_rows(file: Path, mapping: Mapping) -> Iterator[FeedRow]:
    """The rows of a CSV file in UTF-8; raises MappingInvalid when a column is missing or it is no such file."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as text:
            lines = csv.DictReader(text)
            headings = lines.fieldnames or []
            missing = [heading for heading in mapping.columns.values() if heading not in headings]
            if missing:
                raise MappingInvalid(where=file.name, why=f"no column {', '.join(missing)}")
            for number, line in enumerate(lines, start=2):
                yield FeedRow(number, {role: line.get(name) or "" for role, name in mapping.columns.items()})
    except (UnicodeDecodeError, csv.Error) as error:
        raise MappingInvalid(where=file.name, why=str(error)) from error


def write_rejects(path: Path, rejections: Iterable[Rejection]) -> None:
    """The rejected rows as CSV that opens in Excel: row, column, reason, value."""
    rows = [(str(one.row), one.column, one.reason, one.value) for one in rejections]
    path.write_bytes(write_csv([HEADINGS, *rows]))
