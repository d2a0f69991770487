"""The stored tree of a book: leaves and complete subtrees, one row each, never changed.

What is read raises RowUnreadable where a row holds what its column cannot mean.
"""

from collections.abc import Sequence

from ledger.errors import OutOfTree, RowUnreadable
from ledger.rows.sources import LEAVES
from ledger.rows.stream import naming
from ledger.stores import Store
from ledger.tables import leaf_table
from ledger.tlog.edge import Growth
from ledger.tlog.merkle import HASH_BYTES, HashReader, Node

_SIZE = "SELECT leaf_index FROM ledger_leaf WHERE book = ? ORDER BY leaf_index DESC LIMIT 1"
_LEAVES = "SELECT leaf_index, entry_id, hash FROM ledger_leaf WHERE book = ? AND leaf_index >= ? AND leaf_index < ? ORDER BY leaf_index"
_LEAF_COLUMNS = ("book", "leaf_index", "entry_id", "hash")
_NODE_COLUMNS = ("book", "level", "node_index", "hash")


def tree_size(store: Store, book: str) -> int:
    """How many leaves the book's log has."""
    last = store.fetch(_SIZE, book)
    if not last:
        return 0
    (index,) = last[0]
    if type(index) is not int:
        raise RowUnreadable(table="ledger_leaf", key=f"{book} {index!s:.200}", column="leaf_index", expected="a number")
    return index + 1


def tree_reader(store: Store, book: str) -> HashReader:
    """Reads the hashes of complete subtrees; raises OutOfTree for one that is not stored."""

    def read(nodes: Sequence[Node]) -> list[bytes]:
        found = store.read_nodes(book, nodes)
        missing = next((node for node in nodes if node not in found), None)
        if missing is not None:
            raise OutOfTree(level=missing.level, index=missing.position, size=tree_size(store, book))
        return [_hash(found[node], book, node) for node in nodes]

    return read


def read_leaves(store: Store, book: str, start: int, end: int) -> list[tuple[str, bytes]]:
    """Entry id and leaf hash of each of the leaves [start, end), in their order; those that are gone are left out."""
    place = leaf_table.c.leaf_index
    with naming(lambda: list(LEAVES.stream(store.connection, book, place >= start, place < end))):
        rows = store.fetch(_LEAVES, book, start, end)
    return [(entry_id, _hash(leaf, book, Node(0, index))) for index, entry_id, leaf in rows]


def store_growth(store: Store, book: str, growth: Growth, entry_ids: Sequence[str]) -> None:
    """Writes the leaves of a batch and all subtrees that they complete."""
    start = growth.old.size
    leaves = zip(entry_ids, growth.rows[0], strict=True)
    store.insert(
        "ledger_leaf", _LEAF_COLUMNS, [(book, start + at, entry_id, leaf) for at, (entry_id, leaf) in enumerate(leaves)]
    )
    nodes = [
        (book, level, (start >> level) + at, node)
        for level, row in enumerate(growth.rows[1:], start=1)
        for at, node in enumerate(row)
    ]
    if nodes:
        store.insert("ledger_node", _NODE_COLUMNS, nodes)


def _hash(value: object, book: str, node: Node) -> bytes:
    if type(value) is not bytes or len(value) != HASH_BYTES:
        table, key = ("ledger_node", (book, *node)) if node.level else ("ledger_leaf", (book, node.position))
        raise RowUnreadable(table=table, key=" ".join(map(str, key)), column="hash", expected=f"{HASH_BYTES} bytes")
    return value
