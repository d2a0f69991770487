"""Households: founded by one, joined by whoever holds an invitation, left at any time.

    alone ──found_household, join_household──▶ member ──leave_household, forget_membership──▶ alone

An invitation is a code of 80 bits that a member's phone shows, good for a day: so many that nobody counts tries. What a
membership counts for begins on the next local day and ends with the day of leaving (decision 22).
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import CursorResult, Delete, Select, Update, delete, select, update
from sqlalchemy.orm import Session

from greenlife.codes import encode, is_code, normalise
from greenlife.db import dialect_of, insert_into, take_resident
from greenlife.errors import (
    HomeMissing,
    HouseholdElsewhere,
    HouseholdFull,
    HouseholdMissing,
    InHousehold,
    InvitationUnknown,
    ResidentGone,
)
from greenlife.models import Household, HouseholdMember, HouseholdUse, Resident
from greenlife.programme import Programme
from ledger import Entropy, new_id

MOST_MEMBERS = 12
"""A placeholder, to be set by the city: no household register was found that says how many live together at most."""
INVITATION_LIFE = timedelta(days=1)
INVITATION_LENGTH = 16
INVITATION_BYTES = 10
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdView:
    """As a member sees it: how many they are, since when one belongs to it, and from which local day it counts."""

    members: int
    joined_at: datetime
    counts_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """``code`` is told once; an earlier one of the same household is worth nothing any more."""

    code: str
    expires_at: datetime


def find_household(session: Session, *, resident: Resident) -> HouseholdView | None:
    """The resident's household of now."""
    row = session.execute(
        select(Household, HouseholdMember)
        .join(HouseholdMember, HouseholdMember.household_id == Household.id)
        .where(HouseholdMember.resident_id == resident.id, HouseholdMember.counts_through.is_(None))
    ).one_or_none()
    if row is None:
        return None
    household, member = row
    return HouseholdView(members=household.members, joined_at=member.joined_at, counts_from=member.counts_from)


def found_household(
    session: Session, programme: Programme, *, resident: Resident, now: datetime, entropy: Entropy
) -> HouseholdView:
    """A household of one, to which others can be invited; raises HomeMissing, ResidentGone, InHousehold."""
    _keep(session, resident)
    household = Household(id=new_id("hou", entropy), book=resident.book, members=1, created_at=now)
    session.add(household)
    session.flush()
    return _enter(session, programme, household.id, resident=resident, now=now)


def invite_to_household(session: Session, *, resident: Resident, now: datetime, entropy: Entropy) -> Invitation:
    """A new code that lets others join for a day; raises HouseholdMissing."""
    household_id = session.scalar(_of_now(resident.id))
    if household_id is None:
        raise HouseholdMissing
    code, until = encode(entropy(INVITATION_BYTES), INVITATION_LENGTH), now + INVITATION_LIFE
    session.execute(
        update(Household)
        .where(Household.id == household_id)
        .values(invitation_hash=_hash(code), invitation_until=until)
    )
    return Invitation(code=code, expires_at=until)


def join_household(
    session: Session, programme: Programme, *, resident: Resident, code: str, now: datetime
) -> HouseholdView:
    """The household whose invitation this is.

    Raises HomeMissing, ResidentGone, InvitationUnknown, HouseholdElsewhere, HouseholdFull, InHousehold.
    """
    _keep(session, resident)
    shown = normalise(code)
    invited = (Household.invitation_hash == _hash(shown)) & (Household.invitation_until > now)
    found = session.scalar(select(Household).where(invited)) if is_code(shown, INVITATION_LENGTH) else None
    if found is None:
        raise InvitationUnknown
    if found.book != resident.book:
        raise HouseholdElsewhere
    if not _take_place(session, found):
        raise HouseholdFull(most=MOST_MEMBERS)
    return _enter(session, programme, found.id, resident=resident, now=now)


def leave_household(session: Session, programme: Programme, *, resident: Resident, now: datetime) -> None:
    """Nobody's household any more; today still counts for it. Raises ResidentGone, HouseholdMissing."""
    _keep(session, resident)
    today = programme.local_day(now)
    household_id = session.scalar(_of_now(resident.id))
    if household_id is None:
        raise HouseholdMissing
    mine = (HouseholdMember.resident_id == resident.id) & HouseholdMember.counts_through.is_(None)
    # Who leaves on the day of joining has never counted for it.
    if not _changed(session, delete(HouseholdMember).where(mine, HouseholdMember.counts_from > today)):
        _changed(session, update(HouseholdMember).where(mine).values(counts_through=today))
    _one_fewer(session, household_id)
    session.execute(_old_spells(programme, resident.id, today))


def forget_membership(session: Session, *, resident: Resident) -> None:
    """Everything of a resident's households; for a transaction that has taken the resident."""
    household_id = session.scalar(_of_now(resident.id))
    _changed(session, delete(HouseholdMember).where(HouseholdMember.resident_id == resident.id))
    _changed(session, delete(HouseholdUse).where(HouseholdUse.household == resident.account))
    if household_id is not None:
        _one_fewer(session, household_id)


def _keep(session: Session, resident: Resident) -> None:
    # For nobody else until this transaction ends: whoever books for this person waits, or was waited for.
    if not take_resident(session, resident.id):
        raise ResidentGone
    if resident.book is None:
        raise HomeMissing


def _enter(
    session: Session, programme: Programme, household_id: str, *, resident: Resident, now: datetime
) -> HouseholdView:
    counts_from = programme.local_day(now) + _DAY
    row = {"resident_id": resident.id, "counts_from": counts_from, "household_id": household_id, "joined_at": now}
    entered = insert_into(dialect_of(session), HouseholdMember).on_conflict_do_nothing()
    if not session.connection().execute(entered, row).rowcount:
        raise InHousehold
    members = session.execute(select(Household.members).where(Household.id == household_id)).scalar_one()
    return HouseholdView(members=members, joined_at=now, counts_from=counts_from)


def _take_place(session: Session, household: Household) -> bool:
    # In the write itself: of two who want the last one the second waits, and finds it taken.
    is_free = (Household.id == household.id) & (Household.members < MOST_MEMBERS)
    return _changed(session, update(Household).where(is_free).values(members=Household.members + 1)) == 1


def _one_fewer(session: Session, household_id: str) -> None:
    of_household = Household.id == household_id
    _changed(session, update(Household).where(of_household).values(members=Household.members - 1))
    _changed(session, delete(Household).where(of_household, Household.members == 0))


def _old_spells(programme: Programme, resident_id: str, today: date) -> Delete:
    """What no claim can reach any more; until then a partner's late report finds the household of its day."""
    tiers = (tier.claim_days for tier in programme.tiers.values())
    rules = (rule.claim_days or 0 for kind in programme.actions.values() for rule in kind.tiers.values())
    oldest = today - timedelta(days=max(*tiers, *rules))
    return delete(HouseholdMember).where(
        HouseholdMember.resident_id == resident_id, HouseholdMember.counts_through < oldest
    )


def _of_now(resident_id: str) -> Select[str]:
    return select(HouseholdMember.household_id).where(
        HouseholdMember.resident_id == resident_id, HouseholdMember.counts_through.is_(None)
    )


def _changed(session: Session, statement: Update | Delete) -> int:
    done: CursorResult[tuple[()]] = session.connection().execute(statement)
    return done.rowcount


def _hash(code: str) -> bytes:
    return hashlib.sha256(b"greenlife/1 household:" + code.encode()).digest()
