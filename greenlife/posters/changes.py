"""What a desk does to posters: makes one, takes it out of use, puts it in use again, replaces it by one with a new code."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from greenlife.codes import POSTER_LENGTH, SHORT_LENGTH, encode
from greenlife.errors import ActionElsewhere, ActionUnknown, PosterReplaced, SiteUnknown
from greenlife.kinds import ActionKind
from greenlife.models import Poster, PosterChange, Site, Staff
from greenlife.posters.listing import PosterView, find_poster, view_of
from greenlife.posters.which import own_district
from greenlife.programme import Programme
from ledger import Entropy, new_id

TIER = "poster"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """Who changes something, and when."""

    session: Session
    programme: Programme
    staff: Staff
    now: datetime
    entropy: Entropy

    def note(self, poster: Poster, what: str) -> None:
        change = PosterChange(
            id=new_id("pch", self.entropy), poster=poster.code, what=what, staff_id=self.staff.id, at=self.now
        )
        self.session.add(change)

    def make(self, site: Site, action: str) -> Poster:
        code = encode(self.entropy(16), POSTER_LENGTH)
        while self.session.scalar(select(Poster.code).where(Poster.short == code[:SHORT_LENGTH])):
            code = encode(self.entropy(16), POSTER_LENGTH)
        unit = _unit(self.programme, action, site)
        short = code[:SHORT_LENGTH]
        poster = Poster(code=code, short=short, site_id=site.id, action=action, unit=unit, active=True)
        self.session.add(poster)
        self.note(poster, "made")
        return poster


def poster_sites(
    session: Session, programme: Programme, *, staff: Staff, district: str | None = None
) -> Sequence[Site]:
    """The open places at which this person may hang a poster, of a district where one is named; raises RoleRequired."""
    sites = _open_sites(session, staff)
    return [one for one in sites if district in {None, one.district} and poster_actions(programme, one)]


def poster_actions(programme: Programme, site: Site) -> tuple[ActionKind, ...]:
    """What a poster at the place can record: the city has it, a poster is evidence of it, and the place is of its kind."""
    return tuple(kind for kind in programme.actions.values() if kind.given_at(site.kind, TIER) and kind.piece())


def make_poster(
    session: Session,
    programme: Programme,
    *,
    staff: Staff,
    site_id: str,
    action: str,
    now: datetime,
    entropy: Entropy,
) -> PosterView:
    """A poster in use, with a new code. Raises RoleRequired, SiteUnknown, ActionUnknown, ActionElsewhere."""
    # Looked for here and not by the database: the id is whatever a form sent, and PostgreSQL refuses NUL.
    site = next((one for one in _open_sites(session, staff) if one.id == site_id), None)
    if site is None:
        raise SiteUnknown
    desk = _Desk(session=session, programme=programme, staff=staff, now=now, entropy=entropy)
    made = desk.make(site, action)
    session.flush()
    return view_of(programme, made, site)


def close_poster(
    session: Session, programme: Programme, *, staff: Staff, short: str, now: datetime, entropy: Entropy
) -> PosterView:
    """Its code is refused from now on; closing again changes nothing. Raises RoleRequired, PosterUnknown."""
    desk = _Desk(session=session, programme=programme, staff=staff, now=now, entropy=entropy)
    poster, site = find_poster(session, staff=staff, short=short, to_change=True)
    if poster.active:
        poster.active, poster.closed_at = False, now
        desk.note(poster, "closed")
        session.flush()
    return view_of(programme, poster, site)


def reopen_poster(
    session: Session, programme: Programme, *, staff: Staff, short: str, now: datetime, entropy: Entropy
) -> PosterView:
    """Its code counts again; one that is in use is left as it is.

    Raises RoleRequired, PosterUnknown, PosterReplaced, SiteUnknown where the place has closed, ActionUnknown and
    ActionElsewhere where the action's rules have changed.
    """
    desk = _Desk(session=session, programme=programme, staff=staff, now=now, entropy=entropy)
    poster, site = find_poster(session, staff=staff, short=short, to_change=True)
    if poster.replaced_by:
        raise PosterReplaced
    _unit(programme, poster.action, site)
    if not poster.active:
        poster.active, poster.closed_at = True, None
        desk.note(poster, "reopened")
        session.flush()
    return view_of(programme, poster, site)


def replace_poster(
    session: Session, programme: Programme, *, staff: Staff, short: str, now: datetime, entropy: Entropy
) -> PosterView:
    """The new poster, for the same place and action; the old one's code is refused from now on.

    Raises as ``reopen_poster``: PosterReplaced also says that somebody has done it already.
    """
    desk = _Desk(session=session, programme=programme, staff=staff, now=now, entropy=entropy)
    old, site = find_poster(session, staff=staff, short=short, to_change=True)
    if old.replaced_by:
        raise PosterReplaced
    new = desk.make(site, old.action)
    if old.active:
        old.active, old.closed_at = False, now
    old.replaced_by = new.code
    desk.note(old, "replaced")
    session.flush()
    return view_of(programme, new, site)


def _open_sites(session: Session, staff: Staff) -> Sequence[Site]:
    own = own_district(staff)
    query = select(Site).where(Site.active).order_by(Site.district, Site.town, Site.id)
    return session.scalars(query if own is None else query.where(Site.district == own)).all()


def _unit(programme: Programme, action: str, site: Site) -> str:
    """The unit of which a scan there is one; raises SiteUnknown, ActionUnknown, ActionElsewhere."""
    if not site.active:
        raise SiteUnknown
    kind = programme.actions.get(action)
    if kind is None:
        raise ActionUnknown(action=action)
    unit = kind.piece()
    if unit is None or not kind.given_at(site.kind, TIER):
        raise ActionElsewhere(action=action)
    return unit
