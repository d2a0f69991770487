"""Audit: everything recomputed from the entries alone, and the first difference named."""

from itertools import chain

from sqlalchemy.orm import Session

from ledger.audit.accounts import check_accounts
from ledger.audit.book import Book, Progress
from ledger.audit.difference import Difference
from ledger.audit.entries import check_entries
from ledger.audit.log_rows import check_log
from ledger.rows.stream import Unreadable

__all__ = ["Difference", "check_book"]


def check_book(session: Session, book: str, *, progress: Progress | None = None) -> Difference | None:
    """None where the book is sound, else the first difference: entries by their ids, then accounts, then the log.

    Memory stays the same whatever the size of the book. All of it is read in the session's transaction, which has to
    see one state from beginning to end while others write: on PostgreSQL that is REPEATABLE READ. ``progress`` is
    called now and then with the stage (``entries``, ``postings``, ``log``), how many rows are done, and of how many.
    """
    connection = session.connection()
    driver = connection.connection.driver_connection
    if connection.dialect.name == "sqlite" and driver is not None and not driver.in_transaction:
        driver.execute("BEGIN")  # or each statement would see a state of its own
    reader = Book(connection, book, progress)
    checks = chain(check_entries(reader), check_accounts(reader), check_log(connection, book, progress=progress))
    try:
        return next(checks, None)
    except Unreadable as found:
        return Difference(found.table, found.key, found.column, found.expected, found.found)
