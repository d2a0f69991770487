"""One row judged: a trip with its distance and times, or the reason why it is none."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from greenlife.feeds.mapping import Mapping
from greenlife.feeds.rows import FeedRow, Rejection

EARTH_METRES = 6_371_008.8
"""Mean radius R1 of the IUGG."""
SECONDS_PER_HOUR, METRES_PER_KM = 3600, 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """``started_at`` and ``stopped_at`` are the moved ends of the trip, with their zone; ``kilometres`` have three decimals, cut."""

    id: str
    vehicle: str
    kilometres: Decimal
    started_at: datetime
    stopped_at: datetime
    shifted_days: int


class Unfit(Exception):
    """A row that is no trip; ``role`` names its column."""

    def __init__(self, role: str, reason: str) -> None:
        super().__init__(reason)
        self.role, self.reason = role, reason


def judge(row: FeedRow, mapping: Mapping, *, shift_days: dict[str, int], now: datetime) -> Trip | Rejection:
    """The trip in a row; ``shift_days`` is by group."""
    try:
        return _trip(row.values, mapping, shift_days, now)
    except Unfit as unfit:
        return Rejection(row.number, mapping.columns[unfit.role], unfit.reason, row.values[unfit.role])


def _trip(values: dict[str, str], mapping: Mapping, shift_days: dict[str, int], now: datetime) -> Trip:
    if not values["trip"].strip():
        raise Unfit("trip", "no_id")
    group = mapping.groups.get(values["group"])
    if group is None:
        raise Unfit("group", "unknown_group")
    start, stop = (_time(values, role, mapping.time_format) for role in ("start_time", "stop_time"))
    seconds = (stop.replace(tzinfo=group.zone).timestamp()) - (start.replace(tzinfo=group.zone).timestamp())
    if seconds <= 0:
        raise Unfit("stop_time", "ends_before_start")
    metres = great_circle(_degrees(values, "start_lat", 90), _degrees(values, "start_lon", 180),
                          _degrees(values, "stop_lat", 90), _degrees(values, "stop_lon", 180))  # fmt: skip
    if metres < mapping.least_metres:
        raise Unfit("stop_lat", "too_short")
    if Decimal(metres / METRES_PER_KM / (seconds / SECONDS_PER_HOUR)) > mapping.most_kmh:
        raise Unfit("stop_time", "too_fast")
    # Moved on the clock of its own city, so that weekday and hour stay what they were.
    began, moved = ((one + timedelta(days=shift_days[group.id])).replace(tzinfo=group.zone) for one in (start, stop))
    if moved > now:
        raise Unfit("stop_time", "in_future")
    return Trip(
        id=values["trip"].strip(),
        vehicle=f"{group.id}:{values['vehicle'].strip() or 'trip ' + values['trip'].strip()}",
        kilometres=Decimal(int(metres)).scaleb(-3),
        started_at=began,
        stopped_at=moved,
        shifted_days=shift_days[group.id],
    )


def great_circle(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Metres between two points in degrees, by the haversine formula on a sphere of the mean radius."""
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    half_phi, half_lambda = (phi2 - phi1) / 2, math.radians(lon2 - lon1) / 2
    square = math.sin(half_phi) ** 2 + math.cos(phi1) * math.cos(phi2) * math.sin(half_lambda) ** 2
    return 2 * EARTH_METRES * math.asin(math.sqrt(min(1.0, square)))


def _time(values: dict[str, str], role: str, form: str) -> datetime:
    try:
        return datetime.strptime(values[role].strip(), form)  # noqa: DTZ007  (the zone is the group's)
    except ValueError:
        raise Unfit(role, "time_unreadable") from None


def _degrees(values: dict[str, str], role: str, most: int) -> float:
    text = values[role].strip()
    if not text:
        raise Unfit(role, "no_coordinates")
    try:
        degrees = float(text)
    except ValueError:
        raise Unfit(role, "coordinates_unreadable") from None
    if not abs(degrees) <= most:
        raise Unfit(role, "coordinates_unreadable")
    if degrees == 0:  # what devices report that have no position
        raise Unfit(role, "no_coordinates")
    return degrees
