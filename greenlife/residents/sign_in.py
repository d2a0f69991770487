"""Sign in with a phone number and a one-time code.

    asked ──request_code──▶ sent ──take_try──▶ tried ──confirm_code──▶ signed in
                             ▲                   │ wrong, tries left
                             └───────────────────┘

A try is counted in a transaction of its own, before the digits are compared: a wrong guess raises, what raises is
rolled back, and a count that is rolled back would give a robot as many guesses as it likes.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from greenlife.codes import encode
from greenlife.errors import (
    CodeFormInvalid,
    SignInCodeExpired,
    SignInCodeWrong,
    StaffUnknown,
    TooManyCodes,
    TooManyTries,
)
from greenlife.models import Resident, SignIn, SignInCode, Staff
from greenlife.residents.devices import free_alias, revoke_devices
from greenlife.residents.phone import parse_phone
from greenlife.residents.sender import CodeSender
from greenlife.residents.tokens import token_hash
from ledger import Entropy, new_id

Purpose = Literal["resident", "staff"]

CODE_LIFE = timedelta(minutes=5)
SAME_CODE = timedelta(seconds=30)
"""A second click within this time is answered with the code already sent."""
CODES_PER_HOUR = 6
TRIES = 5
SIGNED_IN_FOR: dict[str, timedelta] = {"resident": timedelta(days=90), "staff": timedelta(hours=12)}
TOKEN_BYTES = 32
_WHO = (
    select(SignIn.expires_at, Resident, Staff)
    .outerjoin(Resident, (SignIn.subject_kind == "resident") & (Resident.id == SignIn.subject_id))
    .outerjoin(Staff, (SignIn.subject_kind == "staff") & (Staff.id == SignIn.subject_id))
    .where(SignIn.token_hash == bindparam("of_token"))
)


@dataclass(frozen=True)
class CodeSent:
    """``shown_code`` is set only where the sender gives the code to the screen."""

    phone: str
    expires_at: datetime
    shown_code: str | None


@dataclass(frozen=True)
class SignedIn:
    """``token`` is told once and kept only as a hash."""

    token: str
    expires_at: datetime
    kind: Purpose
    new: bool


@dataclass(frozen=True)
class Signed:
    """Who a request comes from: a resident or a member of staff."""

    resident: Resident | None
    staff: Staff | None


def request_code(
    session: Session, *, phone: str, purpose: Purpose, sender: CodeSender, key: bytes, now: datetime, entropy: Entropy
) -> CodeSent:
    """A code on its way to the phone; raises PhoneInvalid, StaffUnknown, TooManyCodes."""
    number = parse_phone(phone)
    if purpose == "staff" and session.scalar(select(Staff.id).where(Staff.phone == number)) is None:
        raise StaffUnknown
    row = session.get(SignInCode, (number, purpose))
    if row is None:
        row = SignInCode(phone=number, purpose=purpose, first_sent_at=now, sent_count=0)
        session.add(row)
    elif now - row.first_sent_at >= timedelta(hours=1):
        row.first_sent_at, row.sent_count = now, 0
    elif now - row.sent_at < SAME_CODE and row.tries_left > 0:
        return CodeSent(number, row.expires_at, sender.repeat(code=_digits(row, key)))
    if row.sent_count >= CODES_PER_HOUR:
        raise TooManyCodes(seconds=int((row.first_sent_at + timedelta(hours=1) - now).total_seconds()) + 1)
    row.nonce, row.sent_at, row.expires_at = entropy(16), now, now + CODE_LIFE
    row.sent_count, row.tries_left = row.sent_count + 1, TRIES
    session.flush()
    return CodeSent(number, row.expires_at, sender.send(phone=number, code=_digits(row, key)))


def take_try(session: Session, *, phone: str, code: str, purpose: Purpose, now: datetime) -> None:
    """One try fewer, to be committed before ``confirm_code``; raises CodeFormInvalid, SignInCodeExpired, TooManyTries."""
    if len(code.strip()) != 6 or not code.strip().isascii() or not code.strip().isdigit():
        raise CodeFormInvalid
    number = parse_phone(phone)
    row = session.get(SignInCode, (number, purpose))
    if row is None or now >= row.expires_at:
        raise SignInCodeExpired
    taken = session.execute(
        update(SignInCode)
        .where(SignInCode.phone == number, SignInCode.purpose == purpose, SignInCode.tries_left > 0)
        .values(tries_left=SignInCode.tries_left - 1)
    )
    if not taken.rowcount:  # type: ignore[attr-defined]  # a DML result has it
        raise TooManyTries


def confirm_code(
    session: Session, *, phone: str, code: str, purpose: Purpose, key: bytes, now: datetime, entropy: Entropy
) -> SignedIn:
    """A session for the phone's owner, who becomes a resident at the first sign-in.

    Call ``take_try`` in a transaction before. Raises SignInCodeWrong, SignInCodeExpired, StaffUnknown.
    """
    number = parse_phone(phone)
    row = session.get(SignInCode, (number, purpose))
    if row is None or now >= row.expires_at:
        raise SignInCodeExpired
    if not hmac.compare_digest(_digits(row, key), code.strip()):
        raise SignInCodeWrong(tries_left=row.tries_left)
    session.delete(row)
    if purpose == "staff":
        subject, new = session.scalar(select(Staff.id).where(Staff.phone == number)), False
    else:
        subject, new = _resident_id(session, number, now, entropy)
    if subject is None:
        raise StaffUnknown
    token = new_id("tok", entropy) + new_id("", entropy).lstrip("_")
    expires_at = now + SIGNED_IN_FOR[purpose]
    session.add(
        SignIn(
            token_hash=token_hash(token),
            subject_kind=purpose,
            subject_id=subject,
            created_at=now,
            expires_at=expires_at,
        )
    )
    session.flush()
    return SignedIn(token, expires_at, purpose, new)


def who(session: Session, token: str, *, now: datetime) -> Signed | None:
    """Whom the token stands for, or None when it is unknown, over, or its subject is gone."""
    row = session.execute(_WHO, {"of_token": token_hash(token)}).one_or_none()
    if row is None or now >= row[0]:
        return None
    signed = Signed(resident=row[1], staff=row[2])
    return signed if signed.resident or signed.staff else None


def sign_out(session: Session, token: str, *, now: datetime) -> None:
    """The session ends, and the phone's key with it; unknown tokens are no error."""
    hashed = token_hash(token)
    session.execute(delete(SignIn).where(SignIn.token_hash == hashed))
    revoke_devices(session, hashed, now=now)


def _resident_id(session: Session, phone: str, now: datetime, entropy: Entropy) -> tuple[str, bool]:
    present = session.scalar(
        select(Resident.id).where(Resident.phone == phone).with_for_update(read=True, key_share=True)
    )
    if present is not None:
        return present, False
    resident = new_resident(phone=phone, now=now, entropy=entropy)
    resident.code_alias = free_alias(session, entropy)
    session.add(resident)
    return resident.id, True


def new_resident(*, phone: str, now: datetime, entropy: Entropy) -> Resident:
    """A resident without a home yet; ids are random, none is derived from the phone or from another."""
    return Resident(
        id=new_id("res", entropy),
        phone=phone,
        account=new_id("acc", entropy),
        code_id=encode(entropy(16), 26),
        code_alias=encode(entropy(4), 6),
        code_secret=entropy(32),
        reference_key=entropy(32),
        created_at=now,
    )


def _digits(row: SignInCode, key: bytes) -> str:
    # Derived instead of stored: who reads the table without the key learns no code.
    message = f"{row.purpose}|{row.phone}|".encode() + row.nonce
    return f"{int.from_bytes(hmac.digest(key, message, 'sha256')[:8]) % 1_000_000:06d}"
