"""A city read from its folder of data and checked; anything wrong raises ConfigInvalid with file and key."""

import re
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from greenlife.checked_table import CheckedTable, Texts, open_table
from greenlife.city.city import City, District, Town
from greenlife.errors import ConfigInvalid

CITIES = ("huzhou",)
"""The cities that come with the software; one installation serves one of them."""

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def load_city(city_id: str, *, folder: Path | Traversable | None = None) -> City:
    """The city in ``folder`` (city.toml, towns.toml), by default the one that comes with the software."""
    if folder is None:
        if city_id not in CITIES:
            raise ConfigInvalid(where="GREENLIFE_CITY", key=city_id, why=f"is none of {', '.join(CITIES)}")
        folder = files("greenlife.city") / "data" / city_id
    with open_table(folder / "city.toml") as table:
        districts = table.tables("district")
        ids = _distinct(districts, "id")
        towns = _load_towns(folder / "towns.toml", frozenset(ids))
        source = table.texts("population_source")
        city = City(
            id=_matching(table, "id", re.compile(re.escape(city_id))),
            names=table.texts("names"),
            code=_matching(table, "code", re.compile(r"\d{6}")),
            zone=_zone(table),
            least_people=table.integer("least_people"),
            actions_off=table.strings("actions_off") if table.has("actions_off") else (),
            rules_off=table.strings("rules_off") if table.has("rules_off") else (),
            districts=tuple(_district(one, city_id, towns, source) for one in districts),
        )
        if city.least_people < 2:
            raise table.wrong("least_people", "must be 2 or more")
    tiles = [district.tile for district in city.districts]
    for number, one in enumerate(districts):
        if tiles.index(tiles[number]) != number:
            raise one.wrong("tile", "is taken by another district")
    return city


def _district(table: CheckedTable, city_id: str, towns: dict[str, list[Town]], source: Texts) -> District:
    district_id = _matching(table, "id", _ID)
    if not district_id.startswith(f"{city_id}-"):
        raise table.wrong("id", f"must begin with {city_id!r} and a hyphen, to be unique across cities")
    population = table.integer("population") if table.has("population") else None
    if population is not None and population < 1:
        raise table.wrong("population", "must be 1 or more")
    if district_id not in towns:
        raise table.wrong("id", f"{district_id!r} has no town in towns.toml")
    district = District(
        id=district_id,
        names=table.texts("names"),
        code=_matching(table, "code", re.compile(r"\d{6}")) if table.has("code") else None,
        tile=table.pair("tile"),
        population=population,
        population_source=source if population else None,
        towns=tuple(towns[district_id]),
    )
    table.done()
    return district


def _load_towns(file: Path | Traversable, districts: frozenset[str]) -> dict[str, list[Town]]:
    towns: dict[str, list[Town]] = {}
    with open_table(file) as table:
        tables = table.tables("town")
        _distinct(tables, "id")
        _distinct([one for one in tables if one.has("code")], "code")
        for one in tables:
            town = Town(
                id=_matching(one, "id", _ID),
                names=one.texts("names"),
                code=_matching(one, "code", re.compile(r"\d{9}")) if one.has("code") else None,
                district=one.choice("district", districts),
                note=one.optional_string("note"),
            )
            one.done()
            towns.setdefault(town.district, []).append(town)
    return towns


def _zone(table: CheckedTable) -> ZoneInfo:
    name = table.string("zone")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise table.wrong("zone", f"{name!r} is no time zone known here") from error


def _matching(table: CheckedTable, key: str, pattern: re.Pattern[str]) -> str:
    value = table.string(key)
    if not pattern.fullmatch(value):
        raise table.wrong(key, f"{value!r} has the wrong form")
    return value


def _distinct(tables: list[CheckedTable], key: str) -> list[str]:
    seen: list[str] = []
    for table in tables:
        value = table.string(key)
        if value in seen:
            raise table.wrong(key, f"{value!r} is there twice")
        seen.append(value)
    return seen
