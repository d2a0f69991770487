"""Claims and records as the review rules see them."""

from collections.abc import Mapping
from decimal import Decimal

from sqlalchemy.orm import Session

from greenlife.actions.claim import E7, ActionClaim, Position
from greenlife.models import ActionRecord, Site
from greenlife.programme import Programme
from greenlife.review import Fix, Observation, Point

THOUSAND = 1000
"""Grams of a kilogram."""
_SIGN, _ROUND = 1 << 63, 1 << 64


def observe(session: Session, programme: Programme, claim: ActionClaim, *, entry_id: str) -> Observation:
    """What is known of an action before it is booked; ``entry_id`` is the id that it will have."""
    return Observation(
        id=entry_id,
        resident_id=claim.resident.id,
        action=claim.action,
        tier=claim.tier,
        quantity=claim.quantity,
        unit=claim.unit,
        occurred_at=claim.occurred_at,
        local_day=programme.local_day(claim.occurred_at),
        material=claim.material,
        device_id=claim.device_id,
        staff_id=claim.staff_id,
        site_id=claim.site_id,
        site=_where(session, claim.site_id),
        town=claim.resident.town,
        fix=_fix(claim.position),
        started_at=claim.started_at,
        moved_metres=claim.moved_metres,
        photo_hash=claim.photo_hash,
        tree_id=claim.tree_id,
    )


def observe_record(record: ActionRecord) -> Observation:
    """A record as the tallies saw it; without where it was."""
    return Observation(
        id=record.entry_id,
        resident_id=record.resident_id,
        action=record.action,
        tier=record.tier,
        quantity=Decimal(record.quantity),
        unit=record.unit,
        occurred_at=record.occurred_at,
        local_day=record.local_day,
        staff_id=record.staff_id,
        photo_hash=None if record.photo_hash is None else unsigned(record.photo_hash),
    )


def traces(claim: ActionClaim) -> Mapping[str, object]:
    """The columns of a record that keep what only the rules look at."""
    position = claim.position
    return {
        "device_id": claim.device_id,
        "fix_latitude_e7": position.latitude_e7 if position else None,
        "fix_longitude_e7": position.longitude_e7 if position else None,
        "fix_accuracy_metres": position.accuracy_metres if position else None,
        "started_at": claim.started_at,
        "moved_metres": claim.moved_metres,
        "photo_hash": None if claim.photo_hash is None else signed(claim.photo_hash),
        "tree_id": claim.tree_id,
    }


def signed(photo_hash: int) -> int:
    """The same 64 bits as a number that a database has room for."""
    return photo_hash - _ROUND if photo_hash >= _SIGN else photo_hash


def unsigned(photo_hash: int) -> int:
    return photo_hash % _ROUND


def point(latitude_e7: int | None, longitude_e7: int | None) -> Point | None:
    """The point in degrees; None where there is none."""
    if latitude_e7 is None or longitude_e7 is None:
        return None
    return Point(latitude_e7 / E7, longitude_e7 / E7)


def _where(session: Session, site_id: str | None) -> Point | None:
    # Whoever took the claim looked the place up, so the session has it already.
    site = None if site_id is None else session.get(Site, site_id)
    return None if site is None else point(site.latitude_e7, site.longitude_e7)


def _fix(position: Position | None) -> Fix | None:
    if position is None:
        return None
    return Fix(Point(position.latitude_e7 / E7, position.longitude_e7 / E7), position.accuracy_metres)
