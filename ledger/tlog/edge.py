"""The right edge of a tree, all that is needed to go on from it: the compact range of RFC 6962's tree from leaf 0.

A tree of ``n`` leaves has one perfect subtree for each bit of ``n`` that is set; its edge are their roots.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ledger.errors import HashInvalid
from ledger.tlog.merkle import HashReader, check_hashes, check_size, fold, hash_pairs, nodes_of

TILE_HEIGHT = 8
"""Levels of the tree in one level of tiles (c2sp.org/tlog-tiles)."""


@dataclass(frozen=True, slots=True)
class Edge:
    """The roots of the perfect subtrees of the first ``size`` leaves, largest first, at most 63.

    Raises TreeSizeInvalid and HashInvalid.
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        check_size(self.size)
        check_hashes(self.peaks)
        if len(self.peaks) != self.size.bit_count():
            raise HashInvalid

    def root(self) -> bytes:
        """The root of the tree."""
        return fold(self.peaks)


@dataclass(frozen=True, slots=True)
class Growth:
    """A tree's edge before and after a batch, and the subtrees that it completed.

    ``rows[level]`` are the new nodes of that level, the first at position ``old.size >> level``; ``rows[0]`` are the
    leaf hashes of the batch.
    """

    old: Edge
    new: Edge
    rows: tuple[Sequence[bytes], ...]


def read_edge(read: HashReader, size: int) -> Edge:
    """The edge of the first ``size`` leaves; raises TreeSizeInvalid and what the reader raises."""
    check_size(size)
    nodes = nodes_of(0, size)
    return Edge(size, tuple(read(nodes)) if nodes else ())


def extend(old: Edge, leaf_hashes: Iterable[bytes]) -> Growth:
    """The tree after a batch of leaf hashes, at one hash a leaf whatever the size of the batch.

    Raises HashInvalid, and TreeSizeInvalid where the tree would pass LARGEST_SIZE.
    """
    row = list(leaf_hashes)
    check_hashes(row)
    size = old.size + len(row)
    peaks = {node.level: peak for node, peak in zip(nodes_of(0, old.size), old.peaks, strict=True)}
    rows, level = [], 0
    while row:
        rows.append(row)
        if level in peaks:
            row = [peaks.pop(level), *row]
        if len(row) & 1:
            peaks[level] = row[-1]
        row = hash_pairs(row)
        level += 1
    return Growth(old, Edge(size, tuple(peaks[level] for level in sorted(peaks, reverse=True))), tuple(rows))
