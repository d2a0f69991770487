"""The resident's own code, as the server computes it where the phone cannot."""

from datetime import datetime

from greenlife.actions import ResidentRef
from greenlife.codes import CodeKey, CodeShown, resident_code
from greenlife.errors import HomeMissing
from greenlife.models import Resident


def own_code(resident: Resident, *, city: str, now: datetime) -> CodeShown:
    """The code to show at a counter for the rest of this half minute."""
    return resident_code(server_key(resident, city), now=now)


def server_key(resident: Resident, city: str) -> CodeKey:
    """The key that never leaves the server."""
    return CodeKey(city=city, code_id=resident.code_id, alias=resident.code_alias, secret=resident.code_secret)


def ref_of(resident: Resident) -> ResidentRef:
    """As much of the resident as booking needs; raises HomeMissing before a district was chosen."""
    if resident.book is None or resident.town is None:
        raise HomeMissing
    return ResidentRef(resident.id, resident.book, resident.account, resident.town, resident.reference_key)
