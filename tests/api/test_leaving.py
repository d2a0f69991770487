"""`DELETE /me`: what it removes, that it cannot be done twice, and whom it leaves alone."""

from pathlib import Path
from typing import Any

from sqlalchemy import select

import ledger
from greenlife.models import Resident
from greenlife.scans import own_code
from tests.api.client import Client, assert_problem
from tests.api.test_rewards import add_offer
from tests.greenlife.life import mentions
from tests.world import DEQING, World


def lived(client: Client) -> tuple[Client, Resident, str]:
    """Somebody who scanned, was weighed, and holds a voucher: client, row, and the voucher's code."""
    world = client.world
    resident = world.resident()
    own = client.as_(resident)
    assert own.post("/scans", {"code": world.poster().code}).status_code == 201
    counter = client.as_(world.attendant())
    visit = counter.post("/visits", {"code": own_code(resident, city="huzhou", now=world.now).text}).json["id"]
    weighed = counter.post(f"/visits/{visit}/weighings", {"material": "cardboard", "quantity": "10"})
    assert weighed.status_code == 201
    voucher = own.post("/redemptions", {"offer": add_offer(client).id}).json
    return own, resident, voucher["code"]


def personal(resident: Resident) -> dict[str, str | bytes]:
    return {
        "phone": resident.phone.removeprefix("+86"), "id": resident.id, "code": resident.code_id,
        "secret": resident.code_secret, "account": resident.account,
    }  # fmt: skip


def rows(world: World) -> dict[str, int]:
    with world.database.reading() as session:
        return {
            name: session.connection().exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one()
            for name in ledger.metadata.tables
        }


def test_it_removes_what_is_the_persons_and_answers_with_nothing(client: Client, tmp_path: Path) -> None:
    own, resident, code = lived(client)
    needles = personal(resident)
    assert {name for _, name in mentions(client.world, needles)} == set(needles)  # the control
    before = rows(client.world)

    answer = own.send("DELETE", "/me")

    assert (answer.status_code, answer.data) == (204, b"")
    assert {place.split("_")[0] for place, _ in mentions(client.world, needles)} == {"ledger"}
    assert (tmp_path / "demo/log/forgotten").read_text() == f"{resident.account}\n"
    after = rows(client.world)
    gone = {name: before[name] - after[name] for name in before if after[name] < before[name]}
    assert gone == {
        "resident": 1, "sign_in": 1, "action_record": 2, "visit": 1, "cap_use": 2, "claim": 3, "redemption": 1,
        "staff_tally": 1,
        "offer_use": 1,
    }  # fmt: skip
    assert after["ledger_entry"] == before["ledger_entry"] + 1  # the voucher given back
    clerk = client.as_(client.world.staff("clerk", "mer_any"))
    assert_problem(clerk.post("/vouchers/capture", {"code": code}), 404, "voucher_unknown")
    with client.world.database.reading() as session:
        assert ledger.check_book(session, DEQING) is None


def test_a_clients_key_never_reaches_the_ledger(client: Client) -> None:
    own, resident, _ = lived(client)
    key = f"{resident.phone}-at-work"
    first = own.post("/scans", {"code": client.world.poster("bus_ride", "ride").code}, key=key)
    offer = {"offer": add_offer(client).id}
    voucher = own.post("/redemptions", offer, key=f"{key}-2")
    assert (first.status_code, voucher.status_code) == (201, 201)
    assert own.post("/redemptions", offer, key=f"{key}-2").json == voucher.json  # it still does what it is for

    assert {place for place, _ in mentions(client.world, {"key": key})} == {"action_record.reference"}
    own.send("DELETE", "/me")
    assert mentions(client.world, {"key": key}) == set()


def test_the_token_is_worth_nothing_afterwards_on_any_device(client: Client) -> None:
    own, resident, _ = lived(client)
    tablet = client.as_(resident)
    assert tablet.get("/me").status_code == 200

    own.send("DELETE", "/me")

    for device in (own, tablet):
        assert_problem(device.send("DELETE", "/me"), 401, "sign_in_required")
        assert_problem(device.get("/me"), 401, "sign_in_required")
        assert_problem(device.post("/scans", {"code": client.world.poster().code}), 401, "sign_in_required")


def test_the_same_number_begins_anew(client: Client) -> None:
    own, resident, _ = lived(client)
    own.send("DELETE", "/me")

    again = client.as_(resident)

    assert again.get("/me").json["resident"]["summary"] is None
    assert_problem(again.get("/statement"), 409, "home_missing")
    with client.world.database.reading() as session:
        assert session.scalars(select(Resident.account)).one() != resident.account


def test_others_are_left_alone(client: Client) -> None:
    other, neighbour, _ = lived(client)
    own, _, _ = lived(client)
    before: dict[str, Any] = {path: other.get(path).json for path in ("/me", "/statement", "/redemptions")}
    kept = mentions(client.world, personal(neighbour))

    assert own.send("DELETE", "/me").status_code == 204

    assert {path: other.get(path).json for path in before} == before
    assert mentions(client.world, personal(neighbour)) == kept


def test_it_is_for_residents(client: Client) -> None:
    assert_problem(client.send("DELETE", "/me"), 401, "sign_in_required")
    assert_problem(client.as_(client.world.attendant()).send("DELETE", "/me"), 403, "role_required")
