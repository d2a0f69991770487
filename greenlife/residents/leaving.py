"""A person leaves: all that identifies goes, the account's entries stay and belong to nobody.

    vouchers given back, what waits withdrawn ─▶ claims ─▶ action records (with the C2 salts), cases, household, visits,
                                              caps ─▶ codes, sessions ─▶ the resident

The ledger keeps the entries under the account's random name, and the facts count it as before. What led from it to a
person were rows of these tables, and what opened the commitments C2 were salts in them.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import CursorResult, Delete, Select, bindparam, delete, or_, select, update
from sqlalchemy.orm import Session

from greenlife import chart
from greenlife.db import take_resident
from greenlife.errors import ResidentUnknown
from greenlife.models import (
    ActionRecord,
    CapUse,
    Claim,
    Device,
    LastUse,
    PhotoBand,
    Resident,
    ReviewCase,
    SignIn,
    SignInCode,
    StaffTally,
    TreeInspection,
    Visit,
)
from greenlife.photos import abandon_photos
from greenlife.residents.households import forget_membership
from greenlife.residents.phone import parse_phone

_BLUNT = update(Claim).where(Claim.key == bindparam("of_key")).values(claimed_at=bindparam("in_month"), site_id=None)


class ForgetVouchers(Protocol):
    """What rewards forgets of a holder; answers how many open vouchers were given back."""

    def __call__(self, *, book: str, holder: str) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Farewell:
    """How many records of actions were deleted, and how many open vouchers given back."""

    records: int
    vouchers: int


def find_resident(session: Session, *, phone: str) -> Resident:
    """The resident with this mobile number; raises PhoneInvalid and ResidentUnknown."""
    resident = session.scalar(select(Resident).where(Resident.phone == parse_phone(phone)))
    if resident is None:
        raise ResidentUnknown
    return resident


def find_forgotten(session: Session, accounts: Collection[str]) -> list[Resident]:
    """The residents who left and are here again, which only a restored backup can bring about."""
    there = session.scalars(select(Resident.account)).all()
    again = sorted(set(accounts).intersection(there))
    return [session.scalars(select(Resident).where(Resident.account == account)).one() for account in again]


def forget_resident(
    session: Session,
    *,
    resident: Resident,
    forget_vouchers: ForgetVouchers,
    withdraw: Callable[[str], object],
    remember: Callable[[str], None],
) -> Farewell:
    """Everything that links the account to the person is deleted; who is gone already is forgotten again without harm.

    ``forget_vouchers`` is asked for, because a person who is forgotten here and not in rewards is not forgotten.
    ``withdraw`` takes back what the person's actions still wait for, so that the budget has its points again.
    ``remember`` puts the account on the list that is held against backups, before the commit: where it fails, nothing
    is deleted.
    """
    # Before anything else: whoever writes for this person waits now, or is waited for.
    is_there = take_resident(session, resident.id)
    vouchers = 0
    if resident.book:
        vouchers = forget_vouchers(book=resident.book, holder=chart.holder(resident.account))
    withdraw(resident.id)
    _forget_claims(session, resident)
    abandon_photos(session, resident_id=resident.id)
    own = select(ActionRecord.entry_id).where(ActionRecord.resident_id == resident.id)
    _delete(session, delete(PhotoBand).where(PhotoBand.entry_id.in_(own)))
    records = _delete(session, delete(ActionRecord).where(ActionRecord.resident_id == resident.id))
    forget_membership(session, resident=resident)
    for statement in _rest(resident):
        _delete(session, statement)
    if is_there:
        remember(resident.account)
    return Farewell(records=records, vouchers=vouchers)


def _forget_claims(session: Session, resident: Resident) -> None:
    """Evidence that only this person could show goes; evidence from elsewhere stays claimed, without time and place.

    A ticket of a partner's would otherwise be worth points a second time, under the next account of the same phone.
    """
    own = select(ActionRecord.evidence_key).where(ActionRecord.resident_id == resident.id)
    bound = own.where(
        or_(ActionRecord.visit_id.is_not(None), ActionRecord.evidence_key.contains(resident.account, autoescape=True))
    )
    # The uses of the own code have no records. The whole table is searched for them: people leave seldom.
    codes = Claim.key.startswith(f"resident-code:{resident.code_id}:", autoescape=True)
    _delete(session, delete(Claim).where(or_(codes, Claim.key.in_(bound))))
    _blunt(session, own)


def _blunt(session: Session, own: Select[str]) -> None:
    # The second of a claim is the second of an entry, and would tell whose it was.
    left = session.connection().execute(select(Claim.key, Claim.claimed_at).where(Claim.key.in_(own))).all()
    rows = [{"of_key": key, "in_month": _beginning_of_month(at)} for key, at in left]
    if rows:
        session.connection().execute(_BLUNT, rows)


def _beginning_of_month(at: datetime) -> datetime:
    return at.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def _rest(resident: Resident) -> tuple[Delete, ...]:
    """The resident last: whoever waits for that row finds nothing beside it any more."""
    return (
        delete(ReviewCase).where(ReviewCase.resident_id == resident.id),
        delete(StaffTally).where(StaffTally.resident_id == resident.id),
        delete(TreeInspection).where(TreeInspection.resident_id == resident.id),
        delete(Visit).where(Visit.resident_id == resident.id),
        delete(CapUse).where(CapUse.account == resident.account),
        delete(LastUse).where(LastUse.account == resident.account),
        # A member of staff has a code of another purpose under the same number, and stays.
        delete(SignInCode).where(SignInCode.phone == resident.phone, SignInCode.purpose == "resident"),
        delete(SignIn).where(SignIn.subject_kind == "resident", SignIn.subject_id == resident.id),
        delete(Device).where(Device.resident_id == resident.id),
        delete(Resident).where(Resident.id == resident.id),
    )


def _delete(session: Session, statement: Delete) -> int:
    # Past the ORM: the caller may hold the resident, and still wants to read it.
    done: CursorResult[tuple[()]] = session.connection().execute(statement)
    return done.rowcount
