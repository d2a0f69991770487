"""The chart of accounts: which paths there are, in which unit, and which may go below zero."""

from datetime import UTC, date, datetime, tzinfo
from functools import cache

from ledger import CARBON, POINT, Account

LOT_MONTHS = 12
"""Points live until the end of the same month a year later; a placeholder, to be set by the city."""


def holder(account: str) -> str:
    """The home of a resident's entries."""
    return f"resident:{account}"


def wallet(account: str) -> str:
    """The prefix of a resident's lots of points."""
    return f"resident:{account}:points"


def carbon(account: str) -> Account:
    return Account(f"resident:{account}:carbon", CARBON)


def lot(account: str, fund: str, day: date, zone: tzinfo) -> Account:
    """The lot that points earned on ``day`` go to: who paid and when they expire are part of its name."""
    month = expiry_month(day)
    return Account(f"resident:{account}:points:{fund}:{month}", POINT, expires_at=end_of_month(month, zone))


def nature(book: str) -> Account:
    """Where avoided emissions come from."""
    return Account(f"nature:{book}", CARBON, floor=None)


def fund(fund_id: str) -> Account:
    """A sponsor's budget in one district; never overspent."""
    return Account(f"fund:{fund_id}", POINT)


def under_review(hold_id: str) -> Account:
    """Points kept in the budget for an action that waits for a person, by the entry that keeps them."""
    return Account(f"held:{hold_id}", POINT)


def sponsor(sponsor_id: str) -> Account:
    return Account(f"sponsor:{sponsor_id}", POINT, floor=None)


@cache
def end_of_month(month: str, zone: tzinfo) -> datetime:
    """The first instant after the month (YYYY-MM), in UTC."""
    year, number = int(month[:4]), int(month[5:])
    return datetime(year + number // 12, number % 12 + 1, 1, tzinfo=zone).astimezone(UTC)


def expiry_month(day: date) -> str:
    """The last month, as YYYY-MM, in which points earned on ``day`` can be spent."""
    months = day.year * 12 + day.month - 1 + LOT_MONTHS
    return f"{months // 12:04d}-{months % 12 + 1:02d}"
