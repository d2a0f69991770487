"""The rows of a book's log: leaves without a gap, and above them the tree of RFC 6962 section 2.1."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from ledger.audit.book import Book, Progress
from ledger.audit.difference import Difference, Differences, of_leaf
from ledger.audit.feeds import Feed
from ledger.rows.sources import CHECKPOINTS, LEAVES, NODES
from ledger.tables import checkpoint_table, node_table
from ledger.tlog.merkle import fold, hash_node

_PAGE = 100
"""Nodes of one level in memory at once: there are as many levels as the number of leaves has digits in binary."""


def check_log(connection: Connection, book: str, *, progress: Progress | None = None) -> Differences:
    """Each leaf has its index; each complete subtree is stored once; each checkpoint has the root of its size.

    The first of these differences only is one. Whether the leaves are those of the entries is looked at with the
    entries, and a note's signature by whoever has the key.
    """
    reader = Book(connection, book, progress)
    nodes, edge = _Nodes(reader), list[tuple[int, bytes]]()
    checkpoints = Feed(reader.stream(CHECKPOINTS), lambda row: row.size)
    size = 0
    yield from _check_root(checkpoints, size, edge)
    for leaf in reader.watched(LEAVES, "log"):
        yield from _check_index(leaf, size)
        edge.append((0, leaf.hash))
        size += 1
        while len(edge) > 1 and edge[-2][0] == edge[-1][0]:
            (_, left), (level, right) = edge[-2:]
            edge[-2:] = [(level + 1, hash_node(left, right))]
            yield from nodes.check(*edge[-1], (size >> (level + 1)) - 1)
        yield from _check_root(checkpoints, size, edge)
    yield from nodes.check_rest()
    if checkpoints.next is not None:
        yield Difference("ledger_checkpoint", (book, checkpoints.next), "size", f"at most {size}", checkpoints.next)


def find_gap(reader: Book) -> Differences:
    """Of an entry that has no place: where one is missing in the log, if that can be told."""
    size = 0
    for size, leaf in enumerate(reader.stream(LEAVES), start=1):
        yield from _check_index(leaf, size - 1)
    if next(reader.stream(CHECKPOINTS, checkpoint_table.c.size > size), None) is not None:
        yield Difference("ledger_leaf", (reader.name, size), "leaf_index", size, None)


def _check_index(leaf: Any, index: int) -> Differences:
    if leaf.leaf_index > index:
        yield Difference("ledger_leaf", (leaf.book, index), "leaf_index", index, None)
    if leaf.leaf_index < index:
        yield of_leaf(leaf, "leaf_index", None, leaf.leaf_index)


def _check_root(checkpoints: Feed, size: int, edge: list[tuple[int, bytes]]) -> Differences:
    for row in checkpoints.take(size):
        root = fold([value for _, value in edge])
        if row.root != root:
            yield Difference("ledger_checkpoint", (row.book, size), "root", root.hex(), row.root.hex())


class _Nodes:
    """The stored nodes, one stream a level: on each level they are completed in the order of their indexes."""

    def __init__(self, reader: Book) -> None:
        self._reader = reader
        self._levels: dict[int, Iterator[Any]] = {}

    def check(self, level: int, value: bytes, index: int) -> Differences:
        """The next node of the level has this index and this hash."""
        if level not in self._levels:
            self._levels[level] = self._reader.stream(NODES, node_table.c.level == level, page=_PAGE)
        row = next(self._levels[level], None)
        if row is None or row.node_index > index:
            yield Difference("ledger_node", (self._reader.name, level, index), "node_index", index, None)
        elif row.node_index < index:
            yield _too_many(row)
        elif row.hash != value:
            yield Difference("ledger_node", (row.book, level, index), "hash", value.hex(), row.hash.hex())

    def check_rest(self) -> Differences:
        """There are no others."""
        for rows in self._levels.values():
            yield from map(_too_many, rows)
        levels = node_table.c.level.not_in(list(self._levels))
        yield from map(_too_many, self._reader.stream(NODES, levels, page=_PAGE))


def _too_many(row: Any) -> Difference:
    return Difference("ledger_node", (row.book, row.level, row.node_index), "node_index", None, row.node_index)
