"""What rules count instead of reading: who booked how much for whom, and photos by pieces of their hash."""

from functools import cache

from sqlalchemy import BigInteger, BindParameter, Executable, bindparam, delete, insert, update
from sqlalchemy.orm import Session

from greenlife.actions.history import EVERYBODY
from greenlife.actions.observing import THOUSAND, observe_record
from greenlife.db import dialect_of, insert_into, primary_key
from greenlife.models import ActionRecord, PhotoBand, StaffTally
from greenlife.review import Observation, bands

_COUNTED = ("actions", "grams", "round_weights", "off_dial")
_BANDS = insert(PhotoBand)
_TAKE_BACK = (
    update(StaffTally)
    .where(
        StaffTally.staff_id == bindparam("of_staff"),
        StaffTally.resident_id.in_([bindparam("of_resident"), EVERYBODY]),
        StaffTally.weighed == bindparam("is_weighed"),
        StaffTally.local_day == bindparam("of_day"),
    )
    .values({name: getattr(StaffTally, name) - bindparam(f"less_{name}", type_=BigInteger) for name in _COUNTED})
)


def count_observation(session: Session, seen: Observation) -> None:
    """The action in the tallies of who booked it, and its photo among those that later ones are compared with."""
    if seen.staff_id is not None:
        counted = _counted(seen)
        row = counted | {f"more_{name}": value for name, value in counted.items()}
        row |= {"staff_id": seen.staff_id, "weighed": seen.weighed, "local_day": seen.local_day}
        # The resident's first: whoever counts for the same attendant waits at the second, and holds nothing then.
        rows = [row | {"resident_id": resident} for resident in (seen.resident_id, EVERYBODY)]
        session.connection().execute(_count(dialect_of(session)), rows)
    if seen.photo_hash is not None:
        pieces = [{"band": band, "bits": bits} for band, bits in bands(seen.photo_hash)]
        of_photo = {"local_day": seen.local_day, "entry_id": seen.id}
        session.connection().execute(_BANDS, [piece | of_photo for piece in pieces])


def take_back_record(session: Session, record: ActionRecord) -> None:
    """What was given back is counted no longer."""
    seen = observe_record(record)
    if seen.staff_id is not None:
        less: dict[str, object] = {f"less_{name}": value for name, value in _counted(seen).items()}
        less |= {"of_staff": seen.staff_id, "of_resident": seen.resident_id}
        less |= {"is_weighed": seen.weighed, "of_day": seen.local_day}
        session.connection().execute(_TAKE_BACK, less)
    if seen.photo_hash is not None:
        session.connection().execute(delete(PhotoBand).where(PhotoBand.entry_id == seen.id))


def _counted(seen: Observation) -> dict[str, object]:
    return {
        "actions": 1,
        "grams": int(seen.quantity * THOUSAND) if seen.weighed else 0,
        "round_weights": int(seen.round_weight),
        "off_dial": int(seen.off_dial),
    }


@cache
def _count(dialect: str) -> Executable:
    return insert_into(dialect, StaffTally).on_conflict_do_update(
        index_elements=primary_key(StaffTally),
        set_={name: getattr(StaffTally, name) + _more(name) for name in _COUNTED},
    )


def _more(name: str) -> BindParameter[int]:
    return bindparam(f"more_{name}", type_=BigInteger)
