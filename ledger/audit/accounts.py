"""The accounts of a book in the order of their paths, each row with its postings in the order of their times."""

from collections.abc import Generator, Iterator
from typing import Any

from ledger.amounts import LARGEST_BALANCE
from ledger.audit.book import Book
from ledger.audit.difference import Difference, Differences, of_account, of_posting
from ledger.audit.feeds import Feed, merged
from ledger.records import read_closes
from ledger.rows.sources import ACCOUNTS, POSTINGS

_FIXED = ("unit", "floor", "ceiling", "expires_at")
"""What all rows of an account have in common."""


def check_accounts(book: Book) -> Differences:
    """Each balance, at any time, is the sum of what was posted until then, and lies within its account's bounds.

    That what is on a held account is what is left of its hold needs no look of its own: each posting on it is one of
    the hold or of its acts, and these have been held against what was left.
    """
    rows = Feed(book.stream(ACCOUNTS), lambda row: (row.path, row.stripe))
    postings = Feed(book.watched(POSTINGS, "postings"), lambda row: (row.path, row.stripe))
    first, opened = None, ""
    for path, stripe in merged(rows, postings):
        row = rows.take_one((path, stripe))
        if row is None:
            yield Difference("ledger_account", (book.name, path, stripe), "path", path, None)
        if first is None or first.path != path:
            yield from _check_opening(first, opened)
            first, opened = row, ""
        yield from _check_agreement(row, first)
        opening = yield from _check_row(row, postings.take((path, stripe)), first)
        opened = min(filter(None, (opened, opening)), default="")
    yield from _check_opening(first, opened)


def _check_agreement(row: Any, first: Any) -> Differences:
    if first.stripe != 0:
        yield Difference("ledger_account", (row.book, row.path, 0), "stripe", 0, None)
    for column in _FIXED:
        expected, found = getattr(first, column), getattr(row, column)
        if expected != found:
            yield of_account(row, column, expected, found)


def _check_row(row: Any, postings: Iterator[Any], first: Any) -> Generator[Difference, None, str]:
    """Gives the time of the row's first posting, empty where it has none."""
    opening = last = None
    balance, moved_at = 0, row.opened_at
    for posting in postings:
        opening = opening or posting
        balance, last = balance + posting.amount, posting
        yield from _check_posting(row, posting, balance, moved_at if posting is not opening else "")
        moved_at = posting.recorded_at
    if opening is not None and row is not first and row.opened_at != opening.recorded_at:
        yield of_account(row, "opened_at", opening.recorded_at, row.opened_at)
    if opening is None and row is not first:
        yield of_account(row, "opened_at", "the time of a posting", row.opened_at)
    for column, expected in (("balance", balance), ("moved_at", moved_at)):
        if getattr(row, column) != expected:
            yield of_account(row, column, expected, getattr(row, column))
    if row.held_by is not None and (opening is None or opening.entry_id != row.held_by or row.stripe):
        yield of_account(row, "held_by", None if opening is None else opening.entry_id, row.held_by)
    if row.closed_by is not None:
        yield from _check_closed(row, last)
    return "" if opening is None else str(opening.recorded_at)


def _check_posting(row: Any, posting: Any, balance: int, moved_at: str) -> Differences:
    if posting.balance != balance:
        yield of_posting(posting, "balance", balance, posting.balance)
    if posting.recorded_at <= moved_at:
        yield of_posting(posting, "recorded_at", f"after {moved_at}", posting.recorded_at)
    low = -LARGEST_BALANCE if row.floor is None else row.floor
    high = LARGEST_BALANCE if row.ceiling is None else row.ceiling
    if not low <= balance <= high:
        yield of_posting(posting, "balance", f"from {low} to {high}", balance)


def _check_closed(row: Any, last: Any) -> Differences:
    """Its closing names it, and found it empty; after it nothing came."""
    if row.closing_closes is None or row.stripe or row.path not in read_closes(row.closing_closes):
        yield of_account(row, "closed_by", None, row.closed_by)
    if last is not None and last.entry_id != row.closed_by and last.recorded_at >= row.closing_recorded_at:
        yield of_posting(last, "recorded_at", f"before {row.closing_recorded_at}", last.recorded_at)
    if row.balance:
        yield of_account(row, "balance", 0, row.balance)


def _check_opening(first: Any, opened: str) -> Differences:
    """Row 0 stands from the first posting of any row of its account on."""
    if first is not None and first.opened_at != opened:
        yield of_account(first, "opened_at", opened or "the time of a posting", first.opened_at)
