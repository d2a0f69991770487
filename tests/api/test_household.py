"""A household through the API."""

from datetime import timedelta

from tests.api.client import Client, assert_problem


def test_it_is_founded_joined_and_left(client: Client) -> None:
    world = client.world
    first, second = client.as_(world.resident()), client.as_(world.resident())
    assert first.get("/me/household").json == {"household": None}
    assert_problem(first.send("POST", "/me/household/invitations"), 409, "household_missing")

    founded = first.send("POST", "/me/household")
    tomorrow = world.programme.local_day(world.now) + timedelta(days=1)
    assert (founded.status_code, founded.json["members"]) == (201, 1)
    assert founded.json["counts_from"] == tomorrow.isoformat()
    assert_problem(first.send("POST", "/me/household"), 409, "in_household")

    invitation = first.send("POST", "/me/household/invitations").json
    assert_problem(second.send("POST", "/me/household/joining", {"code": "0" * 16}), 404, "invitation_unknown")
    joined = second.send("POST", "/me/household/joining", {"code": invitation["code"]})
    assert (joined.status_code, joined.json["members"]) == (201, 2)
    assert first.get("/me/household").json["household"]["members"] == 2

    assert second.send("DELETE", "/me/household").status_code == 204
    assert_problem(second.send("DELETE", "/me/household"), 409, "household_missing")
    assert first.get("/me/household").json["household"]["members"] == 1
