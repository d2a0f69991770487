"""Who presses again because the answer was lost is answered with what was booked, whatever was switched off since."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from greenlife.models import ActionRecord, Resident


def booked_before(session: Session, resident: Resident, reference: str) -> ActionRecord | None:
    """What this resident's request with this reference was booked as, if it was."""
    query = select(ActionRecord).where(ActionRecord.resident_id == resident.id, ActionRecord.reference == reference)
    return session.scalar(query)
