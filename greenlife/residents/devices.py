"""The phones that compute a resident's code: one for each sign-in, for as long as that lasts.

    nothing ──enrol_device──▶ live ──revoke_device, sign_out──▶ revoked ──a month──▶ forgotten

A revoked phone is remembered for a while, so that its code is refused with the reason.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from greenlife.codes import ALIAS_LENGTH, ID_LENGTH, CodeKey, encode
from greenlife.errors import DeviceUnknown, SignInRequired, TooManyDevices
from greenlife.models import Device, Resident, SignIn
from greenlife.residents.tokens import token_hash
from ledger import Entropy

MOST_A_DAY = 20
"""Phones that a resident can enrol in 24 hours: enough for whoever clears a browser again and again."""
REMEMBERED_FOR = timedelta(days=30)
SECRET_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceView:
    """A phone as its resident sees it; ``is_this`` is the one that asks."""

    id: str
    created_at: datetime
    last_seen_at: datetime | None
    is_this: bool


def enrol_device(
    session: Session, *, resident: Resident, city: str, token: str, now: datetime, entropy: Entropy
) -> CodeKey:
    """A new key for the phone of this sign-in, told once; one it had before is revoked.

    Raises SignInRequired when the sign-in is over, TooManyDevices.
    """
    hashed = token_hash(token)
    sign_in = session.get(SignIn, hashed)
    if sign_in is None or sign_in.subject_id != resident.id:
        raise SignInRequired
    _forget_old(session, resident, now)
    _check_rate(session, resident, now)
    revoke_devices(session, hashed, now=now)
    device = Device(
        code_id=encode(entropy(16), ID_LENGTH),
        alias=free_alias(session, entropy),
        secret=entropy(SECRET_BYTES),
        resident_id=resident.id,
        sign_in_hash=hashed,
        created_at=now,
        expires_at=sign_in.expires_at,
    )
    session.add(device)
    session.flush()
    return CodeKey(city=city, code_id=device.code_id, alias=device.alias, secret=device.secret)


def find_device(session: Session, *, token: str, now: datetime) -> str | None:
    """The id of the live phone of this sign-in."""
    live = select(Device.code_id).where(
        Device.sign_in_hash == token_hash(token), Device.revoked_at.is_(None), Device.expires_at > now
    )
    return session.scalar(live)


def list_devices(session: Session, *, resident: Resident, token: str, now: datetime) -> tuple[DeviceView, ...]:
    """The resident's live phones, the newest first."""
    hashed = token_hash(token)
    live = select(Device).where(Device.resident_id == resident.id, Device.revoked_at.is_(None), Device.expires_at > now)
    rows = session.scalars(live.order_by(Device.created_at.desc(), Device.code_id))
    return tuple(
        DeviceView(
            id=row.code_id,
            created_at=row.created_at,
            last_seen_at=row.last_seen_at,
            is_this=row.sign_in_hash == hashed,
        )
        for row in rows
    )


def revoke_device(session: Session, *, resident: Resident, device_id: str, now: datetime) -> None:
    """The phone's codes are worth nothing any more, and it is signed out; revoking again changes nothing.

    Raises DeviceUnknown for anything that is not a phone of this resident's.
    """
    device = session.scalar(select(Device).where(Device.code_id == device_id, Device.resident_id == resident.id))
    if device is None:
        raise DeviceUnknown
    # A lost phone that is still signed in would only ask for another key.
    session.execute(delete(SignIn).where(SignIn.token_hash == device.sign_in_hash))
    revoke_devices(session, device.sign_in_hash, now=now)


def revoke_devices(session: Session, sign_in_hash: bytes, *, now: datetime) -> None:
    """Whatever phone this sign-in has enrolled."""
    session.execute(
        update(Device).where(Device.sign_in_hash == sign_in_hash, Device.revoked_at.is_(None)).values(revoked_at=now)
    )


def free_alias(session: Session, entropy: Entropy) -> str:
    """Six symbols that stand for nobody yet; of a billion, one in some hundreds is taken in a large city."""
    while True:
        alias = encode(entropy(4), ALIAS_LENGTH)
        phones = select(Device.alias).where(Device.alias == alias)
        taken = phones.union_all(select(Resident.code_alias).where(Resident.code_alias == alias))
        if session.execute(taken).first() is None:
            return alias


def _check_rate(session: Session, resident: Resident, now: datetime) -> None:
    since = now - timedelta(days=1)
    enrolled = session.scalar(select(func.count()).where(Device.resident_id == resident.id, Device.created_at > since))
    if (enrolled or 0) >= MOST_A_DAY:
        raise TooManyDevices(most=MOST_A_DAY)


def _forget_old(session: Session, resident: Resident, now: datetime) -> None:
    then = now - REMEMBERED_FOR
    session.execute(
        delete(Device).where(Device.resident_id == resident.id, or_(Device.revoked_at < then, Device.expires_at < then))
    )
