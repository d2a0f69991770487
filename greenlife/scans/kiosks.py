"""Screens at places that show a changing code: set up by the place's own staff, told their key once, taken out of use."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from greenlife.codes import KIOSK_ID_LENGTH, encode
from greenlife.errors import (
    ActionElsewhere,
    ActionUnknown,
    KioskClosed,
    KioskUnknown,
    RoleRequired,
    SiteUnknown,
    TierNotAccepted,
)
from greenlife.kinds import ActionKind
from greenlife.models import Kiosk, Site, Staff
from greenlife.programme import Programme
from ledger import Entropy

TIER = "rotating"
SECRET_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class KioskView:
    """A screen in use; ``action`` is what scanning it books."""

    id: str
    site: Site
    action: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KioskKey:
    """A new screen and its key, which is told to it once."""

    id: str
    secret: bytes


def kiosk_actions(programme: Programme, sites: Collection[Site]) -> tuple[ActionKind, ...]:
    """What a changing code at one of the places can be evidence of: it is counted in pieces, and such a place fits it."""
    places = {site.kind for site in sites}
    return tuple(
        kind
        for kind in programme.actions.values()
        if kind.piece() and any(kind.given_at(place, TIER) for place in places)
    )


def kiosk_sites(session: Session, *, staff: Staff) -> tuple[Site, ...]:
    """The places in use at which this person may set up a screen; raises RoleRequired."""
    return tuple(session.scalars(_sites(staff).where(Site.active).order_by(Site.town, Site.id)))


def open_kiosk(
    session: Session,
    programme: Programme,
    *,
    staff: Staff,
    site_id: str,
    action: str,
    now: datetime,
    entropy: Entropy,
) -> KioskKey:
    """A screen for an action at a place.

    Raises RoleRequired, SiteUnknown, ActionUnknown, TierNotAccepted, ActionElsewhere.
    """
    # Looked for here and not by the database: the id is whatever a form sent, and PostgreSQL refuses NUL.
    site = next((one for one in kiosk_sites(session, staff=staff) if one.id == site_id), None)
    if site is None:
        raise SiteUnknown
    kind = programme.actions.get(action)
    if kind is None:
        raise ActionUnknown(action=action)
    kind.tier(TIER)
    unit = kind.piece()
    if unit is None:
        raise TierNotAccepted(tier=TIER)
    if not kind.given_at(site.kind, TIER):
        raise ActionElsewhere(action=action)
    kiosk = Kiosk(
        id=encode(entropy(8), KIOSK_ID_LENGTH),
        site_id=site.id,
        action=action,
        unit=unit,
        secret=entropy(SECRET_BYTES),
        staff_id=staff.id,
        created_at=now,
    )
    session.add(kiosk)
    session.flush()
    return KioskKey(id=kiosk.id, secret=kiosk.secret)


def list_kiosks(session: Session, *, staff: Staff) -> tuple[KioskView, ...]:
    """The screens in use at this person's places, the newest first; raises RoleRequired."""
    sites = _sites(staff).subquery()
    rows = session.execute(
        select(Kiosk, Site)
        .join(Site, Site.id == Kiosk.site_id)
        .where(Kiosk.closed_at.is_(None), Site.id.in_(select(sites.c.id)))
        .order_by(Kiosk.created_at.desc(), Kiosk.id)
    )
    return tuple(_view(kiosk, site) for kiosk, site in rows)


def show_kiosk(session: Session, kiosk_id: str) -> KioskView:
    """What the screen says of itself, for whoever asks; raises KioskUnknown, KioskClosed."""
    kiosk, site = _kiosk(session, kiosk_id)
    if kiosk.closed_at is not None or not site.active:
        raise KioskClosed
    return _view(kiosk, site)


def close_kiosk(session: Session, *, staff: Staff, kiosk_id: str, now: datetime) -> None:
    """Its codes are refused from now on; closing again changes nothing. Raises RoleRequired, KioskUnknown."""
    kiosk, site = _kiosk(session, kiosk_id)
    if session.scalar(_sites(staff).where(Site.id == site.id)) is None:
        raise KioskUnknown
    if kiosk.closed_at is None:
        kiosk.closed_at = now
        session.flush()


def _kiosk(session: Session, kiosk_id: str) -> tuple[Kiosk, Site]:
    row = session.execute(
        select(Kiosk, Site).join(Site, Site.id == Kiosk.site_id).where(Kiosk.id == kiosk_id)
    ).one_or_none()
    if row is None:
        raise KioskUnknown
    return row[0], row[1]


def _sites(staff: Staff) -> Select[Site]:
    """The attendant's own place, the district administrator's district."""
    if staff.role == "attendant":
        return select(Site).where(Site.id == staff.scope)
    if staff.role == "district_admin":
        return select(Site).where(Site.district == staff.scope)
    raise RoleRequired(role="attendant")


def _view(kiosk: Kiosk, site: Site) -> KioskView:
    return KioskView(id=kiosk.id, site=site, action=kiosk.action, created_at=kiosk.created_at)
