"""Signing in: codes that are sent, tried and used once."""

import pytest

from greenlife.db import Database
from greenlife.errors import (
    CodeFormInvalid,
    GreenlifeError,
    HomeLocked,
    PhoneInvalid,
    PrivacyMissing,
    PrivacyVersionStale,
    SignInCodeExpired,
    SignInCodeWrong,
    StaffUnknown,
    TooManyCodes,
    TooManyTries,
    TownUnknown,
)
from greenlife.models import Resident
from greenlife.residents import (
    PRIVACY_VERSION,
    ScreenSender,
    accept_privacy,
    choose_home,
    confirm_code,
    mask_phone,
    parse_phone,
    request_code,
    sign_out,
    take_try,
    who,
)
from greenlife.scans import record_scan
from tests.world import ANJI, DEQING, HOSTS, World

PHONE = "138 0013 8000"
KEY = b"k" * 32


def ask(world: World, purpose: str = "resident", phone: str = PHONE) -> str:
    with world.database.writing() as session:
        sent = request_code(
            session, phone=phone, purpose=purpose, sender=ScreenSender(), key=KEY, now=world.now, entropy=world.entropy
        )
    assert sent.shown_code is not None
    return sent.shown_code


def confirm(world: World, code: str, purpose: str = "resident", phone: str = PHONE) -> str:
    with world.database.writing() as session:
        take_try(session, phone=phone, code=code, purpose=purpose, now=world.now)
    with world.database.writing() as session:
        signed = confirm_code(
            session, phone=phone, code=code, purpose=purpose, key=KEY, now=world.now, entropy=world.entropy
        )
    return signed.token


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_the_first_sign_in_makes_a_resident_and_the_second_finds_the_same(world: World) -> None:
    first, second = (confirm(world, ask(world)), None)
    world.later(minutes=2)
    second = confirm(world, ask(world))
    with world.database.reading() as session:
        one, two = who(session, first, now=world.now), who(session, second, now=world.now)
        assert one and two and one.resident and two.resident
        assert one.resident.id == two.resident.id
        assert one.resident.phone == "+8613800138000"


@pytest.mark.parametrize("typed", ["13800138000", "+86 138-0013-8000", "１３８００１３８０００", "008613800138000"])
def test_one_number_has_one_form(typed: str) -> None:
    assert parse_phone(typed) == "+8613800138000"


@pytest.mark.parametrize("typed", ["", "1380013800", "02112345678", "13800138000; DROP", "9" * 1000, "手机"])
def test_what_is_no_mobile_number_is_refused(typed: str) -> None:
    with pytest.raises(PhoneInvalid):
        parse_phone(typed)


def test_others_see_a_number_masked() -> None:
    assert mask_phone("+8613800138000") == "138****8000"


def test_a_second_click_within_seconds_gives_the_same_code(world: World) -> None:
    assert ask(world) == ask(world)


def test_a_code_signs_in_once(world: World) -> None:
    code = ask(world)
    confirm(world, code)
    with pytest.raises(SignInCodeExpired):
        confirm(world, code)


def test_a_code_ends_after_five_minutes(world: World) -> None:
    code = ask(world)
    world.later(minutes=5)
    with pytest.raises(SignInCodeExpired):
        confirm(world, code)


@pytest.mark.parametrize("typed", ["12345", "1234567", "12345a", "１２３４５６", ""])
def test_what_is_not_six_digits_costs_no_try(world: World, typed: str) -> None:
    code = ask(world)
    for _ in range(9):
        with pytest.raises(CodeFormInvalid):
            confirm(world, typed)
    confirm(world, code)


def test_five_wrong_guesses_use_a_code_up(world: World) -> None:
    code = ask(world)
    for left in (4, 3, 2, 1, 0):
        with pytest.raises(SignInCodeWrong) as refusal:
            confirm(world, wrong(code))
        assert refusal.value.params == {"tries_left": left}
    with pytest.raises(TooManyTries):
        confirm(world, code)


def test_without_a_try_counted_apart_guesses_are_free(world: World) -> None:
    """The negative control: compared in the same transaction, a wrong guess rolls its own count back."""
    code = ask(world)

    def naive(guess: str) -> None:
        with world.database.writing() as session:
            take_try(session, phone=PHONE, code=guess, purpose="resident", now=world.now)
            confirm_code(
                session, phone=PHONE, code=guess, purpose="resident", key=KEY, now=world.now, entropy=world.entropy
            )

    for _ in range(20):
        with pytest.raises(SignInCodeWrong):
            naive(wrong(code))
    naive(code)


def test_no_more_than_six_codes_an_hour_go_to_one_phone(world: World) -> None:
    for _ in range(6):
        ask(world)
        world.later(minutes=1)
    with pytest.raises(TooManyCodes):
        ask(world)
    world.later(hours=1)
    ask(world)


def test_staff_sign_in_only_with_a_number_that_has_a_counter(world: World) -> None:
    attendant = world.attendant()
    with pytest.raises(StaffUnknown):
        ask(world, "staff")
    token = confirm(world, ask(world, "staff", attendant.phone), "staff", attendant.phone)
    with world.database.reading() as session:
        signed = who(session, token, now=world.now)
        assert signed and signed.staff and signed.staff.id == attendant.id
    world.later(hours=12)
    with world.database.reading() as session:
        assert who(session, token, now=world.now) is None


def test_signing_out_ends_the_session(world: World) -> None:
    token = confirm(world, ask(world))
    with world.database.writing() as session:
        sign_out(session, token, now=world.now)
    with world.database.reading() as session:
        assert who(session, token, now=world.now) is None
        assert who(session, "tok_nothing", now=world.now) is None


def load(database: Database, resident: Resident) -> Resident:
    with database.reading() as session:
        found = session.get(Resident, resident.id)
        assert found
        session.expunge(found)
        return found


def test_the_notice_is_accepted_with_version_and_time_before_a_home_is_chosen(world: World) -> None:
    resident = world.resident(None)
    with world.database.writing() as session:
        resident.privacy_version = None
        session.merge(resident)
    with pytest.raises(PrivacyMissing), world.database.writing() as session:
        choose_home(session, world.programme, resident=resident, district=DEQING, town=world.town())
    with pytest.raises(PrivacyVersionStale), world.database.writing() as session:
        accept_privacy(session, resident=resident, version="2020-01", now=world.now)
    with world.database.writing() as session:
        accept_privacy(session, resident=resident, version=PRIVACY_VERSION, now=world.now)
    stored = load(world.database, resident)
    assert (stored.privacy_version, stored.privacy_accepted_at) == (PRIVACY_VERSION, world.now)


def test_a_wrong_home_is_corrected_until_the_first_entry(world: World) -> None:
    resident, poster = world.resident(None), world.poster()

    def choose(district: str, town: str) -> None:
        with world.database.writing() as session:
            choose_home(session, world.programme, resident=load(world.database, resident), district=district, town=town)

    choose(ANJI, world.town(ANJI))
    choose(DEQING, world.town(DEQING))
    with pytest.raises(TownUnknown):
        choose(DEQING, world.town(ANJI))
    with world.database.writing() as session:
        record_scan(
            session, world.programme, resident=load(world.database, resident), code=poster.short, hosts=HOSTS,
            reference="r1", now=world.now, entropy=world.entropy,
        )  # fmt: skip
    choose(DEQING, world.town(DEQING))  # the same again is no change
    with pytest.raises(HomeLocked):
        choose(ANJI, world.town(ANJI))


def test_every_error_has_a_code_of_its_own() -> None:
    def leaves(kind: type[GreenlifeError]) -> list[type[GreenlifeError]]:
        return [leaf for child in kind.__subclasses__() for leaf in (leaves(child) or [child])]

    codes = [error.code for error in leaves(GreenlifeError)]
    assert len(codes) == len(set(codes))
    assert "error" not in codes
