"""Held actions over the API: the own ones, the appeal, and the desk's decisions."""

from pathlib import Path

import pytest

from tests.api.client import Client, assert_problem
from tests.held import hold_everything, reviewer
from tests.world import ANJI, World, make_world


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = make_world(tmp_path)
    hold_everything(world)
    return world


def said(look: str, decision: str, reason: str) -> dict[str, str]:
    return {"look": look, "decision": decision, "reason": reason}


def test_from_a_scan_that_is_held_to_an_appeal_that_is_won(world: World, client: Client) -> None:
    resident, first, second = (client.as_(one) for one in (world.resident(), reviewer(world), reviewer(world)))
    scan = resident.post("/scans", {"code": world.poster().code})
    assert (scan.status_code, scan.json["entry"]["state"], scan.json["points_balance"]) == (201, "pending", 0)

    (own,) = resident.get("/me/cases").json["items"]
    assert (own["entry_id"], own["state"]) == (scan.json["entry"]["entry_id"], "open")
    assert own["noticed"] == [{"code": "too_many_at_once", "figures": {"actions": 6, "sites": 4, "minutes": 20}}]
    assert resident.get(f"/me/cases/{own['entry_id']}").json == own

    (waiting,) = first.get("/desk/cases").json["items"]
    assert (waiting["id"], waiting["own"], "****" in waiting["phone"]) == (own["id"], False, True)
    decision = f"/desk/cases/{own['id']}/decision"
    refused = first.post(decision, said("first", "refused", "used_before"))
    assert (refused.status_code, refused.json["state"], refused.json["first"]["reason"]) == (
        200,
        "refused",
        "used_before",
    )
    assert resident.get(f"/statement/{own['entry_id']}").status_code == 404

    appealed = resident.post(f"/me/cases/{own['id']}/appeal")
    assert (appealed.status_code, appealed.json["state"]) == (200, "appealed")
    assert_problem(resident.post(f"/me/cases/{own['id']}/appeal"), 409, "appealed_already")
    assert_problem(first.post(decision, said("second", "approved", "explained")), 403, "same_reviewer")

    won = second.post(decision, said("second", "approved", "explained"))
    assert (won.status_code, won.json["state"], won.json["second"]["reason"]) == (200, "approved", "explained")
    assert second.post(decision, said("second", "approved", "explained")).json == won.json
    assert resident.get("/me").json["resident"]["summary"]["points"] == scan.json["entry"]["points"]
    assert resident.get(f"/statement/{own['entry_id']}").status_code == 200


def test_each_sees_the_own_and_no_desk_sees_another_district(world: World, client: Client) -> None:
    resident, other = client.as_(world.resident()), client.as_(world.resident())
    resident.post("/scans", {"code": world.poster().code})
    (own,) = resident.get("/me/cases").json["items"]
    assert_problem(other.get(f"/me/cases/{own['id']}"), 404, "case_unknown")
    assert_problem(other.post(f"/me/cases/{own['id']}/appeal"), 404, "case_unknown")

    anji = client.as_(reviewer(world, ANJI))
    assert anji.get("/desk/cases").json["items"] == []
    assert_problem(anji.get(f"/desk/cases/{own['id']}"), 403, "other_district")
    body = said("first", "approved", "explained")
    assert_problem(anji.post(f"/desk/cases/{own['id']}/decision", body), 403, "other_district")
    assert_problem(resident.get("/desk/cases"), 403, "role_required")
    city = client.as_(world.staff("city_admin", "huzhou"))
    assert city.post(f"/desk/cases/{own['id']}/decision", body).status_code == 200  # the control


def test_a_reason_of_the_other_decision_is_refused(world: World, client: Client) -> None:
    desk, resident = client.as_(reviewer(world)), client.as_(world.resident())
    resident.post("/scans", {"code": world.poster().code})
    (waiting,) = desk.get("/desk/cases").json["items"]
    answer = desk.post(f"/desk/cases/{waiting['id']}/decision", said("first", "approved", "used_before"))
    assert_problem(answer, 422, "decision_invalid")
    assert_problem(desk.get("/desk/cases?after=nothing"), 404, "case_unknown")


@pytest.mark.parametrize("show", ["waiting", "decided"])
def test_the_queue_goes_on_where_a_page_ends(world: World, client: Client, show: str) -> None:
    desk = client.as_(reviewer(world))
    for _ in range(3):
        client.as_(world.resident()).post("/scans", {"code": world.poster().code})
        world.later(minutes=1)
    if show == "decided":
        for one in desk.get("/desk/cases").json["items"]:
            desk.post(f"/desk/cases/{one['id']}/decision", said("first", "approved", "explained"))
    page = desk.get(f"/desk/cases?limit=2&show={show}").json
    rest = desk.get(f"/desk/cases?limit=2&show={show}&after={page['next']}").json
    opened = [one["opened_at"] for one in (*page["items"], *rest["items"])]
    assert (len(opened), opened, rest["next"]) == (3, sorted(opened, reverse=show == "decided"), None)
