"""Who may look at a photo: whose it is, and who reviews where it counts."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from greenlife.errors import PhotoUnknown, RoleRequired
from greenlife.models import Photo, Resident, ReviewCase, Staff

_REVIEW_ALL, _REVIEW_THEIR_OWN = "city_admin", "district_admin"


def see_photo(session: Session, *, resident: Resident, entry_id: str) -> bytes:
    """The picture of an own action, a JPEG; raises PhotoUnknown for anybody else's, and once it was deleted."""
    own = select(Photo.picture).where(Photo.entry_id == entry_id, Photo.resident_id == resident.id)
    return _there(session.scalar(own))


def review_photo(session: Session, *, staff: Staff, case_id: str) -> bytes:
    """The picture that a case is about, for the district's desk and the city's.

    Raises RoleRequired, and PhotoUnknown for another district's, and once it was deleted.
    """
    if staff.role not in {_REVIEW_ALL, _REVIEW_THEIR_OWN}:
        raise RoleRequired(role=_REVIEW_THEIR_OWN)
    query = select(Photo.picture).join(ReviewCase, ReviewCase.entry_id == Photo.entry_id)
    query = query.where(ReviewCase.id == case_id)
    if staff.role == _REVIEW_THEIR_OWN:
        query = query.where(ReviewCase.book == staff.scope)
    return _there(session.scalar(query))


def _there(picture: bytes | None) -> bytes:
    if picture is None:
        raise PhotoUnknown
    return picture
