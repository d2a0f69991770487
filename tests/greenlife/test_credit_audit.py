"""`greenlife audit credits`: every credit computed again, what differs is named, what was erased is told apart."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import delete

import ledger
from greenlife.actions import ActionClaim, Booked, ResidentRef, book_actions, check_credit
from greenlife.cli.audit import audit
from greenlife.methodology import Methodology
from greenlife.models import ActionRecord
from greenlife.scans.own_code import ref_of
from ledger import PostedEntry
from tests.world import DEQING, World


@pytest.fixture
def ref(world: World) -> ResidentRef:
    return ref_of(world.resident())


def book(world: World, ref: ResidentRef, number: int = 1, **changes: object) -> Booked:
    claim = ActionClaim(
        resident=ref, action="recyclables", tier="attended", quantity=Decimal("3.20"), unit="kg", material="cardboard",
        started_at=world.now - timedelta(minutes=1), occurred_at=world.now, evidence_key=f"weighing:{number}",
        reference=f"weighing:{number}",
    )  # fmt: skip
    with world.database.writing() as session:
        (booked,) = book_actions(
            session, world.programme, [replace(claim, **changes)], now=world.now, entropy=world.entropy
        )
    return booked


def entry_of(world: World, booked: Booked) -> PostedEntry:
    with world.database.reading() as session:
        return ledger.get_entry(session, DEQING, booked.entry_id)


def run(world: World) -> Result:
    environment = {
        "GREENLIFE_DATABASE_URL": str(world.database.engine.url), "GREENLIFE_SECRET_KEY": "s" * 40,
        "GREENLIFE_BASE_URL": "http://localhost", "GREENLIFE_DEMO": "1", "LANG": "C", "LC_ALL": None,
    }  # fmt: skip
    return CliRunner(env=environment).invoke(audit, ["credits"])


def parts(entry: PostedEntry, versions: dict[str, Methodology]) -> list[str]:
    return [found.part for found in check_credit(entry, versions)]


def test_an_entry_freezes_what_its_credit_was_computed_from(world: World, ref: ResidentRef) -> None:
    details = entry_of(world, book(world, ref)).details
    assert {name: details[name] for name in ("methodology", "factors", "displacement", "weight", "quantity")} == {
        "methodology": "recyclables@2026.1",
        "factors": {"cardboard-desnz-2025": "0.10161 kgCO2e/kg"},
        "displacement": "1.00",
        "weight": "1.00",
        "quantity": "3.20",
    }


def test_every_credit_is_as_its_methodology_says(world: World, ref: ResidentRef) -> None:
    for number, material in enumerate(world.programme.actions["recyclables"].materials):
        book(world, ref, number, material=material)
    found = run(world)
    assert (found.exit_code, found.output.splitlines()[-2:]) == (
        0, ["10 credits computed again: 0 differences.", "0 of them are of people who have left: who they were is erased."],
    )  # fmt: skip


def test_a_credit_that_differs_is_named_with_what_it_should_be(
    world: World, ref: ResidentRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    booked = book(world, ref)
    recyclables = world.programme.methodologies["recyclables"]
    changed = replace(recyclables, parameters=tuple(
        replace(one, value=Decimal("0.2"), converted=Decimal("0.2")) if one.material == "cardboard" else one
        for one in recyclables.parameters
    ))  # fmt: skip
    programme = replace(world.programme, methodologies={**world.programme.methodologies, "recyclables": changed})
    monkeypatch.setattr("greenlife.runtime.load_programme", lambda *_, **__: programme)
    found = run(world)
    assert found.exit_code == 1
    assert f"entry {booked.entry_id} of 2026-11-02, factor.cardboard-desnz-2025" in found.output
    assert "mg: should be 640000, is 325152" in found.output


def test_each_part_of_what_was_frozen_is_compared(world: World, ref: ResidentRef) -> None:
    entry, versions = entry_of(world, book(world, ref)), dict(world.programme.versions)
    assert parts(entry, versions) == []
    for change, differs in (
        ({"quantity": "3.21"}, ["mg"]),
        ({"weight": "0.50"}, ["mg"]),
        ({"displacement": "0.90"}, ["displacement"]),
        ({"factors": {}}, ["factor.cardboard-desnz-2025"]),
        ({"factors": {"cardboard-desnz-2025": "0.2 kgCO2e/kg"}}, ["factor.cardboard-desnz-2025"]),
        ({"material": "glass"}, ["factor.cardboard-desnz-2025", "factor.glass-epa-warm-16", "mg"]),
        ({"methodology": "alchemy@2026.1"}, ["methodology"]),
        ({"unit": "km"}, ["methodology"]),
        ({"quantity": "much"}, ["methodology"]),
        ({"inputs": {"persons": "2"}}, ["methodology"]),
        ({"inputs": ["persons"]}, ["methodology"]),
        ({"factors": ["cardboard-desnz-2025"]}, ["factor.cardboard-desnz-2025"]),
    ):
        assert parts(replace(entry, details=entry.details | change), versions) == differs, change


def test_a_former_version_still_checks_what_was_booked_by_it(world: World, ref: ResidentRef) -> None:
    entry = entry_of(world, book(world, ref))
    versions = dict(world.programme.versions)
    versions["recyclables@2027.1"] = replace(versions.pop("recyclables@2026.1"), version="2027.1")
    assert parts(entry, versions) == ["methodology"]
    assert parts(entry, dict(world.programme.versions) | versions) == []


def test_credits_of_people_who_left_are_counted_apart_and_still_checked(world: World, ref: ResidentRef) -> None:
    book(world, ref)
    with world.database.writing() as session:
        session.execute(delete(ActionRecord))
    found = run(world)
    assert (found.exit_code, found.output.splitlines()[-2:]) == (
        0, ["1 credits computed again: 0 differences.", "1 of them are of people who have left: who they were is erased."],
    )  # fmt: skip
