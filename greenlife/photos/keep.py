"""How long a photo is kept, and what is left of it afterwards.

    sent ──────────────────── KEPT_FOR ───▶ the picture goes ──────── KNOWN_FOR ───▶ that it was used goes too

What is kept beyond the picture are its two hashes, so that the same photo is not sent again: they show nobody anything.
After a year nothing is compared any more. The action's record, which lives as long as its resident stays, still names its
evidence by the SHA-256 of a file that nobody has: without it the entry's commitment could not be opened.
"""

from datetime import date, datetime, timedelta

from sqlalchemy import CursorResult, Executable, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from greenlife.models import Claim, Photo
from greenlife.photos.take import TakenPhoto
from ledger import Entropy, new_id

KEPT_FOR = timedelta(days=90)
"""From the day it was sent, long enough to review and to appeal; placeholder, to be set by the city."""

KNOWN_FOR = timedelta(days=365)
"""How long it is known that a file was used, from the same day; as long as the rule ``photo_reused`` looks back.

The perceptual hash lies with the action's record and goes with its other traces (``greenlife.actions.retention``)."""

A_PART = 200
"""Rows of one transaction: what is deleted is overwritten, and nobody should wait for that for long."""


_ABANDON = (
    update(Photo)
    .where(Photo.id == bindparam("of_id"))
    .values(
        resident_id=None, entry_id=None, picture=None, delete_after=None, size=0,
        taken_in_at=bindparam("in_month"), forget_after=bindparam("until_month"),
    )
)  # fmt: skip


def evidence_of(sha256: str) -> str:
    """The key under which a photo is claimed, by whomever."""
    return f"photo:{sha256}"


def keep_photo(
    session: Session,
    photo: TakenPhoto,
    *,
    resident_id: str,
    entry_id: str,
    today: date,
    now: datetime,
    entropy: Entropy,
) -> str:
    """The photo is stored beside its action; answers its id."""
    row = {
        "id": new_id("pho", entropy),
        "resident_id": resident_id,
        "entry_id": entry_id,
        "sha256": photo.sha256,
        "taken_in_at": now,
        "delete_after": today + KEPT_FOR,
        "forget_after": today + KNOWN_FOR,
        "size": len(photo.picture),
        "picture": photo.picture,
    }
    session.connection().execute(insert(Photo), row)
    return str(row["id"])


def delete_pictures(session: Session, *, today: date) -> int:
    """Pictures whose time is over are deleted, at most a part of them; answers how many were."""
    over = select(Photo.id).where(Photo.delete_after < today).order_by(Photo.delete_after).limit(A_PART)
    return _run(session, update(Photo).where(Photo.id.in_(over)).values(picture=None, delete_after=None))


def forget_photos(session: Session, *, today: date) -> int:
    """What is left of photos after a year is deleted, at most a part of it; answers how many there were.

    From then on the same file can be sent again.
    """
    over = select(Photo.id, Photo.sha256).where(Photo.forget_after < today).order_by(Photo.forget_after).limit(A_PART)
    found = session.connection().execute(over).all()
    _run(session, delete(Claim).where(Claim.key.in_([evidence_of(sha256) for _, sha256 in found])))
    return _run(session, delete(Photo).where(Photo.id.in_([photo for photo, _ in found])))


def abandon_photos(session: Session, *, resident_id: str) -> None:
    """Their resident leaves: the pictures go, and in which month a file was used stays as long as it would have."""
    query = select(Photo.id, Photo.taken_in_at, Photo.forget_after).where(Photo.resident_id == resident_id)
    rows = [
        {
            "of_id": photo,
            "in_month": at.replace(day=1, hour=0, minute=0, second=0, microsecond=0),
            "until_month": until.replace(day=1),
        }
        for photo, at, until in session.connection().execute(query)
    ]
    if rows:
        session.connection().execute(_ABANDON, rows)


def _run(session: Session, statement: Executable) -> int:
    done: CursorResult[tuple[()]] = session.connection().execute(statement)
    return done.rowcount
