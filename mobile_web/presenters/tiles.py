"""Tiles of the districts, where they lie to each other: a figure, a note, and five steps of dark."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask_babel import gettext

from greenlife.city import City
from greenlife.statistics import Panel
from mobile_web.languages import pick
from mobile_web.presenters import numbers
from mobile_web.presenters.desk_tables import hidden

PERCENT = 100
TILE_STEPS = 5


@dataclass(frozen=True, kw_only=True)
class Tile:
    """``row`` and ``column`` on the schematic map, columns in half tiles; ``step`` 1 to 5 is how dark, 0 is no figure."""

    key: str
    name: str
    figure: str
    note: str
    row: int
    column: int
    step: int


def people_tiles(city: City, panel: Panel) -> list[Tile]:
    """The share of the population that took part, where a population is published."""
    rows = {row.key: row for row in panel.rows}
    shares = {
        place.id: Decimal(rows[place.id].residents or 0) * PERCENT / place.population if place.population else None
        for place in city.districts
    }
    return [
        Tile(
            key=place.id,
            name=pick(dict(place.names)),
            figure=hidden(panel.least_people)
            if rows[place.id].hidden
            else numbers.integer(rows[place.id].residents or 0),
            note=_share_of_population(shares[place.id]),
            row=place.tile[0],
            column=place.tile[1],
            step=step(shares[place.id], list(shares.values())),
        )
        for place in city.districts
    ]


def step(value: Decimal | None, among: Sequence[Decimal | None]) -> int:
    """How dark a tile is: fifths of the way from the least to the largest figure; 0 where there is none."""
    known = [one for one in among if one is not None]
    if value is None or not known:
        return 0
    span = max(known) - min(known)
    return min(TILE_STEPS, int((value - min(known)) / span * TILE_STEPS) + 1) if span else TILE_STEPS


def _share_of_population(share: Decimal | None) -> str:
    if share is None:
        return gettext("no published population")
    return gettext("%(share)s of residents", share=f"{numbers.decimal(share, 3)}%")
