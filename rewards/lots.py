"""Lots of points: accounts ``<wallet>:<fund>:<YYYY-MM>``, spendable through the last local day of their month."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ledger import standings

_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Lot:
    """Points that one fund paid and that expire together."""

    path: str
    fund: str
    month: str
    points: int

    @property
    def last_day(self) -> date:
        """The last local day on which the points can be spent."""
        year, month = int(self.month[:4]), int(self.month[5:])
        return date(year, month, monthrange(year, month)[1])

    def is_spendable(self, today: date) -> bool:
        """Whether its month is not over on this local day."""
        return self.month >= f"{today.year:04d}-{today.month:02d}"


def parse_lot(wallet: str, path: str, points: int) -> Lot | None:
    """The lot that ``path`` names, or None for an account of the wallet that is no lot."""
    fund, _, month = path.removeprefix(f"{wallet}:").rpartition(":")
    if not path.startswith(f"{wallet}:") or not fund or not _MONTH.fullmatch(month):
        return None
    return Lot(path, fund, month, points)


def list_lots(session: Session, *, book: str, wallet: str, today: date) -> tuple[Lot, ...]:
    """The lots that can be spent today, first to expire first."""
    parsed = (parse_lot(wallet, one.account.path, one.balance) for one in standings(session, book, wallet))
    spendable = (lot for lot in parsed if lot is not None and lot.points > 0 and lot.is_spendable(today))
    return tuple(sorted(spendable, key=lambda lot: (lot.month, lot.fund)))


def spendable_points(session: Session, *, book: str, wallet: str, today: date) -> int:
    """What the wallet can spend today."""
    return sum(lot.points for lot in list_lots(session, book=book, wallet=wallet, today=today))
