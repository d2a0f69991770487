"""Codes: what is read back, and what is refused."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlife.codes import (
    PosterCode,
    ResidentCode,
    TypedResidentCode,
    VoucherCode,
    encode,
    parse_code,
    poster_url,
    qr_modules,
    qr_modules_of_text,
    resident_code,
    used_step,
)
from greenlife.errors import CodeExpired, CodeForeign, CodeForged, CodeUnknown, GreenlifeError

NOW = datetime(2026, 11, 2, 1, 0, 7, tzinfo=UTC)
SECRET = bytes(range(32))
HOSTS = {"green.example", "localhost:8000"}
ID = encode(bytes(range(16)), 26)


def shown_at(now: datetime):
    return resident_code(code_id=ID, alias="8F3K2M", secret=SECRET, now=now)


def test_a_posters_address_is_read_back_from_any_phone_camera() -> None:
    url = poster_url("https://green.example", ID)
    assert url == url.upper()
    assert parse_code(url, hosts=HOSTS, typed_as="poster") == PosterCode(ID)
    assert parse_code(url.lower(), hosts=HOSTS, typed_as="resident") == PosterCode(ID)


def test_a_posters_picture_is_no_larger_than_version_3() -> None:
    assert len(qr_modules(poster_url("http://localhost:8000", ID))) <= 29


def test_a_long_text_is_one_picture_as_long_as_there_is_one() -> None:
    largest = qr_modules_of_text("凭" + "x" * 2950)
    assert largest and len(largest) == 177
    assert qr_modules_of_text("凭" + "x" * 2951) is None


@pytest.mark.parametrize("typed", ["8f3k2m7q", "8F3K 2M7Q", "８Ｆ３Ｋ　２Ｍ７Ｑ", " 8F3K-2M7Q "])
def test_typed_codes_forgive_width_case_and_spaces(typed: str) -> None:
    assert parse_code(typed, hosts=HOSTS, typed_as="voucher") == VoucherCode("8F3K2M7Q")
    assert parse_code(typed, hosts=HOSTS, typed_as="poster") == PosterCode("8F3K2M7Q")


def test_look_alike_letters_are_put_right() -> None:
    assert parse_code("OI L1 0000", hosts=HOSTS, typed_as="voucher") == VoucherCode("01110000")


def test_a_code_of_another_city_is_foreign_and_says_whose() -> None:
    with pytest.raises(CodeForeign) as refusal:
        parse_code(poster_url("https://other.example", ID), hosts=HOSTS, typed_as="poster")
    assert refusal.value.params == {"host": "other.example"}


@given(st.text(max_size=400))
def test_no_text_whatever_is_more_than_refused(text: str) -> None:
    try:
        parse_code(text, hosts=HOSTS, typed_as="poster")
    except GreenlifeError as refusal:
        assert refusal.code in {"code_unknown", "code_foreign"}


def test_the_residents_code_is_good_for_its_half_minute_and_one_either_side() -> None:
    parsed = parse_code(shown_at(NOW).text, hosts=HOSTS, typed_as="resident")
    assert isinstance(parsed, ResidentCode)
    step = used_step(parsed.mac, secret=SECRET, now=NOW)
    for seconds in (-30, 0, 30):
        assert used_step(parsed.mac, secret=SECRET, now=NOW + timedelta(seconds=seconds)) == step
    with pytest.raises(CodeExpired):
        used_step(parsed.mac, secret=SECRET, now=NOW + timedelta(seconds=60))


def test_the_typed_code_proves_the_same_half_minute() -> None:
    shown = shown_at(NOW)
    parsed = parse_code(shown.typed, hosts=HOSTS, typed_as="resident")
    assert isinstance(parsed, TypedResidentCode)
    assert parsed.alias == "8F3K2M"
    scanned = parse_code(shown.text, hosts=HOSTS, typed_as="resident")
    assert isinstance(scanned, ResidentCode)
    assert used_step(parsed.mac, secret=SECRET, now=NOW) == used_step(scanned.mac, secret=SECRET, now=NOW)


def test_a_proof_by_another_secret_is_forged() -> None:
    parsed = parse_code(shown_at(NOW).text, hosts=HOSTS, typed_as="resident")
    assert isinstance(parsed, ResidentCode)
    with pytest.raises(CodeForged):
        used_step(parsed.mac, secret=bytes(32), now=NOW)


def test_each_single_symbol_changed_is_refused() -> None:
    mac = shown_at(NOW).text.rpartition(":")[2]
    for at in range(len(mac)):
        other = mac[:at] + ("0" if mac[at] != "0" else "1") + mac[at + 1 :]
        with pytest.raises((CodeForged, CodeExpired)):
            used_step(other, secret=SECRET, now=NOW)


@pytest.mark.parametrize("text", ["", "GLC1:R:", "GLC1:R:abc:def", "https://", "http://[", "\x00" * 20, "x" * 10_000])
def test_halves_and_noise_are_unknown(text: str) -> None:
    with pytest.raises((CodeUnknown, CodeForeign)):
        parse_code(text, hosts=HOSTS, typed_as="poster")
