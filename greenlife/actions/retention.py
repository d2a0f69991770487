"""What the review rules looked at is forgotten when no rule looks so far back."""

from datetime import datetime, timedelta

from sqlalchemy import CursorResult, delete, or_, update
from sqlalchemy.orm import Session

from greenlife.models import ActionRecord, PhotoBand, StaffTally
from greenlife.programme import Programme

TRACES_KEPT_FOR = timedelta(days=45)
"""Positions, browsers and who weighed how much for whom; the rules look back a month. A placeholder."""
PHOTO_HASHES_KEPT_FOR = timedelta(days=366)
"""A photo of last year's is known again. A placeholder."""
_TRACED = or_(ActionRecord.device_id.is_not(None), ActionRecord.fix_latitude_e7.is_not(None))


def forget_traces(session: Session, programme: Programme, *, now: datetime) -> int:
    """How many records lost where they were made and on which phone; tallies and photos' hashes go with their time."""
    before = programme.local_day(now - TRACES_KEPT_FOR)
    done: CursorResult[tuple[()]] = session.connection().execute(
        update(ActionRecord)
        .where(ActionRecord.local_day < before, ActionRecord.state != "pending", _TRACED)
        .values(device_id=None, fix_latitude_e7=None, fix_longitude_e7=None, fix_accuracy_metres=None)
    )
    session.execute(delete(StaffTally).where(StaffTally.local_day < before))
    last_year = programme.local_day(now - PHOTO_HASHES_KEPT_FOR)
    session.execute(delete(PhotoBand).where(PhotoBand.local_day < last_year))
    session.execute(
        update(ActionRecord)
        .where(ActionRecord.local_day < last_year, ActionRecord.photo_hash.is_not(None))
        .values(photo_hash=None)
    )
    return done.rowcount
