"""Undo: a reversal with a reason, into the same lots; the record stays and says so."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

import ledger
from greenlife.actions import Booked, give_back_caps, take_back_record, withdraw_pending
from greenlife.db import keep_residents
from greenlife.errors import (
    CaseDecided,
    OtherSite,
    PointsSpentAlready,
    ReasonMissing,
    RecordUnknown,
    RoleRequired,
    UndoneAlready,
    UndoTooLate,
)
from greenlife.models import ActionRecord, Resident, Staff
from greenlife.policy import give_back_bonus
from greenlife.programme import Programme
from greenlife.scans.own_code import ref_of
from greenlife.scans.weighing import UNDO_FOR
from ledger import AlreadyReversed, BalanceTooLow, Entropy, Posted, Stamp, new_id

UNDO_REASONS = ("wrong_weight", "wrong_material", "wrong_person", "other")
"""A closed list: free text would carry names into a ledger that forgets nothing."""


def undo_weighing(
    session: Session,
    programme: Programme,
    *,
    staff: Staff,
    entry_id: str,
    reason: str,
    reference: str,
    now: datetime,
    entropy: Entropy,
) -> Booked:
    """The weighing taken back: a mirrored entry in the same lots, and what it counted towards caps.

    The same reference gives the first answer.

    Raises RoleRequired, ReasonMissing, RecordUnknown, OtherSite, UndoTooLate, UndoneAlready, PointsSpentAlready,
    CaseDecided, ResidentGone.
    """
    record = _undoable(session, staff, entry_id, reason, now)
    keep_residents(session, [record.resident_id])
    resident = session.get_one(Resident, record.resident_id)
    # Two undo one record one after the other, and caps come before the ledger, as when booking: else both could wait.
    session.refresh(record, with_for_update=True)
    if record.state == "refused":
        raise CaseDecided
    if record.undone_at is None:
        give_back_caps(session, record, account=resident.account)
    if record.state != "booked":
        return _withdraw(session, programme, record, reason, now, entropy)
    return _take_back(session, programme, record, resident, reason, reference, now, entropy)


def _take_back(
    session: Session,
    programme: Programme,
    record: ActionRecord,
    resident: Resident,
    reason: str,
    reference: str,
    now: datetime,
    entropy: Entropy,
) -> Booked:
    if record.undone_at is None:
        give_back_bonus(session, record)
    posted = _reverse(session, programme, record, resident, reason, reference, now, entropy)
    if not posted.replayed:
        record.undo_entry_id, record.undone_at, record.undo_reason = posted.entry_id, now, reason
        session.flush()
        take_back_record(session, record)
    return Booked(
        entry_id=posted.entry_id,
        book=record.book,
        action=record.action,
        tier=record.tier,
        mg=-record.mg,
        points=-record.points,
        local_day=programme.local_day(record.undone_at or now),
        replayed=posted.replayed,
    )


def _withdraw(
    session: Session, programme: Programme, record: ActionRecord, reason: str, now: datetime, entropy: Entropy
) -> Booked:
    """One that still waits is in no ledger: nothing is reversed, and whoever asks again is told the same."""
    replayed = record.state == "withdrawn"
    if not replayed:
        today = programme.local_day(now)
        withdraw_pending(session, entry_id=record.entry_id, local_day=today, now=now, entropy=entropy)
        record.state, record.undone_at, record.undo_reason = "withdrawn", now, reason
        session.flush()
        take_back_record(session, record)
    return Booked(
        entry_id=record.entry_id,
        book=record.book,
        action=record.action,
        tier=record.tier,
        mg=0,
        points=0,
        local_day=programme.local_day(record.undone_at or now),
        replayed=replayed,
        state="withdrawn",
    )


def _undoable(session: Session, staff: Staff, entry_id: str, reason: str, now: datetime) -> ActionRecord:
    if staff.role != "attendant":
        raise RoleRequired(role="attendant")
    if reason not in UNDO_REASONS:
        raise ReasonMissing
    record = session.scalar(select(ActionRecord).where(ActionRecord.entry_id == entry_id))
    if record is None or record.staff_id is None:
        raise RecordUnknown
    if record.site_id != staff.scope:
        raise OtherSite
    if record.undone_at is None and now - record.recorded_at >= UNDO_FOR:
        raise UndoTooLate(minutes=int(UNDO_FOR.total_seconds()) // 60)
    return record


def _reverse(
    session: Session,
    programme: Programme,
    record: ActionRecord,
    resident: Resident,
    reason: str,
    reference: str,
    now: datetime,
    entropy: Entropy,
) -> Posted:
    # A second click comes later and means the same, so the time of the first one is said again.
    at = record.undone_at or now
    try:
        return ledger.reverse(
            session,
            book=record.book,
            entry_id=record.entry_id,
            stamp=Stamp(
                id=new_id("ent", entropy),
                reference=ref_of(resident).blind(f"undo:{reference}"),
                kind="reversal",
                occurred_at=at,
                local_day=programme.local_day(at),
                details={"reason": reason, "action": record.action},
                salt=entropy(32),
                commitment=entropy(32),  # nothing identifying beyond the entry it reverses
            ),
            now=now,
        )
    except AlreadyReversed as error:
        raise UndoneAlready(at=at) from error
    except BalanceTooLow as error:
        raise PointsSpentAlready from error
