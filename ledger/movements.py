"""The statement of an account, or of all below a prefix: each posting with the balance after it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from ledger.accounts import check_path
from ledger.balances import balance
from ledger.errors import CursorInvalid, TimeInvalid
from ledger.paging import MOST_ON_A_PAGE, Page, read_cursor, write_cursor
from ledger.postings import MOST_LEGS, check_name
from ledger.tables import account_table, entry_table, posting_table
from ledger.times import is_instant

_account, _entry, _posting = account_table.c, entry_table.c, posting_table.c

_MOVEMENTS: Select[Any] = select(
    _posting.entry_id,
    _entry.kind,
    _entry.home,
    _entry.occurred_at,
    _posting.recorded_at,
    _entry.local_day,
    _posting.path,
    _posting.unit,
    _posting.amount,
    _posting.leg,
    _posting.balance,
    or_(_account.floor.is_not(None), _account.ceiling.is_not(None)).label("is_one_row"),
)
_MOVEMENTS = _MOVEMENTS.join(entry_table, and_(_entry.book == _posting.book, _entry.id == _posting.entry_id)).join(
    account_table,
    and_(_account.book == _posting.book, _account.path == _posting.path, _account.stripe == 0),
)


@dataclass(frozen=True, slots=True)
class Movement:
    """One posting; ``balance`` is what its account had on it from then on."""

    entry_id: str
    kind: str
    home: str
    occurred_at: datetime
    recorded_at: datetime
    local_day: date
    path: str
    unit: str
    amount: int
    balance: int


def movements(
    session: Session,
    book: str,
    prefix: str,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    kinds: Collection[str] | None = None,
    before: str | None = None,
    limit: int = 20,
) -> Page[Movement]:
    """The postings of ``prefix`` and all below it, recorded in [since, until), newest first, at most 200 of them.

    ``before`` is a page's ``next``; postings that arrive between two pages neither shift nor repeat any. Raises
    NameInvalid, PathInvalid, TimeInvalid, CursorInvalid.
    """
    _check(book, prefix, kinds, since=since, until=until)
    limit = max(1, min(limit, MOST_ON_A_PAGE))
    # ";" follows ":", so this is a range of the key.
    alike = and_(_posting.path >= prefix, _posting.path < f"{prefix};")
    under = and_(alike, or_(_posting.path == prefix, _posting.path >= f"{prefix}:"))
    query = _MOVEMENTS.where(_posting.book == book, under)
    if since is not None:
        query = query.where(_posting.recorded_at >= since)
    if until is not None:
        query = query.where(_posting.recorded_at < until)
    if kinds is not None:
        query = query.where(_entry.kind.in_(sorted(kinds)))
    if before is not None:
        query = query.where(_earlier_than(before))
    order = (_posting.recorded_at.desc(), _posting.entry_id.desc(), _posting.leg.desc())
    rows = session.connection().execute(query.order_by(*order).limit(limit + 1)).all()
    more = len(rows) > limit
    items = tuple(_movement(session, book, row) for row in rows[:limit])
    if not more:
        return Page(items, None)
    return Page(items, write_cursor(items[-1].recorded_at, f"{items[-1].entry_id}:{rows[limit - 1].leg}"))


def _check(book: str, prefix: str, kinds: Collection[str] | None, **instants: datetime | None) -> None:
    check_name("book", book)
    check_path(prefix)
    for kind in kinds or ():
        check_name("kind", kind)
    for field, instant in instants.items():
        if instant is not None and not is_instant(instant):
            raise TimeInvalid(field=field)


def _earlier_than(cursor: str) -> ColumnElement[bool]:
    at, last = read_cursor(cursor)
    entry_id, _, leg = last.partition(":")
    if not leg.isdecimal() or len(leg) > len(str(MOST_LEGS)):
        raise CursorInvalid
    of_entry = and_(_posting.entry_id == entry_id, _posting.leg < int(leg))
    same_time = and_(_posting.recorded_at == at, or_(_posting.entry_id < entry_id, of_entry))
    return or_(_posting.recorded_at < at, same_time)


def _movement(session: Session, book: str, row: Any) -> Movement:
    at = row.recorded_at.astimezone(UTC)
    return Movement(
        entry_id=row.entry_id,
        kind=row.kind,
        home=row.home,
        occurred_at=row.occurred_at,
        recorded_at=at,
        local_day=row.local_day,
        path=row.path,
        unit=row.unit,
        amount=row.amount,
        balance=row.balance if row.is_one_row else balance(session, book, row.path, at=at),
    )
