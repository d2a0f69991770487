"""Trees to test with: RFC 6962 written down as it stands there, slowly, and what is needed to read from a list."""

from collections.abc import Callable, Sequence
from hashlib import sha256

from ledger.tlog.edge import Edge, extend
from ledger.tlog.merkle import Node
from ledger.tlog.tiles import cut_tiles


def leaf(number: int) -> bytes:
    return f"leaf {number}".encode()


def leaf_hashes(size: int) -> list[bytes]:
    return [sha256(b"\x00" + leaf(number)).digest() for number in range(size)]


def root(hashes: Sequence[bytes]) -> bytes:
    """MTH of section 2.1."""
    if not hashes:
        return sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    k = split(len(hashes))
    return sha256(b"\x01" + root(hashes[:k]) + root(hashes[k:])).digest()


def path(index: int, hashes: Sequence[bytes]) -> list[bytes]:
    """PATH of section 2.1.1."""
    if len(hashes) == 1:
        return []
    k = split(len(hashes))
    if index < k:
        return [*path(index, hashes[:k]), root(hashes[k:])]
    return [*path(index - k, hashes[k:]), root(hashes[:k])]


def proof(old: int, hashes: Sequence[bytes]) -> list[bytes]:
    """PROOF of section 2.1.2."""
    return subproof(old, hashes, known=True)


def subproof(old: int, hashes: Sequence[bytes], *, known: bool) -> list[bytes]:
    if old == len(hashes):
        return [] if known else [root(hashes)]
    k = split(len(hashes))
    if old <= k:
        return [*subproof(old, hashes[:k], known=known), root(hashes[k:])]
    return [*subproof(old - k, hashes[k:], known=False), root(hashes[:k])]


def split(size: int) -> int:
    """The largest power of two below ``size``."""
    k = 1
    while k * 2 < size:
        k *= 2
    return k


def read_from(hashes: Sequence[bytes]) -> Callable[[Sequence[Node]], list[bytes]]:
    """A reader that works each node out from the leaf hashes, and knows none that is not wholly there."""

    def read(nodes: Sequence[Node]) -> list[bytes]:
        ranges = [(position << level, position + 1 << level) for level, position in nodes]
        assert all(end <= len(hashes) for _, end in ranges)
        return [root(hashes[start:end]) for start, end in ranges]

    return read


def site(size: int) -> dict[str, bytes]:
    """All tiles of a log of so many leaves, by their paths."""
    return {tile.path: data for tile, data in cut_tiles(extend(Edge(), leaf_hashes(size)), read_from(()))}


def flips(data: bytes) -> list[bytes]:
    """``data`` with each of its bits turned over, one at a time."""
    flipped = []
    for at in range(len(data) * 8):
        changed = bytearray(data)
        changed[at // 8] ^= 1 << at % 8
        flipped.append(bytes(changed))
    return flipped
