"""Balances: now, or as they were at any time. Never by summing history."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from ledger.accounts import STRIPES, Account, check_path
from ledger.errors import TimeInvalid
from ledger.postings import check_name
from ledger.tables import account_table, posting_table
from ledger.times import UtcDateTime, is_instant

_account, _posting = account_table.c, posting_table.c

_BALANCE = select(func.sum(_account.balance)).where(
    _account.book == bindparam("of_book"), _account.path == bindparam("of_path")
)
# ";" follows ":", so the first two are a range of the key, which LIKE would not be. An OR alone would be none either:
# asked to group, SQLite then reads all accounts of the book. The third leaves out what only begins alike.
_UNDER = and_(
    _account.path >= bindparam("of_path"),
    _account.path < bindparam("until"),
    or_(_account.path == bindparam("of_path"), _account.path >= bindparam("since")),
)
_TOTAL = func.sum(_account.balance)
_BALANCES = (
    select(_account.path, _TOTAL)
    .where(_account.book == bindparam("of_book"), _UNDER)
    .group_by(_account.path)
    .having(_TOTAL != 0)
    .order_by(_account.path)
)
_STANDINGS: Select[Any] = select(
    _account.path,
    func.max(_account.unit).label("unit"),
    func.max(_account.floor).label("floor"),
    func.max(_account.ceiling).label("ceiling"),
    func.max(_account.expires_at, type_=UtcDateTime()).label("expires_at"),
    func.max(_account.closed_by).label("closed_by"),
    _TOTAL.label("balance"),
).group_by(_account.path)
_ACCOUNTS = _STANDINGS.where(_account.book == bindparam("of_book"), _UNDER).order_by(_account.path)
_OVERDUE = (
    _STANDINGS.where(_account.book == bindparam("of_book"), _account.expires_at <= bindparam("at", type_=UtcDateTime()))
    .having(_TOTAL > 0)
    .order_by(func.max(_account.expires_at), _account.path)
    .limit(bindparam("most"))
)
_AT = (
    select(_posting.balance)
    .where(
        _posting.book == bindparam("of_book"),
        _posting.path == bindparam("of_path"),
        _posting.stripe == bindparam("of_stripe"),
        _posting.recorded_at <= bindparam("at", type_=UtcDateTime()),
    )
    .order_by(_posting.recorded_at.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Standing:
    """An account and what is on it."""

    account: Account
    balance: int
    closed_by: str | None


def balance(session: Session, book: str, path: str, *, at: datetime | None = None) -> int:
    """What is on the account, or was just after the time ``at``; 0 where it was never used.

    One look into a key for each row of the account, however long its history. Raises NameInvalid, PathInvalid,
    TimeInvalid.
    """
    check_name("book", book)
    check_path(path)
    bound = {"of_book": book, "of_path": path}
    if at is None:
        return int(session.connection().execute(_BALANCE, bound).scalar() or 0)
    if not is_instant(at):
        raise TimeInvalid(field="at")
    at = at.astimezone(UTC)
    found = (
        session.connection().execute(_AT, bound | {"of_stripe": stripe, "at": at}).scalar() for stripe in range(STRIPES)
    )
    return sum(amount or 0 for amount in found)


def balances(session: Session, book: str, prefix: str) -> dict[str, int]:
    """Path → balance, in the order of the paths, of ``prefix`` and all below it; only those that are not zero."""
    rows = session.connection().execute(_BALANCES, _under(book, prefix)).all()
    return {path: int(amount) for path, amount in rows}


def standings(session: Session, book: str, prefix: str) -> tuple[Standing, ...]:
    """The accounts of ``prefix`` and all below it, in the order of their paths."""
    return tuple(map(_standing, session.connection().execute(_ACCOUNTS, _under(book, prefix)).all()))


def expired_accounts(session: Session, book: str, *, at: datetime, limit: int = 500) -> tuple[Standing, ...]:
    """Lots whose time is over and that still have something on them, the oldest first."""
    check_name("book", book)
    if not is_instant(at):
        raise TimeInvalid(field="at")
    bound = {"of_book": book, "at": at, "most": limit}
    return tuple(map(_standing, session.connection().execute(_OVERDUE, bound).all()))


def _under(book: str, prefix: str) -> dict[str, str]:
    check_name("book", book)
    check_path(prefix)
    return {"of_book": book, "of_path": prefix, "since": f"{prefix}:", "until": f"{prefix};"}


def _standing(row: Row[Any]) -> Standing:
    account = Account(row.path, row.unit, row.floor, row.ceiling, row.expires_at)
    return Standing(account, int(row.balance), row.closed_by)
