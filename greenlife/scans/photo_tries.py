"""How many photos of a resident are opened on a day, those that are refused included.

To open one costs the server half a second, and what comes of it is one action a day: so tries are counted, and committed,
before a photo is opened, as those of a sign-in are (decision 3).
"""

from datetime import datetime

from sqlalchemy.orm import Session

from greenlife.db import dialect_of, insert_into, keep_residents, primary_key
from greenlife.errors import TooManyPhotos
from greenlife.models import CapUse, Resident
from greenlife.programme import Programme
from greenlife.scans.own_code import ref_of

MOST_A_DAY = 20
"""A placeholder, to be set by the city: four actions a day can be declared, and photos get lost and are sent again."""
OPENED = "photo:opened"
"""Stands where the other counters have an action; no action has a colon."""


def count_photo(session: Session, programme: Programme, *, resident: Resident, now: datetime) -> None:
    """One photo more, to be committed before it is opened; raises TooManyPhotos, HomeMissing, ResidentGone."""
    keep_residents(session, [resident.id])
    ref = ref_of(resident)
    key = {"book": ref.book, "account": ref.account, "action": OPENED, "tier": "declared"}
    counted = insert_into(dialect_of(session), CapUse).on_conflict_do_update(
        index_elements=primary_key(CapUse), set_={"used": CapUse.used + 1}, where=CapUse.used < MOST_A_DAY
    )
    row = key | {"local_day": programme.local_day(now), "used": 1, "quantity": 0}
    if not session.connection().execute(counted, row).rowcount:
        raise TooManyPhotos(most=MOST_A_DAY)
