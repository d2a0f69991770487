"""A city, its districts (the books of the ledger) and their towns and streets."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from greenlife.checked_table import Texts
from greenlife.errors import DistrictUnknown, TownUnknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A town or street; ``code`` is the national nine-digit code, ``note`` tells what is uncertain about the entry."""

    id: str
    names: Texts
    code: str | None
    district: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """A district; its id is also the id of its book in the ledger.

    ``code`` is the six-digit code of GB/T 2260, None where there is none; ``tile`` is (row, column) on the schematic
    map, columns in half tiles; ``population`` counts residents by ``population_source``, None where nothing is
    published.
    """

    id: str
    names: Texts
    code: str | None
    tile: tuple[int, int]
    population: int | None
    population_source: Texts | None
    towns: tuple[Town, ...]


@dataclass(frozen=True, kw_only=True)
class City:
    """A city; ``least_people`` is the smallest group about which figures are shown.

    ``actions_off`` are kinds of actions that there is no occasion for, such as the metro where there is none, and
    ``rules_off`` the review rules that would judge by what the city's residents do not show.
    """

    id: str
    names: Texts
    code: str
    zone: ZoneInfo
    least_people: int
    actions_off: tuple[str, ...]
    rules_off: tuple[str, ...]
    districts: tuple[District, ...]
    _districts: Mapping[str, District] = field(init=False, repr=False, compare=False)
    _towns: Mapping[str, Town] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_districts", {district.id: district for district in self.districts})
        object.__setattr__(self, "_towns", {town.id: town for one in self.districts for town in one.towns})

    def district(self, district_id: str) -> District:
        """Raises DistrictUnknown."""
        try:
            return self._districts[district_id]
        except KeyError:
            raise DistrictUnknown(district=district_id) from None

    def town(self, town_id: str) -> Town:
        """Raises TownUnknown."""
        try:
            return self._towns[town_id]
        except KeyError:
            raise TownUnknown(town=town_id) from None
