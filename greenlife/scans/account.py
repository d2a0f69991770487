"""A resident's two balances: points that can be spent, and avoided emissions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

import ledger
from greenlife import chart
from greenlife.models import ActionRecord, Resident
from greenlife.programme import Programme
from greenlife.scans.own_code import ref_of


@dataclass(frozen=True)
class LotLeft:
    """Points that end with ``month`` (YYYY-MM)."""

    month: str
    points: int


@dataclass(frozen=True, kw_only=True)
class Summary:
    """Points that can be spent today, milligrams avoided this year and in all, and the lot that ends next."""

    points: int
    carbon_year_mg: int
    carbon_total_mg: int
    next_to_expire: LotLeft | None


def resident_summary(session: Session, programme: Programme, *, resident: Resident, now: datetime) -> Summary:
    """The two figures of the home page; raises HomeMissing."""
    ref, today = ref_of(resident), programme.local_day(now)
    lots = _spendable_lots(session, ref.book, ref.account, today)
    year_mg = session.scalar(
        select(func.coalesce(func.sum(ActionRecord.mg), 0)).where(
            ActionRecord.resident_id == resident.id,
            ActionRecord.occurred_at >= programme.midnight(date(today.year, 1, 1)),
            ActionRecord.undone_at.is_(None),
            ActionRecord.state == "booked",
        )
    )
    month = min(lots, default=None)
    return Summary(
        points=sum(lots.values()),
        carbon_year_mg=int(year_mg or 0),
        carbon_total_mg=ledger.balance(session, ref.book, chart.carbon(ref.account).path),
        next_to_expire=LotLeft(month, lots[month]) if month else None,
    )


def spendable_points(session: Session, *, book: str, account: str, today: date) -> int:
    """The sum of the lots that have not ended, whether or not the sweep has run."""
    return sum(_spendable_lots(session, book, account, today).values())


def _spendable_lots(session: Session, book: str, account: str, today: date) -> dict[str, int]:
    return spendable_lots(ledger.balances(session, book, chart.wallet(account)), today)


def spendable_lots(balances: Mapping[str, int], today: date) -> dict[str, int]:
    """Month → points, of the lots among a resident's accounts that have not ended."""
    months: dict[str, int] = {}
    this_month = f"{today:%Y-%m}"
    for path, points in balances.items():
        *_, account_kind, _, month = ("", "", *path.rsplit(":", 3)[1:])
        if account_kind == "points" and month >= this_month:
            months[month] = months.get(month, 0) + points
    return months
