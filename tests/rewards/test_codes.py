"""Voucher codes: what they look like, and what people make of them."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rewards
from rewards.codes import ALPHABET, new_code, normalise_code


def test_a_code_is_the_forty_bits_it_was_given() -> None:
    assert new_code(bytes) == "00000000"
    assert new_code(lambda size: b"\xff" * size) == "ZZZZZZZZ"
    assert new_code(lambda _: (0x08864298E8).to_bytes(5, "big")) == "12345678"


def test_a_code_is_shown_in_two_halves() -> None:
    assert rewards.show_code("7K3M92QF") == "7K3M 92QF"


@pytest.mark.parametrize(
    "typed",
    [
        "7K3M 92QF",
        "7k3m92qf",
        " 7K3M-92QF\n",
        "\uff17\uff2b\uff13\uff2d\u3000\uff19\uff12\uff51\uff46",
        "7K3M\u00a092QF",
        "7 K 3 M 9 2 Q F",
        "7K3M\u201392QF",
    ],
)
def test_what_people_type_is_put_right(typed: str) -> None:
    assert normalise_code(typed) == "7K3M92QF"


def test_look_alike_letters_are_read_as_their_digits() -> None:
    assert normalise_code("oO0iIlL1") == "00011111"


@given(st.text(max_size=80))
def test_any_text_is_a_code_or_unknown(typed: str) -> None:
    try:
        code = normalise_code(typed)
    except rewards.VoucherUnknown:
        return
    assert len(code) == 8
    assert set(code) <= set(ALPHABET)


def test_a_new_code_reads_back() -> None:
    code = new_code(os.urandom)

    assert normalise_code(rewards.show_code(code).lower()) == code
