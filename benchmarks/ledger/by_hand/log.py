"""Leaves recomputed from rows, and the inner nodes above them."""

from collections.abc import Iterable
from typing import Any

from benchmarks.ledger.by_hand.hashes import grow, leaf_hash

Nodes = list[tuple[int, int, bytes]]


def add_leaves(
    book: str, size: int, peaks: dict[int, bytes], entries: Iterable[tuple[Any, ...]], lines: Iterable[tuple[Any, ...]]
) -> tuple[list[str], list[bytes], Nodes]:
    """Ids and leaf hashes of entries, times and days as texts, and the nodes (level, index, hash) that they complete.

    A line is (entry id, path, unit, floor, ceiling, expiry as text, amount).
    """
    of_entry: dict[str, list[tuple[Any, ...]]] = {}
    for line in lines:
        of_entry.setdefault(line[0], []).append(line[1:])
    names, leaves = [], []
    for name, home, reference, kind, occurred, recorded, day, details, salt, commitment, stored in entries:
        leaf = leaf_hash(
            book, name, home, reference, kind, occurred, recorded, day, of_entry[name], details, salt, commitment
        )
        if leaf != stored:
            raise ValueError(name)
        names.append(name)
        leaves.append(leaf)
    return names, leaves, grow(size, peaks, leaves)
