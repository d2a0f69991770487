"""Which posters somebody means: those of a district, a town, a place or an action."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session

from greenlife.errors import ActionUnknown, OtherDistrict, RoleRequired, SiteUnknown
from greenlife.models import Poster, Site, Staff
from greenlife.programme import Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """What is not named is not asked for: all of them are the city's."""

    district: str | None = None
    town: str | None = None
    site: str | None = None
    action: str | None = None


def check_which(session: Session, programme: Programme, which: Which) -> None:
    """Raises DistrictUnknown, TownUnknown, SiteUnknown, ActionUnknown."""
    if which.district is not None:
        programme.city.district(which.district)
    if which.town is not None:
        programme.city.town(which.town)
    # Compared here and not by the database: the id is whatever an address says, and PostgreSQL refuses NUL.
    if which.site is not None and which.site not in session.scalars(select(Site.id)).all():
        raise SiteUnknown
    if which.action is not None and which.action not in programme.actions:
        raise ActionUnknown(action=which.action)


def own_which(staff: Staff, which: Which) -> Which:
    """The same, of the district that this person looks after; raises OtherDistrict, RoleRequired."""
    district = own_district(staff)
    if district is None:
        return which
    if which.district not in {None, district}:
        raise OtherDistrict
    return Which(district=district, town=which.town, site=which.site, action=which.action)


def own_district(staff: Staff) -> str | None:
    """The district of its administrator, None for the city's, who looks after all of them; raises RoleRequired."""
    if staff.role == "city_admin":
        return None
    if staff.role == "district_admin":
        return staff.scope
    raise RoleRequired(role="district_admin")


def posters_of(which: Which) -> Select[Poster, Site]:
    """Posters with their places, in the order in which somebody goes round to hang them."""
    wanted = {Site.district: which.district, Site.town: which.town, Site.id: which.site, Poster.action: which.action}
    query = select(Poster, Site).join(Site, Site.id == Poster.site_id)
    query = query.where(*(column == value for column, value in wanted.items() if value is not None))
    return query.order_by(Site.district, Site.town, Site.id, Poster.action, Poster.code)


def in_use(programme: Programme) -> ColumnElement[bool]:
    """Whether a scan of the poster is recorded: it hangs, its place is open, and the city has its action."""
    return and_(Poster.active, Site.active, Poster.action.in_(list(programme.actions)))
