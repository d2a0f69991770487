"""Lots: accounts of one owner that expire. First to expire is spent first."""

from collections.abc import Iterable
from datetime import UTC, datetime

from ledger.balances import Standing
from ledger.errors import AmountInvalid, BalanceTooLow
from ledger.postings import Leg


def spendable(standings: Iterable[Standing], *, at: datetime) -> tuple[Standing, ...]:
    """The lots that something can be spent from at this time, first to expire first; those that never do come last."""
    found = [
        one
        for one in standings
        if one.balance > 0
        and one.closed_by is None
        and one.account.floor == 0
        and (one.account.expires_at is None or one.account.expires_at > at)
    ]
    never = datetime.max.replace(tzinfo=UTC)
    return tuple(sorted(found, key=lambda one: (one.account.expires_at or never, one.account.path)))


def spend(standings: Iterable[Standing], amount: int, *, at: datetime) -> tuple[Leg, ...]:
    """The debits that take ``amount`` from the lots; raises BalanceTooLow where they hold less together.

    Raises AmountInvalid unless ``amount`` is an integer above zero.
    """
    if type(amount) is not int or amount < 1:
        raise AmountInvalid
    legs: list[Leg] = []
    missing = amount
    for one in spendable(standings, at=at):
        if not missing:
            break
        taken = min(one.balance, missing)
        legs.append(Leg(one.account, -taken))
        missing -= taken
    if missing:
        raise BalanceTooLow(short_by=missing)
    return tuple(legs)
