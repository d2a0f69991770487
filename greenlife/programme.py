"""The programme: what this installation counts, for which city, by which rules; loaded once, checked, and frozen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from greenlife.city import City, load_city
from greenlife.errors import ConfigInvalid
from greenlife.kinds import ActionKind, Tier, load_kinds, load_tiers
from greenlife.lifestyle_index.framework import Framework
from greenlife.lifestyle_index.load import load_framework
from greenlife.methodology import Methodology, load_methodologies, load_superseded
from greenlife.review import RULES, Rulebook, load_rulebook


@dataclass(frozen=True, kw_only=True)
class Programme:
    """All data that rules what is booked; ``actions``, ``tiers`` and ``methodologies`` are by code.

    ``actions`` are those that the city has, in the order in which they are shown; ``tiers`` in that of their strength,
    the weakest first; ``superseded`` are former methodologies, by code and version; ``rulebook`` says what waits for a
    person.
    """

    city: City
    actions: Mapping[str, ActionKind]
    tiers: Mapping[str, Tier]
    methodologies: Mapping[str, Methodology]
    superseded: Mapping[str, Methodology]
    framework: Framework
    rulebook: Rulebook

    @property
    def versions(self) -> Mapping[str, Methodology]:
        """Every methodology that was ever booked by, by code and version."""
        return {**self.superseded, **{one.key: one for one in self.methodologies.values()}}

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


def load_programme(city_id: str, *, more_actions: Path | None = None) -> Programme:
    """The programme of a city; raises ConfigInvalid naming the file, line and key of the first mistake.

    ``more_actions`` is a folder of action files beside those that come with the software.
    """
    city, tiers = load_city(city_id), load_tiers()
    kinds, methodologies = load_kinds(methodologies=load_methodologies(), tiers=tiers, more=more_actions)
    for action in city.actions_off:
        if action not in kinds:
            raise ConfigInvalid(where=f"{city.id}/city.toml", key="actions_off", why=f"there is no action {action!r}")
    for rule in city.rules_off:
        if rule not in RULES:
            raise ConfigInvalid(where=f"{city.id}/city.toml", key="rules_off", why=f"there is no rule {rule!r}")
    return Programme(
        city=city,
        actions={code: kind for code, kind in kinds.items() if code not in city.actions_off},
        tiers=tiers,
        methodologies=methodologies,
        superseded=load_superseded() | (load_superseded(more_actions / "superseded") if more_actions else {}),
        framework=load_framework(actions=kinds),
        rulebook=load_rulebook().without(city.rules_off),
    )
