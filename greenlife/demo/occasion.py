"""Occasions and how they are put together: a report, a scan, something seen at a till, a visit to the scale."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from greenlife.actions import ActionClaim
from greenlife.codes import step_at
from greenlife.demo.people import Person
from greenlife.demo.staff import Crew
from greenlife.methodology import NO_INPUTS
from greenlife.models import Staff
from greenlife.scans.visits import VISIT_LENGTH
from ledger import new_id

SPREAD = 0.55
AT_SCALE = timedelta(seconds=40)
"""From the scan of the code until the weight is written down."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Claims at one instant; ``visit`` is the row of the visit in which they were weighed."""

    at: datetime
    claims: Sequence[ActionClaim]
    visit: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One person at one instant of a local day."""

    person: Person
    at: datetime
    day: date
    crew: Crew
    dice: Random


def at_till(scene: Scene, action: str, quantity: Decimal, unit: str) -> Occasion:
    spot, token = scene.person.spots["shop"], new_token(scene.dice)
    claim = ActionClaim(
        resident=scene.person.ref,
        action=action,
        tier="attended",
        quantity=quantity,
        unit=unit,
        site_id=spot.id,
        staff_id=scene.crew.tills[spot.id].id,
        occurred_at=scene.at,
        evidence_key=f"till:{token}",
        reference=f"till:{token}",
    )
    return Occasion(scene.at, [claim])


def at_scale(scene: Scene, action: str, brought: Sequence[tuple[str | None, Decimal]]) -> Occasion:
    station = scene.person.spots["station"]
    staff, visit_id = scene.crew.attendants[station.id], new_id("vis", scene.dice.randbytes)
    claims = [
        _weighed(scene, action, station.id, staff, visit_id, material, kilograms, number)
        for number, (material, kilograms) in enumerate(brought, start=1)
    ]
    visit = {
        "id": visit_id,
        "site_id": station.id,
        "staff_id": staff.id,
        "reference": new_token(scene.dice),
        "resident_id": scene.person.ref.id,
        "opened_at": scene.at - AT_SCALE,
        "expires_at": scene.at - AT_SCALE + VISIT_LENGTH,
    }
    return Occasion(scene.at, claims, visit)


def reported(
    scene: Scene,
    action: str,
    quantity: Decimal,
    unit: str,
    partner: str,
    inputs: Mapping[str, Decimal] = NO_INPUTS,
    *,
    took: timedelta | None = None,
) -> Occasion:
    trip = f"feed:{partner}:{new_token(scene.dice)}"
    claim = ActionClaim(
        resident=scene.person.ref,
        action=action,
        tier="partner",
        quantity=quantity,
        unit=unit,
        inputs=inputs,
        started_at=scene.at - took if took else None,
        occurred_at=scene.at,
        evidence_key=trip,
        reference=trip,
    )
    return Occasion(scene.at, [claim])


def scanned(scene: Scene, action: str, unit: str, kind: str) -> Occasion:
    ref, spot = scene.person.ref, scene.person.spots[kind]
    evidence_key = f"poster:{spot.poster}:{ref.account}:{scene.day.isoformat()}"
    return _by_code(scene, action, unit, kind, tier="poster", evidence_key=evidence_key)


def at_screen(scene: Scene, action: str, unit: str, kind: str) -> Occasion:
    ref, spot = scene.person.ref, scene.person.spots[kind]
    evidence_key = f"kiosk:{spot.id}:{step_at(scene.at)}:{ref.account}"
    return _by_code(scene, action, unit, kind, tier="rotating", evidence_key=evidence_key)


def _by_code(scene: Scene, action: str, unit: str, kind: str, *, tier: str, evidence_key: str) -> Occasion:
    claim = ActionClaim(
        resident=scene.person.ref,
        action=action,
        tier=tier,
        quantity=Decimal(1),
        unit=unit,
        site_id=scene.person.spots[kind].id,
        occurred_at=scene.at,
        evidence_key=evidence_key,
        reference=f"form:{new_token(scene.dice)}",
    )
    return Occasion(scene.at, [claim])


def _weighed(
    scene: Scene,
    action: str,
    site_id: str,
    staff: Staff,
    visit_id: str,
    material: str | None,
    kilograms: Decimal,
    number: int,
) -> ActionClaim:
    scoped = f"{visit_id}:{number}"
    return ActionClaim(
        resident=scene.person.ref,
        action=action,
        tier="attended",
        quantity=kilograms,
        unit="kg",
        material=material,
        site_id=site_id,
        staff_id=staff.id,
        visit_id=visit_id,
        started_at=scene.at - AT_SCALE,
        occurred_at=scene.at,
        evidence_key=f"weighing:{scoped}",
        reference=scoped,
    )


def kilometres(dice: Random, median: float, most_metres: int) -> Decimal:
    metres = int(median * 1000 * dice.lognormvariate(0.0, SPREAD))
    return Decimal(min(max(metres, 300), most_metres)).scaleb(-3)


def kilograms(dice: Random, median: float) -> Decimal:
    # The scales show hundredths.
    hundredths = int(median * 100 * dice.lognormvariate(0.0, SPREAD))
    return Decimal(min(max(hundredths, 5), 3_000)).scaleb(-2)


def new_token(dice: Random) -> str:
    return dice.randbytes(8).hex()
