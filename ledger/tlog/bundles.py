"""Bundles of entries: c2sp.org/tlog-tiles, "Log entries". Each entry follows its length, a big-endian uint16."""

from collections.abc import Sequence

from ledger.errors import BundleFalse, BundleMalformed, LeafTooLong
from ledger.tlog.merkle import hash_leaf
from ledger.tlog.tiles import FULL_WIDTH

LONGEST_LEAF = 2**16 - 1
"""Bytes of an entry."""

_PREFIX = 2


def encode_bundle(leaves: Sequence[bytes]) -> bytes:
    """The bundle of 1 to 256 leaves; raises BundleMalformed for none or more, and LeafTooLong."""
    if not 0 < len(leaves) <= FULL_WIDTH:
        raise BundleMalformed(why="width")
    longest = max(map(len, leaves))
    if longest > LONGEST_LEAF:
        raise LeafTooLong(found=longest, most=LONGEST_LEAF)
    return b"".join(part for leaf in leaves for part in (len(leaf).to_bytes(_PREFIX, "big"), leaf))


def decode_bundle(data: bytes, width: int) -> list[bytes]:
    """The ``width`` leaves of a bundle, unchecked; raises BundleMalformed, unless it holds just so many."""
    if not 0 < width <= FULL_WIDTH:
        raise BundleMalformed(why="width")
    leaves, at = [], 0
    for _ in range(width):
        start = at + _PREFIX
        at = start + int.from_bytes(data[at:start], "big")
        if max(start, at) > len(data):
            raise BundleMalformed(why="cut")
        leaves.append(data[start:at])
    if at != len(data):
        raise BundleMalformed(why="trailing")
    return leaves


def check_bundle(data: bytes, leaf_hashes: Sequence[bytes]) -> list[bytes]:
    """The leaves of a bundle, each of which has the leaf hash of its place in the level 0 tile.

    Raises BundleMalformed, and BundleFalse with the position of the first that has not.
    """
    leaves = decode_bundle(data, len(leaf_hashes))
    for position, (leaf, leaf_hash) in enumerate(zip(leaves, leaf_hashes, strict=True)):
        if hash_leaf(leaf) != leaf_hash:
            raise BundleFalse(position=position)
    return leaves
