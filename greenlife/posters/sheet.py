"""What stands on each poster's sheet, in the order in which somebody goes round to hang them."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from greenlife.checked_table import Texts
from greenlife.codes import group, poster_url
from greenlife.errors import PostersMissing
from greenlife.models import Poster, Site
from greenlife.posters.which import Which, check_which, in_use, posters_of
from greenlife.programme import Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """``address`` is the text of the QR code, ``typed`` what is typed where no camera works."""

    action: Texts
    place: Texts
    town: Texts
    address: str
    typed: str


def list_sheets(session: Session, programme: Programme, *, base_url: str, which: Which) -> tuple[Sheet, ...]:
    """The posters in use of those that are meant, by district, town and place.

    Raises DistrictUnknown, TownUnknown, SiteUnknown, ActionUnknown, and PostersMissing where there is nothing to print.
    """
    check_which(session, programme, which)
    rows = session.execute(posters_of(which).where(in_use(programme)))
    sheets = tuple(sheet_of(programme, poster, site, base_url) for poster, site in rows)
    if not sheets:
        raise PostersMissing
    return sheets


def sheet_of(programme: Programme, poster: Poster, site: Site, base_url: str) -> Sheet:
    """The sheet of a poster in use; raises TownUnknown."""
    return Sheet(
        action=programme.actions[poster.action].titles,
        place=site.names,
        town=programme.city.town(site.town).names,
        address=poster_url(base_url, poster.code),
        typed=group(poster.short),
    )
