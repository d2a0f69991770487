"""The public proof of a record: there when the log is signed, for its owner alone; the page that checks is for all."""

import json
import re

import pytest
from flask import Flask

import ledger
from greenlife import chart
from greenlife.models import Resident
from greenlife.public_log import advance_log, keeper_of, origin_of, verifiers_of
from greenlife.runtime import Runtime
from ledger import CARBON, Account, Leg
from tests.mobile_web.conftest import Browser, People
from tests.world import DEQING, World


@pytest.fixture
def runtime(app: Flask) -> Runtime:
    found: Runtime = app.extensions["greenlife"]
    keeper_of(found.settings).add_key(found.entropy)
    return found


@pytest.fixture
def owner(world: World) -> Resident:
    return world.resident()


@pytest.fixture
def entry_id(world: World, owner: Resident) -> str:
    """A record of the owner's that waits for its place in the log."""
    legs = (
        Leg(Account(f"nature:{DEQING}", CARBON, floor=None), -1000),
        Leg(Account(f"{chart.holder(owner.account)}:carbon", CARBON), 1000),
    )
    entry = ledger.Entry(
        id=ledger.new_id("ent", world.entropy), book=DEQING, home=chart.holder(owner.account), reference="form:1",
        kind="reversal", occurred_at=world.now, local_day=world.programme.local_day(world.now), legs=legs, details={},
        salt=world.entropy(32), commitment=world.entropy(32),
    )  # fmt: skip
    with world.database.writing() as session:
        return ledger.post(session, entry, now=world.now).entry_id


def test_a_record_waits_for_its_proof_and_then_has_it(
    runtime: Runtime, people: People, owner: Resident, entry_id: str
) -> None:
    browser = people.sign_in(owner)
    assert "马上写进公开账本" in browser.get(f"/records/{entry_id}").text
    for path in ("proof", "receipt.txt"):
        early = browser.get(f"/records/{entry_id}/{path}")
        assert early.status_code == 409 and "not_in_log_yet" in early.text

    advance_log(runtime)

    page = browser.get(f"/records/{entry_id}").text
    assert "马上写进公开账本" not in page and re.search(r"德清县账本第 \d 条，共 2 条", page)
    assert "<svg" in browser.get(f"/records/{entry_id}/proof").text
    file = browser.get(f"/records/{entry_id}/receipt.txt")
    assert file.headers["Content-Disposition"] == f'attachment; filename="receipt-{entry_id}.txt"'
    assert file.headers["Cache-Control"] == "no-store"
    settings = runtime.settings
    opened = ledger.open_receipt(
        file.data, origin=origin_of(settings, DEQING), verifiers=verifiers_of(settings, DEQING)
    )
    assert (opened.id, opened.home) == (entry_id, chart.holder(owner.account))


def test_a_proof_is_for_its_owner(
    runtime: Runtime, world: World, people: People, stranger: Browser, entry_id: str
) -> None:
    advance_log(runtime)
    other = people.sign_in(world.resident())
    for path in ("proof", "receipt.txt"):
        assert stranger.get(f"/records/{entry_id}/{path}").status_code == 303
        assert other.get(f"/records/{entry_id}/{path}").status_code == 404
        assert other.get(f"/records/nothing/{path}").status_code == 404


def test_the_page_that_checks_brings_the_citys_keys(runtime: Runtime, stranger: Browser) -> None:
    page = stranger.get("/verify").text
    block = re.search(r'<script type="application/json" data-pinned>(.*?)</script>', page)
    assert block
    logs = {one["origin"]: one["keys"] for one in json.loads(block.group(1))["logs"]}

    assert len(logs) == 7
    assert logs[origin_of(runtime.settings, DEQING)] == [
        ledger.write_verifier(one) for one in verifiers_of(runtime.settings, DEQING)
    ]


def test_a_city_without_a_key_says_so(app: Flask, stranger: Browser) -> None:
    assert "本市还没有签过名的账本" in stranger.get("/verify").text
