"""Stops, shops and stations of the demo city, and the posters that hang there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files
from random import Random

from sqlalchemy.orm import Session

from greenlife.checked_table import CheckedTable, Texts, open_table
from greenlife.city import City
from greenlife.codes import encode
from greenlife.models import Poster, Site
from ledger import Entropy, new_id

POSTED = {"stop": ("bus_ride", "ride"), "shop": ("own_bag", "bag")}
"""Kind of place → action and unit of the poster that hangs there; at a station somebody is there instead."""
KINDS = ("stop", "shop", "station")
E7, TOWN_APART, PLACE_APART = 10_000_000, 1_000_000, 80_000
"""Ten-millionths of a degree: a tenth of a degree is some ten kilometres."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place; ``poster`` is the code that hangs there, empty where none does."""

    id: str
    kind: str
    names: Texts
    district: str
    town: str
    poster: str
    latitude_e7: int
    longitude_e7: int


@dataclass(frozen=True)
class Places:
    """The spots by kind and district."""

    spots: Mapping[tuple[str, str], Sequence[Spot]]

    def near(self, kind: str, district: str, town: str) -> Sequence[Spot]:
        """Those of the town, or all of the district where the town has none."""
        spots = self.spots[kind, district]
        return [spot for spot in spots if spot.town == town] or spots

    def of_kind(self, kind: str) -> Sequence[Spot]:
        return [spot for (found, _), spots in self.spots.items() if found == kind for spot in spots]


def add_places(session: Session, city: City, *, entropy: Entropy) -> Places:
    """All places of the demo's data in the database; raises ConfigInvalid, TownUnknown."""
    spots: dict[tuple[str, str], list[Spot]] = {}
    with open_table(files("greenlife.demo") / "data" / "places.toml") as table:
        middles = {name: _middle(one) for name, one in table.named_tables("middle").items()}
        for kind in KINDS:
            for one in table.tables(kind):
                spot = _spot(one, kind, city, middles, entropy)
                spots.setdefault((kind, spot.district), []).append(spot)
                session.add_all(_rows(spot))
    session.flush()
    return Places(spots)


def _middle(table: CheckedTable) -> tuple[Decimal, Decimal]:
    latitude, longitude = table.decimal("latitude"), table.decimal("longitude")
    table.done()
    return latitude, longitude


def _spot(
    table: CheckedTable, kind: str, city: City, middles: Mapping[str, tuple[Decimal, Decimal]], entropy: Entropy
) -> Spot:
    town = city.town(table.string("town"))
    names = table.texts("names")
    table.done()
    code = encode(entropy(16), 26) if kind in POSTED else ""
    latitude, longitude = _somewhere(middles[town.district], town.id, names["zh-CN"])
    return Spot(
        id=new_id("sit", entropy),
        kind=kind,
        names=names,
        district=town.district,
        town=town.id,
        poster=code,
        latitude_e7=latitude,
        longitude_e7=longitude,
    )


def _somewhere(middle: tuple[Decimal, Decimal], town: str, name: str) -> tuple[int, int]:
    """An invented point in ten-millionths of a degree: towns within 15 km of the middle, places within 1 km of a town."""
    dice_of_town, dice = Random(town), Random(name)
    return (
        int(middle[0] * E7) + dice_of_town.randint(-TOWN_APART, TOWN_APART) + dice.randint(-PLACE_APART, PLACE_APART),
        int(middle[1] * E7) + dice_of_town.randint(-TOWN_APART, TOWN_APART) + dice.randint(-PLACE_APART, PLACE_APART),
    )


def _rows(spot: Spot) -> list[Site | Poster]:
    site = Site(
        id=spot.id,
        kind=spot.kind,
        names=dict(spot.names),
        district=spot.district,
        town=spot.town,
        active=True,
        latitude_e7=spot.latitude_e7,
        longitude_e7=spot.longitude_e7,
    )
    if not spot.poster:
        return [site]
    action, unit = POSTED[spot.kind]
    poster = Poster(code=spot.poster, short=spot.poster[:8], site_id=spot.id, action=action, unit=unit, active=True)
    return [site, poster]
