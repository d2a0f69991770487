"""Codes: what is read back, and what is refused."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlife.codes import (
    KioskCode,
    PosterCode,
    VoucherCode,
    encode,
    kiosk_url,
    parse_code,
    poster_url,
    qr_modules,
    qr_modules_of_text,
)
from greenlife.errors import CodeForeign, CodeUnknown, GreenlifeError

HOSTS = {"green.example", "localhost:8000"}
ID = encode(bytes(range(16)), 26)
NOW = datetime(2026, 11, 2, 1, 0, 7, tzinfo=UTC)


def kiosk_text(base: str = "https://green.example") -> str:
    return kiosk_url(base, "0123456789", city="huzhou", secret=bytes(32), now=NOW)


def test_a_posters_address_is_read_back_from_any_phone_camera() -> None:
    url = poster_url("https://green.example", ID)
    assert url == url.upper()
    assert parse_code(url, hosts=HOSTS, typed_as="poster") == PosterCode(ID)
    assert parse_code(url.lower(), hosts=HOSTS, typed_as="resident") == PosterCode(ID)


def test_a_posters_picture_is_no_larger_than_version_3() -> None:
    assert len(qr_modules(poster_url("http://localhost:8000", ID))) <= 29


def test_a_screens_address_is_read_back_from_any_phone_camera() -> None:
    url = kiosk_text()
    assert url == url.upper()
    for text in (url, url.replace("HTTPS://GREEN.EXAMPLE", "https://green.example")):
        code = parse_code(text, hosts=HOSTS, typed_as="poster")
        assert isinstance(code, KioskCode)
        assert code.kiosk_id + code.mac == url.rpartition("/")[2]
    with pytest.raises(CodeUnknown):
        parse_code(url.lower(), hosts=HOSTS, typed_as="poster")


def test_a_screens_picture_is_no_larger_than_version_4() -> None:
    assert len(qr_modules(kiosk_text("https://" + "a" * 53))) == 33
    assert len(qr_modules(kiosk_text("https://green.huzhou.example"))) == 29


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


@pytest.mark.parametrize("text", [poster_url("https://other.example", ID), kiosk_text("https://other.example")])
def test_a_code_of_another_city_is_foreign_and_says_whose(text: str) -> None:
    with pytest.raises(CodeForeign) as refusal:
        parse_code(text, hosts=HOSTS, typed_as="poster")
    assert refusal.value.params == {"host": "other.example"}


@given(st.text(max_size=400))
def test_no_text_whatever_is_more_than_refused(text: str) -> None:
    try:
        parse_code(text, hosts=HOSTS, typed_as="poster")
    except GreenlifeError as refusal:
        assert refusal.code in {"code_unknown", "code_foreign"}


HALVES = ("", "GLC1:R:", "GLC1:R:abc:def", "https://", "http://[", "\x00" * 20, "x" * 10_000)


@pytest.mark.parametrize("text", [*HALVES, kiosk_text()[:-1], kiosk_text() + "0", kiosk_text().replace("/K/", "/Q/")])
def test_halves_and_noise_are_unknown(text: str) -> None:
    with pytest.raises((CodeUnknown, CodeForeign)):
        parse_code(text, hosts=HOSTS, typed_as="poster")
