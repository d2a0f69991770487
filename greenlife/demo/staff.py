"""Who works in the demo city: at the scales, at the tills and at the desks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import count, cycle

from sqlalchemy.orm import Session

from greenlife.checked_table import Texts
from greenlife.city import City
from greenlife.demo.accounts import (
    ATTENDANT,
    CITY_ADMIN,
    CLERK,
    DISTRICT_ADMIN,
    HOME_DISTRICT,
    SECOND_CITY_ADMIN,
)
from greenlife.demo.places import Places
from greenlife.demo.shelf import Shelf
from greenlife.models import Staff
from greenlife.residents import parse_phone
from ledger import Entropy, new_id

Key = tuple[str, str]

OWN: Mapping[str, str] = {
    "attendant": ATTENDANT.phone,
    "clerk": CLERK.phone,
    "district_admin": DISTRICT_ADMIN.phone,
    "city_admin": CITY_ADMIN.phone,
}
"""Role → the phone of the demo's account, given to the first of the home district."""


@dataclass(frozen=True)
class Crew:
    """By the id of the station, of the merchant, and of the shop whose till checks bags; and the two of the city."""

    attendants: Mapping[str, Staff]
    clerks: Mapping[str, Staff]
    tills: Mapping[str, Staff]
    city_admins: tuple[Staff, Staff]


def add_staff(session: Session, city: City, places: Places, shelf: Shelf, *, since: datetime, entropy: Entropy) -> Crew:
    """An attendant for each station, a clerk for each merchant, an administrator for each district, two for the city.

    One of the city proposes rules of points, the other approves them.
    """
    numbers, given = count(1), set[str]()

    def add(role: str, scope: str, label: Texts, district: str, phone: str = "") -> Staff:
        own = role not in given and district == HOME_DISTRICT
        phone = phone or (OWN[role] if own else f"1370000{next(numbers):04d}")
        if own:
            given.add(role)
        member = Staff(
            id=new_id("stf", entropy), phone=parse_phone(phone), role=role, scope=scope, label=dict(label),
            created_at=since,
        )  # fmt: skip
        session.add(member)
        return member

    attendants = {
        spot.id: add("attendant", spot.id, _counter(spot.names, "1 号秤", "scale 1"), spot.district)
        for spot in places.of_kind("station")
    }
    clerks = {
        key: add("clerk", key, _counter(merchant.names, "1 号台", "counter 1"), merchant.district)
        for key, merchant in shelf.merchants.items()
    }
    for one in city.districts:
        add("district_admin", one.id, _counter(one.names, "工作台", "desk"), one.id)
    first = add("city_admin", city.id, _counter(city.names, "工作台", "desk"), HOME_DISTRICT)
    second = add(
        "city_admin", city.id, _counter(city.names, "2 号工作台", "desk 2"), HOME_DISTRICT, SECOND_CITY_ADMIN.phone
    )
    session.flush()
    return Crew(attendants, clerks, _tills(city, places, shelf, clerks), (first, second))


def _counter(names: Texts, chinese: str, english: str) -> Texts:
    return {"zh-CN": f"{names['zh-CN']} {chinese}", "en": f"{names['en']}, {english}"}


def _tills(city: City, places: Places, shelf: Shelf, clerks: Mapping[str, Staff]) -> Mapping[str, Staff]:
    """The clerks of a district in turn for its shops."""
    tills: dict[str, Staff] = {}
    for district in city.districts:
        turn = cycle(shelf.merchants_of(district.id))
        tills |= {spot.id: clerks[next(turn)] for spot in places.spots["shop", district.id]}
    return tills
