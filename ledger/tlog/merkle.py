"""The hashes and the shape of a Merkle tree: RFC 6962 section 2.1, with SHA-256.

A **node** is the root of a perfect subtree: ``(level, position)`` covers the ``2**level`` leaves from
``position << level`` on. Nodes never change once their leaves are there; all other inner hashes are made of them.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from hashlib import sha256
from typing import NamedTuple

from ledger.errors import HashInvalid, OutOfTree, TreeSizeInvalid

HASH_BYTES = 32

EMPTY_ROOT = sha256().digest()
"""The root of a tree without leaves: the hash of nothing."""

LARGEST_SIZE = 2**63 - 1
"""Leaves; what fits a signed 64-bit integer, so that every other reader of the log can count them too."""


class Node(NamedTuple):
    """The root of a perfect subtree: level 0 are the leaf hashes; ``position`` counts from the left, from 0."""

    level: int
    position: int


HashReader = Callable[[Sequence[Node]], Sequence[bytes]]
"""Gives the hashes of nodes, in the order they are asked for: all at once, so that they can be fetched together."""


def hash_leaf(leaf: bytes) -> bytes:
    """The Merkle leaf hash: ``SHA-256(0x00 || leaf)``."""
    return sha256(b"\x00" + leaf).digest()


def hash_node(left: bytes, right: bytes) -> bytes:
    """The hash above two hashes: ``SHA-256(0x01 || left || right)``."""
    return sha256(b"\x01" + left + right).digest()


def hash_pairs(row: Iterable[bytes]) -> list[bytes]:
    """The hashes above a row of hashes, two by two; one that is left over at the end has none."""
    # hash_node, written out: at a million leaves the call alone would cost a third more.
    pairs = iter(row)
    return [sha256(b"\x01" + left + right).digest() for left, right in zip(pairs, pairs, strict=False)]


def merkle_root(leaf_hashes: Iterable[bytes]) -> bytes:
    """The root over all leaf hashes; EMPTY_ROOT where there are none."""
    row = list(leaf_hashes)
    while len(row) > 1:
        left_over = row[len(row) & ~1 :]
        row = hash_pairs(row) + left_over
    return row[0] if row else EMPTY_ROOT


def fold(subtrees: Sequence[bytes]) -> bytes:
    """The root over perfect subtrees that get smaller from left to right; EMPTY_ROOT where there are none."""
    if not subtrees:
        return EMPTY_ROOT
    return reduce(lambda right, left: hash_node(left, right), reversed(subtrees))


def nodes_of(start: int, end: int) -> list[Node]:
    """The nodes that make up the leaves from ``start`` up to, not including, ``end``, largest first.

    For a whole tree (``start`` 0) and for any inner hash of RFC 6962: ``start`` is a multiple of a power of two that is
    not below ``end - start``. ``fold`` of their hashes is the hash of that range.
    """
    nodes = []
    while start < end:
        level = (end - start).bit_length() - 1
        nodes.append(Node(level, start >> level))
        start += 1 << level
    return nodes


def split_of(start: int, end: int) -> int:
    """The leaf with which the right subtree of a range of at least two leaves begins."""
    return start + (1 << (end - start - 1).bit_length() - 1)


def read_ranges(read: HashReader, ranges: Iterable[tuple[int, int]]) -> list[bytes]:
    """The hash of each range ``(start, end)`` of leaves, as ``nodes_of`` takes them, read in one call."""
    covers = [nodes_of(start, end) for start, end in ranges]
    nodes = [node for cover in covers for node in cover]
    hashes = iter(read(nodes) if nodes else ())
    return [fold([next(hashes) for _ in cover]) for cover in covers]


def read_root(read: HashReader, size: int) -> bytes:
    """The root of the first ``size`` leaves; raises TreeSizeInvalid and what the reader raises."""
    check_size(size)
    return read_ranges(read, [(0, size)])[0]


def check_size(size: int) -> None:
    """Raises TreeSizeInvalid, unless ``size`` is a number of leaves a tree can have."""
    if not 0 <= size <= LARGEST_SIZE:
        raise TreeSizeInvalid(size=size)


def check_growth(old: int, new: int) -> None:
    """Raises TreeSizeInvalid, unless a tree of ``old`` leaves can have grown to ``new``, or is as large."""
    check_size(old)
    check_size(new)
    if old > new:
        raise TreeSizeInvalid(old=old, new=new)


def check_node(node: Node, size: int) -> None:
    """Raises TreeSizeInvalid, or OutOfTree where a tree of ``size`` leaves has no such node."""
    check_size(size)
    if node.level < 0 or not 0 <= node.position < size >> node.level:
        raise OutOfTree(level=node.level, index=node.position, size=size)


def check_hashes(hashes: Sequence[bytes]) -> None:
    """Raises HashInvalid, unless all are 32 bytes long."""
    if not set(map(len, hashes)) <= {HASH_BYTES}:
        raise HashInvalid
