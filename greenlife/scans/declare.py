"""What a resident did where no code hangs and nobody stands: declared with a photo, and booked once somebody looked."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from greenlife.actions import ActionClaim, Booked, State, book_actions, read_state
from greenlife.errors import ActionUnknown, EvidenceClaimed, PhotoUsed, RecordUnknown, TierNotAccepted
from greenlife.kinds import ActionKind
from greenlife.models import ActionRecord, Photo, Resident
from greenlife.photos import TakenPhoto, evidence_of, keep_photo
from greenlife.programme import Programme
from greenlife.scans.own_code import ref_of
from greenlife.scans.second_press import booked_before
from ledger import Entropy, ReferenceConflict

TIER = "declared"
QUANTITY = Decimal(1)
"""One photo shows one bag, one cup, one meal; the files of the actions are checked for that."""


@dataclass(frozen=True, kw_only=True)
class DeclaredView:
    """A declared action as its resident sees it; ``delete_after`` is None once the picture was deleted."""

    entry_id: str
    action: str
    state: State
    points: int
    occurred_at: datetime
    delete_after: date | None


def declarable_actions(programme: Programme) -> tuple[ActionKind, ...]:
    """The actions for which a photo can be sent, in the order in which they are shown."""
    return tuple(kind for kind in programme.actions.values() if TIER in kind.tiers)


def declare_action(
    session: Session,
    programme: Programme,
    *,
    resident: Resident,
    action: str,
    photo: TakenPhoto,
    reference: str,
    device_id: str | None = None,
    now: datetime,
    entropy: Entropy,
) -> Booked:
    """The action with its photo, waiting for somebody to look; the same reference gives the first answer again, whatever
    the city switched off since.

    The photo comes taken in already: decoding takes longer than a transaction should. Raises ActionUnknown,
    TierNotAccepted, HomeMissing, PhotoUsed, ReferenceConflict for another photo under the same reference, and what
    ``book_actions`` raises.
    """
    ref = ref_of(resident)
    claim = ActionClaim(
        resident=ref,
        action=action,
        tier=TIER,
        quantity=QUANTITY,
        unit=_unit(session, programme, resident, action, reference),
        occurred_at=now,
        evidence_key=evidence_of(photo.sha256),
        reference=reference,
        device_id=device_id,
        photo_hash=photo.alike,
    )
    try:
        (booked,) = book_actions(session, programme, [claim], now=now, entropy=entropy)
    except EvidenceClaimed as error:
        raise PhotoUsed from error  # when it was, and by whom, is nobody's business
    if booked.replayed:
        _check_same(session, booked, claim)
        return booked
    today = programme.local_day(now)
    of = {"resident_id": ref.id, "entry_id": booked.entry_id}
    keep_photo(session, photo, **of, today=today, now=now, entropy=entropy)
    return booked


def _unit(session: Session, programme: Programme, resident: Resident, action: str, reference: str) -> str:
    """Its only one, which the files of the actions are checked for; raises ActionUnknown and TierNotAccepted."""
    try:
        (unit,) = _declarable(programme, action).units
    except (ActionUnknown, TierNotAccepted):
        before = booked_before(session, resident, reference)
        if before is None:
            raise
        return before.unit
    return unit


def _declarable(programme: Programme, action: str) -> ActionKind:
    kind = programme.actions.get(action)
    if kind is None:
        raise ActionUnknown(action=action)
    kind.tier(TIER)
    return kind


def _check_same(session: Session, booked: Booked, claim: ActionClaim) -> None:
    record = session.get_one(ActionRecord, (booked.book, booked.entry_id))
    if record.evidence_key != claim.evidence_key:
        raise ReferenceConflict(reference=claim.reference)


def declared_action(session: Session, *, resident: Resident, entry_id: str) -> DeclaredView:
    """An own declared action, whatever became of it; raises HomeMissing and RecordUnknown."""
    record = session.get(ActionRecord, (ref_of(resident).book, entry_id))
    if record is None or record.resident_id != resident.id or record.tier != TIER:
        raise RecordUnknown
    return DeclaredView(
        entry_id=entry_id,
        action=record.action,
        state=read_state(record),
        points=record.points,
        occurred_at=record.occurred_at,
        delete_after=session.scalar(select(Photo.delete_after).where(Photo.entry_id == entry_id)),
    )
