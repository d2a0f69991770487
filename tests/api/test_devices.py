"""Phones that compute the code by themselves, and the codes of screens, through the API."""

import base64
import hashlib
import hmac

from greenlife.codes import kiosk_url
from tests.api.client import Client, assert_problem
from tests.greenlife.test_kiosks import set_up

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def proof(key: dict[str, object], prefix: str, symbols: int, seconds: float) -> str:
    """As the description says, and not as the server does it."""
    step = int(seconds) // int(str(key["step_seconds"]))
    message = str(key[prefix]).encode() + step.to_bytes(8, "big")
    digest = hmac.new(base64.b64decode(str(key["secret"])), message, hashlib.sha256).digest()
    bits = "".join(f"{byte:08b}" for byte in digest)
    return "".join(CROCKFORD[int(bits[5 * at : 5 * at + 5], 2)] for at in range(symbols))


def test_a_phone_enrols_computes_and_is_revoked(client: Client) -> None:
    resident = client.as_(client.world.resident())
    attendant = client.as_(client.world.attendant())
    key = resident.send("POST", "/me/devices").json
    now = client.world.now.timestamp()

    scanned = f"GLC1:R:{key['subject']}:{proof(key, 'scanned_prefix', 16, now)}"
    assert attendant.post("/visits", {"code": scanned}).status_code == 201
    assert_problem(attendant.post("/visits", {"code": scanned}), 409, "code_used")
    client.world.later(minutes=1)
    typed = key["alias"] + proof(key, "typed_prefix", 4, client.world.now.timestamp())
    assert attendant.post("/visits", {"code": typed}).status_code == 201

    (device,) = resident.get("/me/devices").json["items"]
    assert (device["id"], device["is_this"]) == (key["id"], True)
    assert resident.send("DELETE", f"/me/devices/{key['id']}").status_code == 204
    assert_problem(attendant.post("/visits", {"code": typed}), 409, "device_revoked")
    assert_problem(resident.get("/me"), 401, "sign_in_required")


def test_another_residents_phone_is_nobodys_business(client: Client) -> None:
    key = client.as_(client.world.resident()).send("POST", "/me/devices").json
    stranger = client.as_(client.world.resident())
    assert_problem(stranger.send("DELETE", f"/me/devices/{key['id']}"), 404, "device_unknown")
    assert stranger.get("/me/devices").json == {"items": []}


def test_the_code_of_a_screen_is_looked_at_and_booked(client: Client) -> None:
    world = client.world
    _, kiosk = set_up(world)
    resident = client.as_(world.resident())
    code = kiosk_url("http://green.example", kiosk.id, city="huzhou", secret=kiosk.secret, now=world.now)

    preview = resident.post("/scans/preview", {"code": code})
    assert (preview.json["tier"], preview.json["scanned_here_at"]) == ("rotating", None)
    assert resident.post("/scans", {"code": code}, key="scan").json["entry"]["mg"] == 2_500
    assert_problem(resident.post("/scans", {"code": code}), 409, "evidence_claimed")
    world.later(minutes=2)
    assert_problem(resident.post("/scans", {"code": code}), 409, "code_expired")
