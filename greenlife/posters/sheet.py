"""What stands on each poster's sheet, in the order in which somebody goes round to hang them."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from greenlife.checked_table import Texts
from greenlife.codes import group, poster_url
from greenlife.errors import ActionUnknown, PostersMissing, SiteUnknown
from greenlife.models import Poster, Site
from greenlife.programme import Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """``address`` is the text of the QR code, ``typed`` what is typed where no camera works."""

    action: Texts
    place: Texts
    town: Texts
    address: str
    typed: str


def list_sheets(
    session: Session,
    programme: Programme,
    *,
    base_url: str,
    site: str | None = None,
    district: str | None = None,
    action: str | None = None,
) -> tuple[Sheet, ...]:
    """The posters in use of a place, a district or the city, by district, town and place.

    Raises SiteUnknown, DistrictUnknown, ActionUnknown, and PostersMissing where there is nothing to print.
    """
    query = select(Poster, Site).join(Site, Site.id == Poster.site_id).where(Poster.active, Site.active)
    if site is not None:
        if session.get(Site, site) is None:
            raise SiteUnknown
        query = query.where(Site.id == site)
    if district is not None:
        query = query.where(Site.district == programme.city.district(district).id)
    if action is not None:
        if action not in programme.actions:
            raise ActionUnknown(action=action)
        query = query.where(Poster.action == action)
    rows = session.execute(query.order_by(Site.district, Site.town, Site.id, Poster.action, Poster.code))
    sheets = tuple(_sheet(programme, poster, place, base_url) for poster, place in rows)
    if not sheets:
        raise PostersMissing
    return sheets


def _sheet(programme: Programme, poster: Poster, site: Site, base_url: str) -> Sheet:
    return Sheet(
        action=programme.actions[poster.action].titles,
        place=site.names,
        town=programme.city.town(site.town).names,
        address=poster_url(base_url, poster.code),
        typed=group(poster.short),
    )
