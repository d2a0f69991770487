"""Who is there stays until the transaction ends; who left since the request was read is found out.

A request reads who asks, and writes later. In between the person may have deleted the account, and what is written then
would be nobody's and stay for ever. So each transaction that writes for residents locks their rows first, and leaving
locks the row it deletes first: whoever comes second waits, and sees. On SQLite only one transaction writes at a time,
and the look is enough.
"""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from greenlife.errors import ResidentGone
from greenlife.models import Resident

_CHUNK = 500


def keep_residents(session: Session, ids: Iterable[str]) -> None:
    """The residents are there until this transaction ends; raises ResidentGone where one is not."""
    wanted = sorted(set(ids))  # in one order, so that two never wait for one another
    for start in range(0, len(wanted), _CHUNK):
        chunk = wanted[start : start + _CHUNK]
        query = select(Resident.id).where(Resident.id.in_(chunk)).order_by(Resident.id)
        # Shared: many may write for one person at the same time; deleting waits for them, and they for it.
        locked = query.with_for_update(read=True, key_share=True)
        if len(session.connection().execute(locked).all()) != len(chunk):
            raise ResidentGone


def stored_resident(session: Session, resident: Resident) -> Resident:
    """The resident of an earlier read as this session has it, to be changed; raises ResidentGone.

    Merging the earlier one would bring back to life who left meanwhile.
    """
    query = select(Resident).where(Resident.id == resident.id).with_for_update(key_share=True)
    stored = session.scalar(query)
    if stored is None:
        raise ResidentGone
    return stored


def take_resident(session: Session, resident_id: str) -> bool:
    """Whether the resident is there, for nobody else until this transaction ends: it is going to be deleted."""
    query = select(Resident.id).where(Resident.id == resident_id).with_for_update()
    return session.connection().execute(query).one_or_none() is not None
