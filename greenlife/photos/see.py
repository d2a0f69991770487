"""Who may look at a photo: whose it is, and who reviews in the district where it counts."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from greenlife.errors import PhotoUnknown
from greenlife.models import Photo, Resident


def see_photo(session: Session, *, resident: Resident, entry_id: str) -> bytes:
    """The picture of an own action, a JPEG; raises PhotoUnknown for anybody else's, and once it was deleted."""
    own = select(Photo.picture).where(Photo.entry_id == entry_id, Photo.resident_id == resident.id)
    picture = session.scalar(own)
    if picture is None:
        raise PhotoUnknown
    return picture
