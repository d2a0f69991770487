"""Observations with as little said as a test needs, and histories of them."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count

from greenlife.review import Fix, MemoryHistory, Observation, Point, Suspicion, load_rulebook

NOON = datetime(2026, 5, 6, 4, tzinfo=UTC)
HERE = Point(30.87, 120.09)
_numbers = count(1)
RULES = {rule.code: rule for rule in load_rulebook().rules}


def north(metres: float) -> Point:
    return Point(HERE.latitude + metres / 111_195.08, HERE.longitude)


def seen(minutes: float = 0, **given: object) -> Observation:
    """A resident's poster scan here, so many minutes after noon, unless something else is said."""
    at = NOON + timedelta(minutes=minutes)
    told: dict[str, object] = {
        "id": f"act-{next(_numbers)}", "resident_id": "resident", "action": "bus_ride", "tier": "poster",
        "quantity": Decimal(1), "unit": "ride", "occurred_at": at, "local_day": (at + timedelta(hours=8)).date(),
    }  # fmt: skip
    return Observation(**(told | given))  # type: ignore[arg-type]


def scan(minutes: float = 0, *, metres: float = 0, **given: object) -> Observation:
    """A poster scan at the site so many metres north."""
    return seen(minutes, **({"site_id": f"site-{metres}", "site": north(metres), "device_id": "phone"} | given))


def located(
    minutes: float = 0, *, metres: float = 0, phone: float = 5, accuracy: int = 10, **given: object
) -> Observation:
    """A poster scan with the phone ``phone`` metres north of the poster."""
    return scan(minutes, metres=metres, **({"fix": Fix(north(metres + phone), accuracy)} | given))


def weighed(kilograms: str, minutes: float = 0, **given: object) -> Observation:
    told: dict[str, object] = {
        "action": "recyclables", "tier": "attended", "quantity": Decimal(kilograms), "unit": "kg",
        "material": "cardboard", "staff_id": "attendant", "site_id": "station", "site": HERE,
    }  # fmt: skip
    return seen(minutes, **(told | given))


def trip(kmh: float, minutes: float = 0, *, kilometres: str = "4", **given: object) -> Observation:
    at = NOON + timedelta(minutes=minutes)
    told = {
        "action": "bike_ride", "tier": "declared", "quantity": Decimal(kilometres), "unit": "km",
        "started_at": at - timedelta(hours=float(kilometres) / kmh),
    }  # fmt: skip
    return seen(minutes, **(told | given))


def walk(steps: int, length: float, minutes: float = 0, **given: object) -> Observation:
    at = NOON + timedelta(minutes=minutes)
    told = {
        "action": "walk", "tier": "declared", "quantity": Decimal(steps), "unit": "step",
        "started_at": at - timedelta(minutes=length),
    }  # fmt: skip
    return seen(minutes, **(told | given))


def days(number: float) -> float:
    """In minutes."""
    return number * 24 * 60


TOWNS = {"far": north(20_000), "near": north(2_000), "here": north(900)}
"""Where residents live."""


def history(*earlier: Observation) -> MemoryHistory:
    filled = MemoryHistory()
    for town, middle in TOWNS.items():
        filled.add_town(town, middle)
    for one in earlier:
        filled.add(one)
    return filled


def says(code: str, new: Observation, earlier: Iterable[Observation] | MemoryHistory = ()) -> Suspicion | None:
    """What one rule with the thresholds that come with the software says."""
    past = earlier if isinstance(earlier, MemoryHistory) else history(*earlier)
    return RULES[code].judge(new, past)


def outcome(code: str, new: Observation, earlier: Iterable[Observation] | MemoryHistory = ()) -> str | None:
    suspicion = says(code, new, earlier)
    return None if suspicion is None else suspicion.outcome


def day_of(minutes: float) -> date:
    return (NOON + timedelta(minutes=minutes, hours=8)).date()
