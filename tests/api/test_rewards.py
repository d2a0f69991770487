"""Points become a voucher, the voucher is captured once, or given back."""

from datetime import timedelta
from typing import Any

import pytest

import rewards
from tests.api.client import Client, assert_problem
from tests.world import DEQING


def add_offer(client: Client, **terms: Any) -> rewards.OfferView:
    world = client.world
    today = world.programme.local_day(world.now)
    with world.database.writing() as session:
        merchant = rewards.add_merchant(
            session,
            names={"zh-CN": "绿叶超市", "en": "Green Leaf"},
            district=DEQING,
            town=world.town(),
            address={"zh-CN": "云岫南路 1 号", "en": "1 Yunxiu South Road"},
            entropy=world.entropy,
        )
        usual: dict[str, Any] = {
            "merchant_id": merchant,
            "titles": {"zh-CN": "5 元券", "en": "Voucher"},
            "notes": {"zh-CN": "满 20 元可用", "en": "From 20 yuan"},
            "points": 1,
            "value_cents": 500,
            "starts_on": today,
            "ends_on": today + timedelta(days=30),
        }
        offer = rewards.add_offer(session, **(usual | terms), entropy=world.entropy)
        return rewards.get_offer(session, offer)


@pytest.fixture
def rich(client: Client) -> Client:
    """A resident who has points to spend."""
    resident = client.as_(client.world.resident())
    for _ in range(3):
        client.world.later(days=1)
        assert resident.post("/scans", {"code": client.world.poster().code}).status_code == 201
    return resident


def points(client: Client) -> int:
    return int(client.get("/me").json["resident"]["summary"]["points"])


def test_offers_say_what_stands_in_the_way(rich: Client) -> None:
    add_offer(rich)
    add_offer(rich, points=100_000)

    offers = rich.get("/offers").json["items"]

    assert [offer["obstacle"] for offer in offers] == [None, "points_short"]
    assert offers[1]["short_by"] == 100_000 - points(rich)
    assert rich.get("/offers?limit=1").json["next"]


def test_a_voucher_is_made_shown_and_captured_once(rich: Client) -> None:
    offer, before = add_offer(rich), points(rich)
    clerk = rich.as_(rich.world.staff("clerk", offer.merchant_id))

    voucher = rich.post("/redemptions", {"offer": offer.id}, key="one")
    assert (voucher.status_code, voucher.json["state"], points(rich)) == (201, "held", before - 1)
    taken = clerk.post("/vouchers/capture", {"code": f"GLC1:V:{voucher.json['code']}"}, key="take")
    assert (taken.status_code, taken.json["points"]) == (201, 1)

    again = clerk.post("/vouchers/capture", {"code": voucher.json["code"]}, key="take")
    assert (again.json, again.headers["Idempotency-Replayed"]) == (taken.json, "true")
    assert_problem(clerk.post("/vouchers/capture", {"code": voucher.json["code"]}), 409, "voucher_used")
    assert [item["code"] for item in clerk.get("/vouchers/captures").json["items"]] == [voucher.json["code"]]
    path = f"/redemptions/{voucher.json['id']}"
    assert rich.get(path).json["state"] == "captured"
    assert_problem(rich.post(f"{path}/release"), 409, "voucher_used")


def test_a_redemption_sent_twice_holds_once(rich: Client) -> None:
    offer, before = add_offer(rich), points(rich)
    first = rich.post("/redemptions", {"offer": offer.id}, key="one")

    again = rich.post("/redemptions", {"offer": offer.id}, key="one")

    assert (again.json, again.headers["Idempotency-Replayed"]) == (first.json, "true")
    assert points(rich) == before - 1
    other = add_offer(rich)
    assert_problem(rich.post("/redemptions", {"offer": other.id}, key="one"), 409, "reference_conflict")


def test_a_voucher_can_be_given_back_once(rich: Client) -> None:
    offer, before = add_offer(rich), points(rich)
    path = f"/redemptions/{rich.post('/redemptions', {'offer': offer.id}).json['id']}"
    clerk = rich.as_(rich.world.staff("clerk", offer.merchant_id))

    released = rich.post(f"{path}/release", key="back")
    again = rich.post(f"{path}/release", key="back")

    assert (released.status_code, released.json["state"], points(rich)) == (201, "released", before)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert_problem(rich.post(f"{path}/release"), 409, "voucher_returned")
    code = released.json["code"]
    assert_problem(clerk.post("/vouchers/capture", {"code": code}), 409, "voucher_returned")


def test_redemptions_the_rules_forbid_hold_nothing(rich: Client) -> None:
    dear, gone = add_offer(rich, points=100_000), add_offer(rich, stock=0)
    once = add_offer(rich, per_person_limit=1)
    rich.post("/redemptions", {"offer": once.id})
    before = points(rich)

    assert_problem(rich.post("/redemptions", {"offer": dear.id}), 409, "points_short")
    assert_problem(rich.post("/redemptions", {"offer": gone.id}), 409, "sold_out")
    assert_problem(rich.post("/redemptions", {"offer": once.id}), 409, "limit_reached")
    assert_problem(rich.post("/redemptions", {"offer": "off_0"}), 404, "offer_unknown")

    assert points(rich) == before
    assert len(rich.get("/redemptions").json["items"]) == 1


def test_another_merchants_clerk_and_a_late_one_take_nothing(rich: Client) -> None:
    offer = add_offer(rich, voucher_days=1)
    code = rich.post("/redemptions", {"offer": offer.id}).json["code"]
    stranger = rich.as_(rich.world.staff("clerk", "mer_other"))
    assert_problem(stranger.post("/vouchers/capture", {"code": code}), 409, "voucher_foreign")

    rich.world.later(days=3)
    clerk = rich.as_(rich.world.staff("clerk", offer.merchant_id))

    assert_problem(clerk.post("/vouchers/capture", {"code": code}), 409, "voucher_expired")
    assert clerk.get("/vouchers/captures").json["items"] == []


@pytest.mark.parametrize(
    ("code", "status", "problem"),
    [
        ("00000000", 404, "voucher_unknown"),
        ("", 422, "input_invalid"),
        ("x", 404, "code_unknown"),
        ("HTTP://GREEN.EXAMPLE/P/00000000000000000000000000", 409, "code_elsewhere"),
        ("GLC1:R:00000000000000000000000000000:0000000000000000", 409, "code_elsewhere"),
        ("https://other.example/p/1", 409, "code_foreign"),
    ],
)
def test_a_till_takes_nothing_but_vouchers(client: Client, code: str, status: int, problem: str) -> None:
    clerk = client.as_(client.world.staff("clerk", "mer_other"))

    assert_problem(clerk.post("/vouchers/capture", {"code": code}), status, problem)


def test_another_residents_voucher_is_unknown(rich: Client) -> None:
    path = f"/redemptions/{rich.post('/redemptions', {'offer': add_offer(rich).id}).json['id']}"
    other = rich.as_(rich.world.resident())

    assert_problem(other.get(path), 404, "redemption_unknown")
    assert_problem(other.post(f"{path}/release"), 404, "redemption_unknown")
    assert other.get("/redemptions").json["items"] == []
