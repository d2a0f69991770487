"""Who stands behind a resident's code that was scanned: the phone that computed it, or the server."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from greenlife.codes import CodeKey, ResidentCode, TypedResidentCode, city_tag, resident_step
from greenlife.errors import CodeOfOtherCity, CodeUnknown, DeviceRevoked
from greenlife.models import Device, Resident
from greenlife.scans.own_code import ref_of, server_key


def resident_behind(
    session: Session, code: ResidentCode | TypedResidentCode, *, city: str, now: datetime
) -> tuple[Resident, str]:
    """The resident and the evidence key of this half minute.

    The scanned and the typed form of one half minute are one piece of evidence. Raises CodeOfOtherCity, CodeUnknown,
    CodeExpired, CodeForged, DeviceRevoked, HomeMissing.
    """
    if isinstance(code, ResidentCode) and code.city != city_tag(city):
        raise CodeOfOtherCity
    holder = _holder(session, code, city)
    step = resident_step(code.mac, holder.key, now=now)
    # After the proof: whether a phone was revoked is told to nobody who has not held it.
    if holder.device is not None:
        _take_note(holder.device, now)
    ref_of(holder.resident)
    # The resident's own id first, so that a leaving resident's uses are found whichever phone they were of.
    return holder.resident, f"resident-code:{holder.resident.code_id}:{holder.key.code_id}:{step}"


@dataclass(frozen=True)
class _Holder:
    """``device`` is None where the server itself computes the code."""

    resident: Resident
    key: CodeKey
    device: Device | None


def _holder(session: Session, code: ResidentCode | TypedResidentCode, city: str) -> _Holder:
    of_phone = Device.code_id == code.code_id if isinstance(code, ResidentCode) else Device.alias == code.alias
    # The resident's row is kept until the visit is written: it may be on its way out.
    found = session.execute(
        select(Device, Resident)
        .join(Resident, Resident.id == Device.resident_id)
        .where(of_phone)
        .with_for_update(read=True, key_share=True, of=Resident)
    ).one_or_none()
    if found is not None:
        device, resident = found
        key = CodeKey(city=city, code_id=device.code_id, alias=device.alias, secret=device.secret)
        return _Holder(resident, key, device)
    of_server = (
        Resident.code_id == code.code_id if isinstance(code, ResidentCode) else Resident.code_alias == code.alias
    )
    alone = session.scalar(select(Resident).where(of_server).with_for_update(read=True, key_share=True))
    if alone is None:
        raise CodeUnknown
    return _Holder(alone, server_key(alone, city), None)


def _take_note(device: Device, now: datetime) -> None:
    if device.revoked_at is not None or now >= device.expires_at:
        raise DeviceRevoked
    device.last_seen_at = now
