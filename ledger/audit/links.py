"""Entries that act upon others: held against what was known of these when they were recorded.

The rules are those of the write path (``linked``); only what it looks up is looked up here again, as it was.
"""

from collections.abc import Iterator

from sqlalchemy import select

from ledger.audit.book import Book, Filed
from ledger.audit.difference import Difference, Differences, of_entry
from ledger.audit.records import build, check_record
from ledger.errors import HoldUnknown, LedgerError
from ledger.known import Known, Target
from ledger.linked import amount_off, check_links
from ledger.log import make_line
from ledger.postings import Act, Entry
from ledger.rows.sources import ENTRIES, LEGS, POSTINGS
from ledger.tables import entry_table, posting_table
from ledger.times import read_instant

_entry, _posting = entry_table.c, posting_table.c


def check_link(book: Book, filed: Filed) -> Differences:
    """A reversal mirrors what it reverses, once; a hold, a capture and a release are what they say."""
    row = filed.row
    if row.reverses is None and row.act is None:
        return
    entry = build(filed)
    try:
        check_links(entry, _known_before(book, entry, row.recorded_at), read_instant(row.recorded_at))
    except LedgerError as error:
        # Perhaps it is one of the others that was changed.
        for name in dict.fromkeys(_related(book, entry)):
            yield from _check_other(book, name)
        yield of_entry(row, "hold" if row.reverses is None else "reverses", "what it says it is", error.code)


def _known_before(book: Book, entry: Entry, at: str) -> Known:
    """The entry that another acts upon, and the hold behind it, as they stood just before that one was recorded."""
    known = Known()
    name = entry.reverses or entry.hold
    target = None if name is None else _find_target(book, name, at)
    if target is None:
        return known
    known.targets[book.name, target.id] = target
    if entry.reverses is not None:
        target.reversed_by = _other_reversal(book, entry, at)
    if target.act == Act.HOLD:
        target.taken = _taken(book, target.id, at)
    if target.act == Act.CAPTURE and target.hold is not None:
        known.targets[book.name, target.hold] = _hold_of(book, target, target.hold)
    return known


def _hold_of(book: Book, capture: Target, name: str) -> Target:
    """The hold that a capture took from, with what was taken off it up to then; raises HoldUnknown."""
    at = next(book.stream(ENTRIES, _entry.id == capture.id)).recorded_at
    hold = _find_target(book, name, at)
    if hold is None:
        raise HoldUnknown(hold=name)
    hold.taken = [*_taken(book, name, at), (capture.id, amount_off(capture.lines))]
    return hold


def _find_target(book: Book, entry_id: str, before: str) -> Target | None:
    filed = book.find(entry_id)
    if filed is None or filed.row.recorded_at >= before:
        return None
    entry = build(filed)
    if entry.act is Act.HOLD and not any(leg.amount > 0 for leg in entry.legs):
        raise HoldUnknown(hold=entry_id)
    lines = tuple(map(make_line, entry.legs))
    return Target(entry.id, entry.home, lines, entry.reverses, None, entry.act, entry.hold, entry.deadline)


def _taken(book: Book, hold: str, before: str) -> list[tuple[str, int]]:
    """All that was taken off a hold before, as if at once: there may be any number of captures."""
    acts = select(_entry.id).where(_entry.book == book.name, _entry.hold == hold)
    legs = book.stream(LEGS, _posting.entry_id.in_(acts), _posting.amount < 0)
    taken = -sum(leg.amount for leg in legs if leg.recorded_at < before)
    return [(hold, taken)] if taken else []


def _other_reversal(book: Book, entry: Entry, at: str) -> str | None:
    others = (row for row in book.stream(ENTRIES, _entry.reverses == entry.reverses) if row.id != entry.id)
    return next((row.id for row in others if row.recorded_at <= at), None)


def _related(book: Book, entry: Entry) -> Iterator[str]:
    """The entries that what was known was made of, and those that should have been."""
    if entry.reverses is not None:
        yield entry.reverses
        yield from (row.id for row in book.stream(ENTRIES, _entry.reverses == entry.reverses))
    target = book.find(entry.reverses or "")
    hold = entry.hold or (None if target is None else target.row.hold)
    if hold is None:
        return
    yield hold
    yield from (row.id for row in book.stream(ENTRIES, _entry.hold == hold))
    found = book.find(hold)
    for leg in [] if found is None else found.legs:
        if leg.amount > 0:
            yield from (row.entry_id for row in book.stream(POSTINGS, _posting.path == leg.path))


def _check_other(book: Book, entry_id: str) -> Differences:
    filed = book.find(entry_id)
    if filed is not None:
        yield from check_record(filed)
    elif next(book.stream(LEGS, _posting.entry_id == entry_id), None) is not None:
        yield Difference("ledger_entry", (book.name, entry_id), "id", entry_id, None)
