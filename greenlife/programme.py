"""The programme: what this installation counts, for which city, by which rules; loaded once, checked, and frozen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from greenlife.city import City, load_city
from greenlife.kinds import ActionKind, Tier, load_kinds, load_tiers
from greenlife.lifestyle_index.framework import Framework
from greenlife.lifestyle_index.load import load_framework
from greenlife.methodology import Methodology, load_methodologies


@dataclass(frozen=True, kw_only=True)
class Programme:
    """All data that rules what is booked; ``actions``, ``tiers`` and ``methodologies`` are by code.

    ``tiers`` are in the order of their strength, the weakest first.
    """

    city: City
    actions: Mapping[str, ActionKind]
    tiers: Mapping[str, Tier]
    methodologies: Mapping[str, Methodology]
    framework: Framework

    @property
    def zone(self) -> ZoneInfo:
        return self.city.zone

    def local_day(self, instant: datetime) -> date:
        """The city's calendar day at an aware instant."""
        if instant.tzinfo is None:
            raise ValueError("a day needs an instant with its time zone")
        return instant.astimezone(self.city.zone).date()

    def midnight(self, day: date) -> datetime:
        """The instant, in UTC, at which the city's ``day`` begins."""
        return datetime.combine(day, time.min, self.city.zone).astimezone(UTC)


def load_programme(city_id: str) -> Programme:
    """The programme of a city; raises ConfigInvalid naming the file and the key of the first mistake."""
    methodologies, tiers = load_methodologies(), load_tiers()
    return Programme(
        city=load_city(city_id),
        actions=load_kinds(methodologies=methodologies, tiers=tiers),
        tiers=tiers,
        methodologies=methodologies,
        framework=load_framework(),
    )
