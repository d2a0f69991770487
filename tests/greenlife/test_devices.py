"""The resident's phones: each has a key of its own, for as long as its sign-in lasts."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from greenlife.codes import CodeKey, city_tag, resident_code
from greenlife.errors import (
    CodeExpired,
    CodeForged,
    CodeOfOtherCity,
    CodeUnknown,
    CodeUsed,
    DeviceRevoked,
    DeviceUnknown,
    SignInRequired,
    TooManyDevices,
)
from greenlife.models import Claim, Device, Resident, SignIn, Visit
from greenlife.residents import devices, enrol_device, forget_resident, list_devices, revoke_device, sign_out
from greenlife.residents.devices import MOST_A_DAY, REMEMBERED_FOR
from greenlife.residents.tokens import token_hash
from tests.greenlife.test_weighing import open_for
from tests.world import World

CITY = "huzhou"


def sign_in(world: World, resident: Resident, token: str = "tok_1") -> str:
    with world.database.writing() as session:
        session.add(
            SignIn(token_hash=token_hash(token), subject_kind="resident", subject_id=resident.id,
                   created_at=world.now, expires_at=world.now + timedelta(days=90))
        )  # fmt: skip
    return token


def enrol(world: World, resident: Resident, token: str = "tok_1") -> CodeKey:
    with world.database.writing() as session:
        return enrol_device(session, resident=resident, city=CITY, token=token, now=world.now, entropy=world.entropy)


def phone_of(world: World, resident: Resident, token: str = "tok_1") -> CodeKey:
    return enrol(world, resident, sign_in(world, resident, token))


def revoke(world: World, resident: Resident, device: str) -> None:
    with world.database.writing() as session:
        revoke_device(session, resident=resident, device_id=device, now=world.now)


def code(world: World, key: CodeKey) -> str:
    return resident_code(key, now=world.now).text


def test_a_phone_opens_a_visit_by_the_code_that_it_computes_scanned_or_typed(world: World) -> None:
    staff, resident = world.attendant(), world.resident()
    key = phone_of(world, resident)
    with world.database.reading() as session:
        (seen,) = list_devices(session, resident=resident, token="tok_1", now=world.now)
    assert (seen.id, seen.last_seen_at, seen.is_this) == (key.code_id, None, True)

    by_camera = open_for(world, staff, code(world, key))
    world.later(minutes=1)
    by_voice = open_for(world, staff, resident_code(key, now=world.now).typed, "v2")

    with world.database.reading() as session:
        visitors = set(session.scalars(select(Visit.resident_id).where(Visit.id.in_([by_camera.id, by_voice.id]))))
        (seen,) = list_devices(session, resident=resident, token="tok_other", now=world.now)
    assert visitors == {resident.id}
    assert (seen.last_seen_at, seen.is_this) == (world.now, False)


def test_either_form_of_a_phones_half_minute_is_used_up_by_the_other(world: World) -> None:
    staff, key = world.attendant(), phone_of(world, world.resident())
    shown = resident_code(key, now=world.now)
    open_for(world, staff, shown.typed)
    for text in (shown.text, shown.typed):
        with pytest.raises(CodeUsed):
            open_for(world, staff, text, "v2")


def test_two_phones_of_one_resident_have_each_its_own_code(world: World) -> None:
    staff, resident = world.attendant(), world.resident()
    first, second = phone_of(world, resident), phone_of(world, resident, "tok_2")
    assert open_for(world, staff, code(world, first)).id != open_for(world, staff, code(world, second), "v2").id


def test_the_proof_of_one_phone_is_forged_under_the_id_of_another(world: World) -> None:
    staff, resident = world.attendant(), world.resident()
    mine, other = phone_of(world, resident), phone_of(world, world.resident(), "tok_2")
    mixed = code(world, mine)[:37] + code(world, other)[37:]
    with pytest.raises(CodeForged):
        open_for(world, staff, mixed)
    typed = resident_code(mine, now=world.now).typed.replace(" ", "")[:6]
    with pytest.raises(CodeExpired):
        open_for(world, staff, typed + resident_code(other, now=world.now).typed.replace(" ", "")[6:])
    open_for(world, staff, code(world, mine))  # the control


def test_control_without_the_proof_anybody_would_pass_as_anybody(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("greenlife.scans.code_holder.resident_step", lambda *_, **__: 1)
    mine = phone_of(world, world.resident())
    assert open_for(world, world.attendant(), code(world, mine)[:-16] + "0" * 16)


def test_a_phones_code_of_another_city_is_refused_with_the_reason(world: World) -> None:
    staff, key = world.attendant(), phone_of(world, world.resident())
    elsewhere = CodeKey(city="jiaxing", code_id=key.code_id, alias=key.alias, secret=key.secret)
    with pytest.raises(CodeOfOtherCity):
        open_for(world, staff, code(world, elsewhere))
    relabelled = code(world, key)[:10] + code(world, elsewhere)[10:]
    with pytest.raises(CodeForged):
        open_for(world, staff, relabelled)
    open_for(world, staff, code(world, key))  # the control


def test_control_where_the_city_is_not_asked_for_its_phone_opens_a_visit(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both locks are taken away: the tag in the text, and the tag in what is proved."""
    monkeypatch.setattr("greenlife.scans.code_holder.city_tag", lambda _: city_tag("jiaxing"))
    monkeypatch.setattr("greenlife.codes.resident.city_tag", lambda _: city_tag("jiaxing"))
    key = phone_of(world, world.resident())
    elsewhere = CodeKey(city="jiaxing", code_id=key.code_id, alias=key.alias, secret=key.secret)
    assert open_for(world, world.attendant(), code(world, elsewhere))


def test_a_revoked_phone_is_refused_with_the_reason_and_signed_out(world: World) -> None:
    staff, resident = world.attendant(), world.resident()
    lost, kept = phone_of(world, resident), phone_of(world, resident, "tok_2")
    revoke(world, resident, lost.code_id)
    revoke(world, resident, lost.code_id)  # a second click
    for text in (code(world, lost), resident_code(lost, now=world.now).typed):
        with pytest.raises(DeviceRevoked):
            open_for(world, staff, text)
    with pytest.raises(SignInRequired):
        enrol(world, resident)
    open_for(world, staff, code(world, kept))  # the control


def test_who_does_not_hold_the_phone_is_not_told_that_it_was_revoked(world: World) -> None:
    staff, resident = world.attendant(), world.resident()
    lost = phone_of(world, resident)
    revoke(world, resident, lost.code_id)
    with pytest.raises(CodeForged):
        open_for(world, staff, code(world, lost)[:-16] + "0" * 16)


def test_control_without_the_look_at_the_phone_a_revoked_one_opens_a_visit(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("greenlife.scans.code_holder._take_note", lambda *_: None)
    staff, resident = world.attendant(), world.resident()
    lost = phone_of(world, resident)
    revoke(world, resident, lost.code_id)
    assert open_for(world, staff, code(world, lost))


def test_signing_out_on_a_phone_revokes_it(world: World) -> None:
    staff, resident = world.attendant(), world.resident()
    left, other = phone_of(world, resident), phone_of(world, resident, "tok_2")
    with world.database.writing() as session:
        sign_out(session, "tok_1", now=world.now)
    with pytest.raises(DeviceRevoked):
        open_for(world, staff, code(world, left))
    open_for(world, staff, code(world, other))  # the control


def test_a_phone_lives_no_longer_than_its_sign_in(world: World) -> None:
    staff, resident = world.attendant(), world.resident()
    key = phone_of(world, resident)
    world.later(days=89)
    open_for(world, staff, code(world, key))  # the control
    world.later(days=1)
    with pytest.raises(DeviceRevoked):
        open_for(world, staff, code(world, key), "v2")
    with world.database.reading() as session:
        assert list_devices(session, resident=resident, token="tok_1", now=world.now) == ()


def test_a_phone_that_lost_its_key_gets_another_and_the_first_is_worth_nothing(world: World) -> None:
    staff, resident = world.attendant(), world.resident()
    first = phone_of(world, resident)
    second = enrol(world, resident)
    with pytest.raises(DeviceRevoked):
        open_for(world, staff, code(world, first))
    assert open_for(world, staff, code(world, second))
    with world.database.reading() as session:
        assert len(list_devices(session, resident=resident, token="tok_1", now=world.now)) == 1


def test_nobody_revokes_the_phone_of_another(world: World) -> None:
    staff, key, stranger = world.attendant(), phone_of(world, world.resident()), world.resident()
    with pytest.raises(DeviceUnknown):
        revoke(world, stranger, key.code_id)
    open_for(world, staff, code(world, key))


def test_nobody_enrols_a_phone_with_the_sign_in_of_another(world: World) -> None:
    token = sign_in(world, world.resident())
    with pytest.raises(SignInRequired):
        enrol(world, world.resident(), token)


def test_phones_are_enrolled_so_often_a_day(world: World) -> None:
    resident = world.resident()
    token = sign_in(world, resident)
    for _ in range(MOST_A_DAY):
        enrol(world, resident, token)
    with pytest.raises(TooManyDevices) as refusal:
        enrol(world, resident, token)
    assert refusal.value.params == {"most": MOST_A_DAY}
    world.later(days=1)
    enrol(world, resident, token)


def test_a_revoked_phone_is_forgotten_after_a_month(world: World) -> None:
    staff, resident = world.attendant(), world.resident()
    old = phone_of(world, resident)
    revoke(world, resident, old.code_id)
    world.later(seconds=REMEMBERED_FOR.total_seconds() + 1)
    phone_of(world, resident, "tok_2")
    with pytest.raises(CodeUnknown):
        open_for(world, staff, code(world, old))


def test_an_alias_stands_for_one_phone_or_resident(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = world.resident().code_alias
    drawn = iter([taken, taken, "ZZZZZZ"])
    monkeypatch.setattr(devices, "encode", lambda data, length: next(drawn) if length == 6 else "A" * length)
    assert phone_of(world, world.resident()).alias == "ZZZZZZ"


def test_the_key_is_told_once_and_no_view_shows_it(world: World) -> None:
    resident = world.resident()
    key = phone_of(world, resident)
    with world.database.reading() as session:
        (view,) = list_devices(session, resident=resident, token="tok_1", now=world.now)
        (row,) = session.scalars(select(Device))
    assert row.secret == key.secret
    assert key.secret.hex() not in repr(view)


def test_leaving_deletes_the_phones_and_what_their_codes_were_used_for(world: World) -> None:
    staff, resident, stays = world.attendant(), world.resident(), world.resident()
    gone, kept = phone_of(world, resident), phone_of(world, stays, "tok_2")
    for number, key in enumerate((gone, kept)):
        open_for(world, staff, code(world, key), f"v{number}")
    with world.database.writing() as session:
        person = session.get_one(Resident, resident.id)
        forget_resident(
            session, resident=person, forget_vouchers=lambda **_: 0, remember=lambda _: None,
            withdraw=lambda _: None,
        )  # fmt: skip
    with world.database.reading() as session:
        assert [device.code_id for device in session.scalars(select(Device))] == [kept.code_id]
        assert [kept.code_id in claim.key for claim in session.scalars(select(Claim))] == [True]
    with pytest.raises(CodeUnknown):
        open_for(world, staff, code(world, gone), "v9")
