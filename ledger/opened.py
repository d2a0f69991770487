"""Totals computed again from openings that were held against the published log: no database, no trust."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ledger.disclosure import Disclosure, OpenedBody, open_body, read_disclosure
from ledger.errors import OpeningFalse, OriginForeign, TotalsDiffer, TotalsMalformed
from ledger.published import PublishedLog

COLUMNS = ("of", "name", "day", "unit", "amount", "entries")
"""Of a table of totals. ``of`` is ``account`` (name is its path, amount what it changed by) or ``kind`` (name is the
kind of entry, amount the sum of what was received on that local day)."""

Key = tuple[str, str, str, str]
"""The first four columns."""


@dataclass(slots=True)
class Opened:
    """What the openings of a file amount to, and how far they reach.

    ``others`` were opened and are of other days; ``closed`` are leaves between the first and the last opened one that
    the file does not open: whether they are of the period cannot be told from outside.
    """

    disclosure: Disclosure
    size: int
    counted: int = 0
    others: int = 0
    closed: int = 0
    first: int | None = None
    last: int | None = None
    amounts: dict[Key, int] = field(default_factory=lambda: defaultdict(int))
    entries: dict[Key, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def is_whole(self) -> bool:
        """Whether every leaf of the log was opened."""
        return self.counted + self.others == self.size


def check_disclosure(lines: Iterable[bytes], log: PublishedLog) -> Opened:
    """The totals of a file of openings, each of which opens the leaf that the log has at its index.

    Raises OriginForeign for openings of another log, OpeningMalformed, OpeningFalse (with the index) for one that is not
    the log's, out of order, of another book or unbalanced, OutOfTree for one that the log does not have, and what a false
    tile or bundle raises.
    """
    disclosure, openings = read_disclosure(lines)
    origin = log.checkpoint.origin
    if disclosure.origin != origin:
        raise OriginForeign(found=disclosure.origin[:200], expected=origin)
    opened = Opened(disclosure, log.checkpoint.size)
    for opening in openings:
        index = opening.index
        if opened.last is not None and index <= opened.last:
            raise OpeningFalse(index=index, why="order")
        if log.leaf(index) != opening.leaf:
            raise OpeningFalse(index=index, why="leaf")
        body = open_body(opening)
        if body.book != origin.rpartition("/")[2]:
            raise OpeningFalse(index=index, why="book")
        _check_balance(index, body)
        opened.closed += 0 if opened.last is None else index - opened.last - 1
        opened.first, opened.last = index if opened.first is None else opened.first, index
        _count(opened, body)
    return opened


def write_totals(opened: Opened) -> Iterator[tuple[str, ...]]:
    """The rows of the table of totals, headings first, in the order of their keys."""
    yield COLUMNS
    for key in sorted(opened.amounts):
        yield (*key, str(opened.amounts[key]), str(opened.entries[key]))


def compare_totals(opened: Opened, table: Iterable[str]) -> int:
    """How many rows of a table (CSV, columns as ``write_totals`` has them) were compared: all are as was computed.

    A row that the openings do not have counts as 0. Raises TotalsDiffer with the first that is not, and TotalsMalformed.
    """
    rows = csv.DictReader(table)
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise TotalsMalformed(line=1)
    count = 0
    for count, row in enumerate(rows, start=1):  # noqa: B007 - what was counted last is given back
        key, stated = _read_row(row, rows.line_num)
        found = opened.amounts.get(key, 0), opened.entries.get(key, 0)
        if stated != found:
            of, name, day, unit = key
            raise TotalsDiffer(
                of=of, name=name, day=day, unit=unit, stated=stated[0], found=found[0],
                stated_entries=stated[1], found_entries=found[1],
            )  # fmt: skip
    return count


def _read_row(row: Mapping[str | None, str | list[str] | None], line: int) -> tuple[Key, tuple[int, int]]:
    values = [row.get(name) for name in COLUMNS]
    if None in row or not all(isinstance(value, str) for value in values):
        raise TotalsMalformed(line=line)
    of, name, day, unit, amount, entries = map(str, values)
    try:
        return (of, name, day, unit), (int(amount), int(entries))
    except ValueError:
        raise TotalsMalformed(line=line) from None


def _check_balance(index: int, body: OpenedBody) -> None:
    sums: dict[str, int] = defaultdict(int)
    for line in body.lines:
        sums[line.unit] += line.amount
    if any(sums.values()):
        raise OpeningFalse(index=index, why="unbalanced")


def _count(opened: Opened, body: OpenedBody) -> None:
    if not opened.disclosure.covers(body.day):
        opened.others += 1
        return
    opened.counted += 1
    touched = set()
    for line in body.lines:
        account = ("account", line.path, "", line.unit)
        opened.amounts[account] += line.amount
        received = ("kind", body.kind, body.day.isoformat(), line.unit)
        opened.amounts[received] += max(line.amount, 0)
        touched |= {account, received}
    for key in touched:
        opened.entries[key] += 1
