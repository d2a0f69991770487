"""The resident's own code, and who stands behind one that was scanned."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from greenlife.actions import ResidentRef
from greenlife.codes import CodeShown, ResidentCode, TypedResidentCode, resident_code, used_step
from greenlife.errors import CodeUnknown, HomeMissing
from greenlife.models import Resident


def own_code(resident: Resident, *, now: datetime) -> CodeShown:
    """The code to show at a counter for the rest of this half minute."""
    return resident_code(code_id=resident.code_id, alias=resident.code_alias, secret=resident.code_secret, now=now)


def resident_behind(session: Session, code: ResidentCode | TypedResidentCode, *, now: datetime) -> tuple[Resident, str]:
    """The resident and the evidence key of this half minute.

    The scanned and the typed form of one half minute are one piece of evidence. Raises CodeUnknown, CodeExpired,
    CodeForged, HomeMissing.
    """
    by = Resident.code_id == code.code_id if isinstance(code, ResidentCode) else Resident.code_alias == code.alias
    # Kept until the visit is written: the row may be on its way out.
    resident = session.scalar(select(Resident).where(by).with_for_update(read=True, key_share=True))
    if resident is None:
        raise CodeUnknown
    step = used_step(code.mac, secret=resident.code_secret, now=now)
    ref_of(resident)
    return resident, f"resident-code:{resident.code_id}:{step}"


def ref_of(resident: Resident) -> ResidentRef:
    """As much of the resident as booking needs; raises HomeMissing before a district was chosen."""
    if resident.book is None or resident.town is None:
        raise HomeMissing
    return ResidentRef(resident.id, resident.book, resident.account, resident.town, resident.reference_key)
