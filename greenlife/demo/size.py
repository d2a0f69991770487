"""How much city is made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """About so many ``actions`` and ``redemptions`` of so many ``residents`` on the last ``days``, today included."""

    residents: int = 2_000
    days: int = 60
    actions: int = 50_000
    redemptions: int = 1_500

    def days_until(self, today: date) -> Sequence[date]:
        return [today - timedelta(days=back) for back in range(self.days - 1, -1, -1)]


FULL = Size()
