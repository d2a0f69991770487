"""Actions to post: four legs, from nature and a fund to a resident's grams and lot, of residents by chance."""

import random
from datetime import UTC, date, datetime, timedelta

from ledger import CARBON, POINT, Account, Entry, Leg, new_id

START = datetime(2026, 6, 5, 4, 0, tzinfo=UTC)
EXPIRY = datetime(2027, 6, 30, 16, 0, tzinfo=UTC)
BOOK = "huzhou-deqing"
PLENTY = 10**12


LOT = ":points:city:2027-06"


def home_of(number: int) -> str:
    return f"resident:acc_{number:08d}"


def time_of(entry: Entry) -> datetime:
    """When an action is posted, a millisecond after the one before it."""
    return entry.occurred_at + timedelta(seconds=1)


class City:
    """Entries from a seed, so that each side is given the same ones; ``number`` counts them."""

    def __init__(
        self, *, homes: int, book: str = BOOK, seed: int | None = 1, number: int = 0, first_home: int = 0
    ) -> None:
        self._random = random.Random(seed)
        self._entropy = self._random.randbytes
        self._book, self._homes = book, range(first_home, first_home + homes)
        self._nature = Account(f"nature:{book}", CARBON, floor=None)
        self._sponsor = Account("sponsor:city", POINT, floor=None)
        self._fund = Account("fund:city", POINT)
        self.number = number

    def deposit(self) -> Entry:
        """Points for all actions there will be."""
        legs = (Leg(self._sponsor, -PLENTY), Leg(self._fund, PLENTY))
        return self._entry(self._fund.path, "deposit", legs, {"order": "2026-17"})

    def action(self) -> Entry:
        """325 g and 3 points for a resident."""
        home = home_of(self._random.choice(self._homes))
        grams = Account(f"{home}:carbon", CARBON)
        lot = Account(f"{home}{LOT}", POINT, expires_at=EXPIRY)
        legs = (Leg(self._nature, -325_000), Leg(grams, 325_000), Leg(self._fund, -3), Leg(lot, 3))
        details = {
            "action": "bus_ride", "tier": "partner", "quantity": "3.20", "unit": "km", "methodology": "bus_ride@1.0",
            "factors": ["bus-2024", "car-2024"], "town": "330521001",
        }  # fmt: skip
        return self._entry(home, "action", legs, details)

    def actions(self, count: int) -> list[Entry]:
        return [self.action() for _ in range(count)]

    def _entry(self, home: str, kind: str, legs: tuple[Leg, ...], details: dict[str, object]) -> Entry:
        self.number += 1
        return Entry(
            id=new_id("ent", self._entropy),
            book=self._book,
            home=home,
            reference=f"form:{self._entropy(16).hex()}",
            kind=kind,
            occurred_at=START + timedelta(milliseconds=self.number),
            local_day=date(2026, 6, 5),
            legs=legs,
            details=details,
            salt=self._entropy(32),
            commitment=self._entropy(32),
        )
