"""Entries in a bundle, each behind its length."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import BundleFalse, BundleMalformed, LeafTooLong, LogError
from ledger.tlog.bundles import LONGEST_LEAF, check_bundle, decode_bundle, encode_bundle
from ledger.tlog.merkle import hash_leaf
from tests.ledger.tlog.trees import flips


def test_each_entry_follows_its_length() -> None:
    assert encode_bundle([b"abc", b"", b"\xff" * 300]) == b"\x00\x03abc" + b"\x00\x00" + b"\x01\x2c" + b"\xff" * 300


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=256))
def test_a_bundle_is_read_back(leaves: list[bytes]) -> None:
    assert decode_bundle(encode_bundle(leaves), len(leaves)) == leaves


@pytest.mark.parametrize("width", [0, 257])
def test_no_bundle_is_empty_or_wider_than_a_tile(width: int) -> None:
    with pytest.raises(BundleMalformed):
        encode_bundle([b""] * width)
    with pytest.raises(BundleMalformed):
        decode_bundle(b"\x00\x00" * width, width)


def test_the_longest_leaf_fits_and_a_longer_one_is_refused() -> None:
    longest = bytes(LONGEST_LEAF)

    assert decode_bundle(encode_bundle([longest, b"x"]), 2) == [longest, b"x"]
    with pytest.raises(LeafTooLong) as refused:
        encode_bundle([b"x", longest + b"x"])
    assert refused.value.params == {"found": LONGEST_LEAF + 1, "most": LONGEST_LEAF}


def test_a_bundle_that_is_cut_off_anywhere_is_refused() -> None:
    data = encode_bundle([b"abc", b"", b"defg"])

    for length in range(len(data)):
        with pytest.raises(BundleMalformed) as refused:
            decode_bundle(data[:length], 3)
        assert refused.value.params == {"why": "cut"}


@pytest.mark.parametrize("more", [b"\x00", b"\x00\x00", b"\x00\x01a"])
def test_what_is_left_over_is_refused(more: bytes) -> None:
    with pytest.raises(BundleMalformed) as refused:
        decode_bundle(encode_bundle([b"abc"]) + more, 1)
    assert refused.value.params == {"why": "trailing"}


def test_no_bit_of_a_bundle_can_be_turned_over() -> None:
    leaves = [b"abc", b"", b"defg"]
    hashes = [hash_leaf(leaf) for leaf in leaves]
    data = encode_bundle(leaves)
    assert check_bundle(data, hashes) == leaves

    for flipped in flips(data):
        with pytest.raises(LogError):
            check_bundle(flipped, hashes)


def test_entries_in_another_order_are_refused_at_the_first() -> None:
    leaves = [b"abc", b"def", b"ghi"]
    hashes = [hash_leaf(leaf) for leaf in leaves]

    with pytest.raises(BundleFalse) as refused:
        check_bundle(encode_bundle([b"abc", b"ghi", b"def"]), hashes)
    assert refused.value.params == {"position": 1}
