"""Posters as their district's desk sees them: those in use, those out of use, and what was done to each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, not_, select
from sqlalchemy.orm import Session

from greenlife.checked_table import Texts
from greenlife.codes import SHORT_LENGTH, is_code, normalise
from greenlife.errors import PosterUnknown
from greenlife.models import Poster, PosterChange, Site, Staff
from greenlife.posters.which import Which, check_which, in_use, own_district, own_which, posters_of
from greenlife.programme import Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class PosterView:
    """A poster and its place. ``is_open`` says that a scan of it is recorded.

    ``replaced_by`` is what is typed of the poster that hangs in its stead.
    """

    code: str
    short: str
    action: str
    site: Site
    active: bool
    is_open: bool
    replaced_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One page of posters, and how many of them there are in all, in use and out of use."""

    posters: tuple[PosterView, ...]
    in_use: int
    out_of_use: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What somebody did to a poster: ``label`` is their desk's, None where it is gone."""

    what: str
    at: datetime
    label: Texts | None
    is_own: bool


def list_posters(
    session: Session, programme: Programme, *, staff: Staff, which: Which, used: bool, start: int, limit: int
) -> Listed:
    """The posters of this person's district that are in use, or those that are not, from the ``start``-th on.

    Raises OtherDistrict, RoleRequired, DistrictUnknown, TownUnknown, SiteUnknown, ActionUnknown.
    """
    which = own_which(staff, which)
    check_which(session, programme, which)
    open_ones = in_use(programme)
    query = posters_of(which)
    rows = session.execute(query.where(open_ones if used else not_(open_ones)).offset(start).limit(limit)).all()
    counted = query.order_by(None).with_only_columns(func.count(), maintain_column_froms=True)
    return Listed(
        posters=tuple(view_of(programme, poster, site) for poster, site in rows),
        in_use=session.scalar(counted.where(open_ones)) or 0,
        out_of_use=session.scalar(counted.where(not_(open_ones))) or 0,
    )


def hung_sites(session: Session, *, staff: Staff, district: str | None = None) -> Sequence[Site]:
    """The places that have a poster, in use or not, of the own district or of one that is named; raises RoleRequired."""
    query = select(Site).where(Site.id.in_(select(Poster.site_id))).order_by(Site.district, Site.town, Site.id)
    own = own_district(staff) or district
    return session.scalars(query if own is None else query.where(Site.district == own)).all()


def get_poster(session: Session, programme: Programme, *, staff: Staff, short: str) -> PosterView:
    """The poster with this typed code; raises PosterUnknown, also for one of another district, and RoleRequired."""
    return view_of(programme, *find_poster(session, staff=staff, short=short))


def find_poster(session: Session, *, staff: Staff, short: str, to_change: bool = False) -> tuple[Poster, Site]:
    """The row and its place; held until the transaction ends where it is to be changed. Raises as ``get_poster``."""
    district, short = own_district(staff), normalise(short)
    if not is_code(short, SHORT_LENGTH):
        raise PosterUnknown
    query = select(Poster, Site).join(Site, Site.id == Poster.site_id).where(Poster.short == short)
    if district is not None:
        query = query.where(Site.district == district)
    row = session.execute(query.with_for_update(of=Poster) if to_change else query).one_or_none()
    if row is None:
        raise PosterUnknown
    return row[0], row[1]


def list_done(session: Session, *, staff: Staff, poster: PosterView) -> tuple[Done, ...]:
    """What was done to the poster and by whom, the latest first."""
    rows = session.execute(
        select(PosterChange, Staff)
        .outerjoin(Staff, Staff.id == PosterChange.staff_id)
        .where(PosterChange.poster == poster.code)
        .order_by(PosterChange.at.desc(), PosterChange.id)
    )
    return tuple(
        Done(what=done.what, at=done.at, label=who.label if who else None, is_own=done.staff_id == staff.id)
        for done, who in rows
    )


def view_of(programme: Programme, poster: Poster, site: Site) -> PosterView:
    return PosterView(
        code=poster.code,
        short=poster.short,
        action=poster.action,
        site=site,
        active=poster.active,
        is_open=poster.active and site.active and poster.action in programme.actions,
        replaced_by=poster.replaced_by[:SHORT_LENGTH] if poster.replaced_by else None,
    )
