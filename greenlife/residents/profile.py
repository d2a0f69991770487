"""What a resident settles once: the privacy notice and the home district."""

from datetime import datetime

from sqlalchemy.orm import Session

import ledger
from greenlife import chart
from greenlife.db import stored_resident
from greenlife.errors import HomeLocked, PrivacyMissing, PrivacyVersionStale, TownUnknown
from greenlife.models import Resident
from greenlife.programme import Programme

PRIVACY_VERSION = "2026-12"


def accept_privacy(session: Session, *, resident: Resident, version: str, now: datetime) -> None:
    """Version and time are kept; raises PrivacyVersionStale and ResidentGone."""
    if version != PRIVACY_VERSION:
        raise PrivacyVersionStale(version=PRIVACY_VERSION)
    if resident.privacy_version != version:
        stored = stored_resident(session, resident)
        stored.privacy_version, stored.privacy_accepted_at = version, now
        session.flush()


def choose_home(session: Session, programme: Programme, *, resident: Resident, district: str, town: str) -> None:
    """The home district, whose book holds the resident's entries, and the town.

    Raises DistrictUnknown, TownUnknown, PrivacyMissing, ResidentGone, and HomeLocked once there is
    an entry.
    """
    if resident.privacy_version is None:
        raise PrivacyMissing
    home = programme.city.district(district)
    if programme.city.town(town) not in home.towns:
        raise TownUnknown
    if (resident.book, resident.town) == (district, town):
        return
    if resident.book and ledger.statement(session, resident.book, chart.holder(resident.account), limit=1).items:
        raise HomeLocked
    stored = stored_resident(session, resident)
    stored.book, stored.town = district, town
    session.flush()
