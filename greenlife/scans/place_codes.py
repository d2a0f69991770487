"""The code of a place that a resident scanned: a poster that hangs there, or a screen whose code changes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from greenlife.codes import SHORT_LENGTH, KioskCode, PosterCode, kiosk_step, parse_code
from greenlife.errors import CodeElsewhere, CodeUnknown, KioskClosed, PosterClosed
from greenlife.models import Kiosk, Poster, Site

_POSTERS = select(Poster, Site).join(Site, Site.id == Poster.site_id)
_BY_CODE = _POSTERS.where(Poster.code == bindparam("of_code"))
_BY_SHORT = _POSTERS.where(Poster.short == bindparam("of_code"))
_KIOSK = select(Kiosk, Site).join(Site, Site.id == Kiosk.site_id).where(Kiosk.id == bindparam("of_kiosk"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceCode:
    """What the code is evidence of. ``claim_name`` is what it proves: this poster, or this screen and half minute.

    ``is_open`` says whether code and place are in use.
    """

    code: PosterCode | KioskCode
    action: str
    unit: str
    tier: str
    site: Site
    claim_name: str
    is_open: bool

    def evidence_key(self, account: str, day: str) -> str:
        """The piece of evidence that it is for this account on this local day."""
        # A poster says "was here today". A screen says "was here then", which no day needs to be told of.
        return f"{self.claim_name}:{account}:{day}" if self.tier == "poster" else f"{self.claim_name}:{account}"


def find_place(session: Session, text: str, *, hosts: Collection[str], city: str, now: datetime) -> PlaceCode:
    """The place whose code this is.

    Raises CodeUnknown, CodeForeign, CodeElsewhere, PosterClosed; of a screen also CodeExpired, CodeForged, KioskClosed.
    """
    place = read_place(session, text, hosts=hosts, city=city, at=now)
    if not place.is_open:
        raise PosterClosed if isinstance(place.code, PosterCode) else KioskClosed
    return place


def read_place(session: Session, text: str, *, hosts: Collection[str], city: str, at: datetime) -> PlaceCode:
    """The place whose code this was at that time, whether or not it is in use now; raises as ``find_place`` else."""
    code = parse_code(text, hosts=hosts, typed_as="poster")
    if isinstance(code, PosterCode):
        return _poster(session, code)
    if isinstance(code, KioskCode):
        return _kiosk(session, code, city, at)
    raise CodeElsewhere(found=code.found)


def _poster(session: Session, code: PosterCode) -> PlaceCode:
    query = _BY_SHORT if len(code.code) == SHORT_LENGTH else _BY_CODE
    row = session.execute(query, {"of_code": code.code}).one_or_none()
    if row is None:
        raise CodeUnknown
    poster, site = row
    return PlaceCode(
        code=PosterCode(poster.code),
        action=poster.action,
        unit=poster.unit,
        tier="poster",
        site=site,
        claim_name=f"poster:{poster.code}",
        is_open=poster.active and site.active,
    )


def _kiosk(session: Session, code: KioskCode, city: str, at: datetime) -> PlaceCode:
    row = session.execute(_KIOSK, {"of_kiosk": code.kiosk_id}).one_or_none()
    if row is None:
        raise CodeUnknown
    kiosk, site = row
    step = kiosk_step(code.mac, kiosk.id, city=city, secret=kiosk.secret, now=at)
    return PlaceCode(
        code=code,
        action=kiosk.action,
        unit=kiosk.unit,
        tier="rotating",
        site=site,
        claim_name=f"kiosk:{kiosk.id}:{step}",
        is_open=kiosk.closed_at is None and site.active,
    )
