"""Figures over the API: the own district only, few people hidden, the index with its parts."""

from decimal import Decimal

import pytest

from greenlife.actions import ActionClaim, book_actions
from greenlife.scans.own_code import ref_of
from greenlife.statistics import refresh_statistics
from tests.api.client import Client, assert_problem
from tests.world import ANJI, DEQING, World


@pytest.fixture
def busy(world: World) -> World:
    """Twelve people who took the bus in one town."""
    for number in range(12):
        person = world.resident()
        claim = ActionClaim(
            resident=ref_of(person), action="bus_ride", tier="partner", quantity=Decimal("3.5"), unit="km",
            occurred_at=world.now, evidence_key=f"bus:{number}", reference=f"r{number}",
        )  # fmt: skip
        with world.database.writing() as session:
            book_actions(session, world.programme, [claim], now=world.now, entropy=world.entropy)
    with world.database.writing() as session:
        refresh_statistics(session, world.programme, now=world.now)
    return world


def test_the_own_district(client: Client, busy: World) -> None:
    admin = client.as_(busy.staff("district_admin", DEQING))
    panel = admin.get("/statistics/by_action").json
    assert panel["total"] == {"key": "total", "hidden": False, "residents": 12, "actions": 12,
                              "mg": panel["total"]["mg"], "points": panel["total"]["points"]}  # fmt: skip
    assert panel["district"] == DEQING
    assert len(admin.get("/statistics/by_day?since=2026-11-01&until=2026-11-02").json["rows"]) == 2


@pytest.mark.parametrize("path", ["by_day", "index", "by_town"])
def test_another_district_is_refused(client: Client, busy: World, path: str) -> None:
    admin = client.as_(busy.staff("district_admin", DEQING))
    assert_problem(admin.get(f"/statistics/{path}?district={ANJI}"), 403, "other_district")
    assert admin.get(f"/statistics/{path}?district={DEQING}").status_code == 200  # the control
    assert_problem(admin.get("/statistics/districts"), 403, "other_district")


def test_the_city_sees_all(client: Client, busy: World) -> None:
    admin = client.as_(busy.staff("city_admin", "huzhou"))
    rows = {row["key"]: row for row in admin.get("/statistics/districts").json["rows"]}
    assert (len(rows), rows[DEQING]["residents"]) == (7, 12)
    index = admin.get("/statistics/index").json
    assert index["weights_status"] == "placeholder"
    assert len(index["districts"]) == 7
    own = next(one for one in index["districts"] if one["district"] == DEQING)
    parts = [Decimal(one["contribution"]) for one in own["dimensions"]]
    assert sum(parts) == Decimal(own["index"])


def test_what_cannot_be_asked(client: Client, busy: World) -> None:
    admin = client.as_(busy.staff("city_admin", "huzhou"))
    assert_problem(admin.get("/statistics/by_moon"), 404, "panel_unknown")
    assert_problem(admin.get("/statistics/by_day?since=tomorrow"), 422, "period_invalid")
    assert_problem(admin.get("/statistics/by_day?district=atlantis"), 404, "district_unknown")
    resident = client.as_(busy.resident())
    assert_problem(resident.get("/statistics/by_day"), 403, "role_required")
