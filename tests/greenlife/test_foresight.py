"""What would be refused is said before the press, in the words in which it would be: looking and counting agree."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from greenlife.errors import CapReached, GreenlifeError, HouseholdCapReached, PlaceFull, QuantityCapReached, TooSoon
from greenlife.models import Resident
from greenlife.scans import ScanPreview, preview_scan
from tests.greenlife.test_caps import ruled
from tests.greenlife.test_households import household
from tests.greenlife.test_scans import scan
from tests.world import HOSTS, World

RULES: list[tuple[dict[str, Any], bool, type[GreenlifeError]]] = [
    ({"daily_cap": 1}, True, CapReached),
    ({"daily_quantity": Decimal("1.5")}, True, QuantityCapReached),
    ({"place_cap": 1}, False, PlaceFull),
    ({"household_cap": 1}, False, HouseholdCapReached),
    ({"daily_cap": 1, "place_cap": 1, "household_cap": 1}, True, CapReached),
    ({"interval": timedelta(hours=23)}, True, TooSoon),
    ({"interval": timedelta(hours=23), "place_cap": 1}, True, PlaceFull),
]
"""A rule, whether the same person meets it (else another of the household, at the same place), and what it raises."""


@pytest.fixture
def world(either_world: World) -> World:
    return either_world


def look(world: World, resident: Resident, code: str) -> ScanPreview:
    with world.database.reading() as session:
        return preview_scan(session, world.programme, resident=resident, code=code, hosts=HOSTS, now=world.now)


@pytest.mark.parametrize(("rule", "same", "error"), RULES)
def test_the_cap_that_is_foreseen_is_the_one_that_refuses(
    world: World, rule: dict[str, Any], same: bool, error: type[GreenlifeError]
) -> None:
    world.programme = ruled(world, "own_bag", "poster", **({"place_cap": None} | rule))
    first, second = household(world, 2)
    site = world.site()
    codes = [world.poster(site=site).code for _ in range(2)]
    assert look(world, first, codes[0]).refusal is None
    scan(world, first, codes[0])
    who = first if same else second

    foreseen = look(world, who, codes[1]).refusal

    with pytest.raises(error) as refused:
        scan(world, who, codes[1], "r2")
    assert foreseen is not None
    assert (type(foreseen), foreseen.params) == (type(refused.value), refused.value.params)
    world.later(days=1)
    assert look(world, who, codes[1]).refusal is None
    scan(world, who, codes[1], "r3")
