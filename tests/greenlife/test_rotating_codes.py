"""Codes that change: their half minute, their one city and key, and what chance and damage make of them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from greenlife.codes import (
    CodeKey,
    ResidentCode,
    TypedResidentCode,
    city_tag,
    encode,
    kiosk_step,
    kiosk_url,
    parse_code,
    prefix_of,
    proven_step,
    resident_code,
    resident_step,
    rotating,
    step_at,
)
from greenlife.errors import CodeExpired, CodeForged, CodeUnknown

NOW = datetime(2026, 11, 2, 1, 0, 7, tzinfo=UTC)
SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def key_of(number: int, *, city: str = "huzhou") -> CodeKey:
    dice = Random(number)
    return CodeKey(
        city=city, code_id=encode(dice.randbytes(16), 26), alias=encode(dice.randbytes(4), 6), secret=dice.randbytes(32)
    )


KEY = key_of(1)


def scanned(text: str) -> ResidentCode:
    code = parse_code(text, hosts=(), typed_as="resident")
    assert isinstance(code, ResidentCode)
    return code


def test_the_residents_code_is_good_for_its_half_minute_and_one_either_side() -> None:
    mac = scanned(resident_code(KEY, now=NOW).text).mac
    step = resident_step(mac, KEY, now=NOW)
    for seconds in (-30, 0, 30):
        assert resident_step(mac, KEY, now=NOW + timedelta(seconds=seconds)) == step


@pytest.mark.parametrize("seconds", [60, -45])
def test_one_window_late_or_early_it_is_refused(seconds: int) -> None:
    shown = resident_code(KEY, now=NOW)
    with pytest.raises(CodeExpired if seconds > 0 else CodeForged):
        resident_step(scanned(shown.text).mac, KEY, now=NOW + timedelta(seconds=seconds))
    with pytest.raises(CodeExpired):  # twenty bits do not tell the two apart
        resident_step(shown.typed.replace(" ", "")[6:], KEY, now=NOW + timedelta(seconds=seconds))


def test_control_with_a_wider_window_the_late_code_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotating, "WINDOW", 2)
    assert resident_step(scanned(resident_code(KEY, now=NOW).text).mac, KEY, now=NOW + timedelta(seconds=60))


def test_a_screenshot_of_an_hour_ago_is_too_old_and_one_of_yesterday_is_no_code() -> None:
    mac = scanned(resident_code(KEY, now=NOW).text).mac
    with pytest.raises(CodeExpired):
        resident_step(mac, KEY, now=NOW + timedelta(minutes=59))
    with pytest.raises(CodeForged):
        resident_step(mac, KEY, now=NOW + timedelta(days=1))


def test_the_typed_code_proves_the_same_half_minute() -> None:
    shown = resident_code(KEY, now=NOW)
    typed = parse_code(shown.typed, hosts=(), typed_as="resident")
    assert isinstance(typed, TypedResidentCode)
    assert typed.alias == KEY.alias
    assert resident_step(typed.mac, KEY, now=NOW) == resident_step(scanned(shown.text).mac, KEY, now=NOW)


def test_the_code_is_as_long_as_it_was_and_all_in_the_alphanumeric_mode() -> None:
    text = resident_code(KEY, now=NOW).text
    assert len(text) == 53
    assert set(text) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")


def test_a_proof_by_another_phones_key_is_forged() -> None:
    mac = scanned(resident_code(key_of(2), now=NOW).text).mac
    assert resident_step(mac, key_of(2), now=NOW)  # the control
    with pytest.raises(CodeForged):
        resident_step(mac, KEY, now=NOW)


@pytest.mark.parametrize("field", [{"city": "jiaxing"}, {"code_id": key_of(2).code_id}])
def test_a_proof_holds_for_its_city_and_its_id_even_where_the_key_is_the_same(field: dict[str, str]) -> None:
    parts = {"city": KEY.city, "code_id": KEY.code_id, "alias": KEY.alias} | field
    other = CodeKey(**parts, secret=KEY.secret)
    shown = resident_code(other, now=NOW)
    assert resident_step(scanned(shown.text).mac, other, now=NOW)  # the control
    with pytest.raises(CodeForged):
        resident_step(scanned(shown.text).mac, KEY, now=NOW)
    with pytest.raises(CodeExpired):
        resident_step(shown.typed.replace(" ", "")[6:], KEY, now=NOW)


def test_control_without_the_subject_a_code_of_another_city_would_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("greenlife.codes.resident.prefix_of", lambda purpose, _: prefix_of(purpose, ""))
    elsewhere = CodeKey(city="jiaxing", code_id=KEY.code_id, alias=KEY.alias, secret=KEY.secret)
    assert resident_step(scanned(resident_code(elsewhere, now=NOW).text).mac, KEY, now=NOW)


def test_a_screens_proof_holds_for_its_city_its_id_and_its_half_minute() -> None:
    secret = bytes(range(32))
    text = kiosk_url("https://green.example", "0123456789", city="huzhou", secret=secret, now=NOW)
    mac = text[-16:]
    for seconds in (-30, 0, 30):
        later = NOW + timedelta(seconds=seconds)
        assert kiosk_step(mac, "0123456789", city="huzhou", secret=secret, now=later) == step_at(NOW)
    with pytest.raises(CodeExpired):
        kiosk_step(mac, "0123456789", city="huzhou", secret=secret, now=NOW + timedelta(seconds=60))
    for other in ({"city": "jiaxing"}, {"kiosk_id": "9876543210"}, {"secret": bytes(32)}):
        with pytest.raises(CodeForged):
            kiosk_step(mac, **({"kiosk_id": "0123456789", "city": "huzhou", "secret": secret} | other), now=NOW)


class Table:
    """The keys of a hundred phones by id and by alias, as the database finds them; no database is asked."""

    def __init__(self) -> None:
        self.keys = [key_of(number) for number in range(100)]
        self.by_id = {key.code_id: key for key in self.keys}

    def takes(self, text: str) -> bool:
        """Whether a text opens a visit, all that is decided by the text alone."""
        try:
            code = parse_code(text, hosts=(), typed_as="poster")
        except CodeUnknown:
            return False
        if not isinstance(code, ResidentCode) or code.city != city_tag("huzhou"):
            return False
        key = self.by_id.get(code.code_id)
        if key is None:
            return False
        prefix = prefix_of("resident", key.subject)
        return proven_step(code.mac, prefix, secret=key.secret, present=step_at(NOW)) is not None


def symbol_flips(text: str) -> Iterator[str]:
    """The text with one of the five bits of one symbol of id or proof turned over."""
    for at in range(len("GLC1:R:"), len(text)):
        if text[at] != ":":
            for bit in range(5):
                yield f"{text[:at]}{SYMBOLS[SYMBOLS.index(text[at]) ^ 1 << bit]}{text[at + 1 :]}"


def byte_flips(text: str) -> Iterator[str]:
    """The text with one bit of one of its bytes turned over."""
    for at in range(len(text)):
        for bit in range(8):
            yield f"{text[:at]}{chr(ord(text[at]) ^ 1 << bit)}{text[at + 1 :]}"


def test_no_code_with_one_bit_turned_over_is_taken() -> None:
    table, tried = Table(), 0
    for key in table.keys:
        text = resident_code(key, now=NOW).text
        assert table.takes(text)  # the control
        for flipped in (*symbol_flips(text), *byte_flips(text)):
            tried += 1
            assert not table.takes(flipped), flipped
    assert tried == 100 * (45 * 5 + 53 * 8)


def test_none_of_a_hundred_thousand_random_proofs_is_taken() -> None:
    table, dice = Table(), Random(6)
    for number in range(100_000):
        mac = encode(dice.randbytes(10), 16)
        assert not table.takes(f"GLC1:R:{table.keys[number % 100].subject}:{mac}")


def test_control_a_proof_of_ten_bits_would_be_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    prefix, dice, present = prefix_of("resident", KEY.subject), Random(6), step_at(NOW)
    guesses = (encode(dice.randbytes(10), 2) for _ in range(100_000))
    assert any(proven_step(mac, prefix, secret=KEY.secret, present=present) is not None for mac in guesses)
