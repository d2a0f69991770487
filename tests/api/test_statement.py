"""The own entries: paged, one with its derivation, and nobody else's."""

from tests.api.client import Client, assert_problem


def scan_many(client: Client, times: int) -> list[str]:
    entries = []
    for _ in range(times):
        client.world.later(days=1)
        scan = client.post("/scans", {"code": client.world.poster().code})
        entries.append(scan.json["entry"]["entry_id"])
    return entries


def test_entries_come_in_pages_newest_first(client: Client) -> None:
    resident = client.as_(client.world.resident())
    entries = scan_many(resident, 5)

    first = resident.get("/statement?limit=3").json
    second = resident.get(f"/statement?limit=3&cursor={first['next']}").json

    assert [entry["id"] for entry in first["items"] + second["items"]] == entries[::-1]
    assert second["next"] is None


def test_an_entry_shows_its_lines_its_leaf_and_its_derivation(client: Client) -> None:
    resident = client.as_(client.world.resident())
    (entry,) = scan_many(resident, 1)

    detail = resident.get(f"/statement/{entry}").json

    assert sum(line["amount"] for line in detail["lines"]) == 0
    assert len(bytes.fromhex(detail["leaf_hash"])) == 32
    assert detail["derivation"]["methodology"] == detail["details"]["methodology"]
    assert detail["derivation"]["steps"][-1]["label"]["zh-CN"]
    assert detail["derivation"]["factors"][0]["source"]["url"]


def test_nobody_elses_entry_is_shown(client: Client) -> None:
    (entry,) = scan_many(client.as_(client.world.resident()), 1)
    other = client.as_(client.world.resident())

    assert_problem(other.get(f"/statement/{entry}"), 404, "record_unknown")
    assert other.get("/statement").json == {"items": [], "next": None}


def test_an_entry_that_never_was_is_unknown(client: Client) -> None:
    resident = client.as_(client.world.resident())

    for entry in ("ent_0", "%00", "..%2f..", "9" * 500, "%F0%9F%98%80", "%ff"):
        problem = resident.get(f"/statement/{entry}")
        assert problem.status_code == 404
        assert problem.mimetype == "application/problem+json"
