"""The entries of a book in the order of their ids, each with its legs and its place in the log or in the queue."""

from typing import Any

from ledger.audit.book import Book, Filed, some_legs
from ledger.audit.difference import Difference, Differences, of_account, of_entry, of_fixed, of_leaf, of_posting
from ledger.audit.feeds import Feed, merged
from ledger.audit.links import check_link
from ledger.audit.log_rows import find_gap
from ledger.audit.records import check_record
from ledger.postings import Act
from ledger.records import read_closes
from ledger.rows.sources import ACCOUNTS, ENTRIES, LEAVES_BY_ENTRY, LEGS, PENDING, POSTINGS
from ledger.tables import account_table, posting_table


def check_entries(book: Book) -> Differences:
    """Each entry is sealed as it stands, does what it may, and waits for its place in the log or has it."""
    entries = Feed(book.watched(ENTRIES, "entries"), lambda row: row.id)
    legs, pending, leaves = (
        Feed(book.stream(source), lambda row: row.entry_id) for source in (LEGS, PENDING, LEAVES_BY_ENTRY)
    )
    for entry_id in merged(entries, legs, pending, leaves):
        row = entries.take_one(entry_id)
        filed = Filed(row, some_legs(legs.take(entry_id)))
        waiting, leaf = pending.take_one(entry_id), leaves.take_one(entry_id)
        if row is None:
            yield _missing(book, entry_id, filed, leaf)
        yield from _check_entry(book, filed)
        yield from _check_place(book, row, waiting, leaf)


def _missing(book: Book, entry_id: str, filed: Filed, leaf: Any) -> Difference:
    """What stands without an entry: its legs betray that there was one; a mere name may have been made up."""
    if filed.legs:
        return Difference("ledger_entry", (book.name, entry_id), "id", entry_id, None)
    if leaf is not None:
        return of_leaf(leaf, "entry_id", "the id of an entry", entry_id)
    return Difference("ledger_pending", (book.name, entry_id), "entry_id", None, entry_id)


def _check_entry(book: Book, filed: Filed) -> Differences:
    if not filed.legs and filed.row.closes is None:
        yield Difference("ledger_posting", (book.name, filed.row.id, 0), "leg", 0, None)
    yield from check_record(filed)
    for leg in filed.legs:
        yield from _check_use(filed.row, leg)
    yield from check_link(book, filed)
    if filed.row.closes is not None:
        yield from _check_closings(book, filed.row)


def _check_use(row: Any, leg: Any) -> Differences:
    if leg.amount < 0:
        yield from _check_expiry(row, leg)
    holder = None
    if row.act == Act.HOLD and leg.amount > 0:
        holder = row.id
    elif row.hold is not None and leg.amount < 0:
        holder = row.hold
    if leg.account_held_by != holder:
        yield of_fixed(leg, "held_by", holder, leg.account_held_by)


def _check_expiry(row: Any, leg: Any) -> Differences:
    """From its time of expiry on, a lot is debited by a sweep or a reversal only; and a sweep debits nothing else."""
    expires_at, at = leg.account_expires_at, row.recorded_at
    is_over = expires_at is not None and at >= expires_at
    if row.act == Act.SWEEP and not is_over:
        yield of_posting(leg, "recorded_at", f"from {expires_at} on", at)
    if is_over and row.act != Act.SWEEP and row.reverses is None:
        yield of_posting(leg, "recorded_at", f"before {expires_at}", at)


def _check_closings(book: Book, row: Any) -> Differences:
    """Each account that the entry closes says so; the other direction is looked at with the accounts."""
    for path in read_closes(row.closes):
        account: Any = next(book.stream(ACCOUNTS, account_table.c.path == path, account_table.c.stripe == 0), None)
        if account is None:
            yield Difference("ledger_account", (book.name, path, 0), "path", path, None)
        if account.floor is None and account.ceiling is None:
            yield of_entry(row, "closes", "accounts with bounds", path)
        if account.closed_by != row.id:
            yield of_account(account, "closed_by", row.id, account.closed_by)
        if _is_held_of(book, path):
            yield of_entry(row, "closes", "accounts that nothing is held of", path)


def _is_held_of(book: Book, path: str) -> bool:
    """Whether a hold would still give back to the account: once closed it takes part in no new one, so that now counts."""
    posting = posting_table.c
    for debit in book.stream(POSTINGS, posting.path == path, posting.stripe == 0, posting.amount < 0):
        hold = book.find(debit.entry_id)
        if hold is None or hold.row.act != Act.HOLD:
            continue
        into = [leg.path for leg in hold.legs if leg.amount > 0]
        held = (
            next(book.stream(ACCOUNTS, account_table.c.path == one, account_table.c.stripe == 0), None) for one in into
        )
        # What is left of a hold is the end of its legs: captures use them in their order.
        left = sum(account.balance for account in held if account is not None)
        for leg in reversed([leg for leg in hold.legs if leg.amount < 0]):
            if left > 0 and leg.path == path:
                return True
            left += leg.amount
    return False


def _check_place(book: Book, row: Any, waiting: Any, leaf: Any) -> Differences:
    key = row.book, row.id
    if waiting is not None and leaf is not None:
        yield Difference("ledger_pending", key, "entry_id", None, row.id)
    if waiting is None and leaf is None:
        yield from find_gap(book)
        yield Difference("ledger_pending", key, "entry_id", row.id, None)
    if leaf is not None and leaf.hash != row.leaf_hash:
        yield of_leaf(leaf, "hash", row.leaf_hash, leaf.hash)
