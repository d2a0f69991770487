"""Hashes out of tiles that are checked before they are used: c2sp.org/tlog-tiles, "Merkle Tree".

Whoever serves the tiles is not believed. The partial tiles of a tree hold the roots of all its perfect subtrees, so
together they must give the root of the checkpoint; the hashes of a full tile must give the hash that its parent, a
checked tile one level up, has in its place.
"""

from collections.abc import Callable, Sequence

from ledger.errors import TileFalse
from ledger.tlog.edge import TILE_HEIGHT
from ledger.tlog.merkle import Node, check_hashes, check_node, check_size, fold, merkle_root, nodes_of
from ledger.tlog.tiles import FULL_WIDTH, Tile, split_tile

FetchTile = Callable[[str], bytes]
"""Gives the bytes at a path such as ``tile/0/x001/234``; what it raises where there are none passes through."""

_KEPT = 1024
"""Checked tiles of a reader, of 8 KB each; the one read first gives way."""


class TileReader:
    """A HashReader over the tiles of one tree, of which ``size`` and ``root`` are known from a checkpoint.

    It fetches the partial tiles once, and of the others those that hold what is asked for and their parents.
    """

    def __init__(self, fetch: FetchTile, *, size: int, root: bytes) -> None:
        check_size(size)
        check_hashes((root,))
        self._fetch = fetch
        self._size = size
        self._root = root
        self._checked: dict[Tile, list[bytes]] = {}
        self._partial: dict[Tile, list[bytes]] = {}

    def __call__(self, nodes: Sequence[Node]) -> list[bytes]:
        """The hashes of the nodes, in their order.

        Raises OutOfTree for a node the tree does not have, TileTruncated and TileOverlong for a tile of another length
        than its path says, and TileFalse for one that is not of this tree.
        """
        for node in nodes:
            check_node(node, self._size)
        return [self._hash(node) for node in nodes]

    def _hash(self, node: Node) -> bytes:
        level, below = divmod(node.level, TILE_HEIGHT)
        index, place = divmod(node.position << below, FULL_WIDTH)
        return merkle_root(self._tile(level, index)[place : place + (1 << below)])

    def _tile(self, level: int, index: int) -> list[bytes]:
        width = min((self._size >> level * TILE_HEIGHT) - index * FULL_WIDTH, FULL_WIDTH)
        tile = Tile(level, index, width)
        if width < FULL_WIDTH:
            return self._partial_tiles()[tile]
        if tile not in self._checked:
            above, place = divmod(index, FULL_WIDTH)
            expected = self._tile(level + 1, above)[place]
            hashes = split_tile(tile, self._fetch(tile.path))
            if merkle_root(hashes) != expected:
                raise TileFalse(paths=(tile.path,))
            if len(self._checked) >= _KEPT:
                del self._checked[next(iter(self._checked))]
            self._checked[tile] = hashes
        return self._checked[tile]

    def _partial_tiles(self) -> dict[Tile, list[bytes]]:
        """The partial tiles, which hold the root between them."""
        if not self._partial:
            tiles = _partial_tiles_of(self._size)
            found = {tile: split_tile(tile, self._fetch(tile.path)) for tile in tiles}
            peaks = [peak for tile in reversed(tiles) for peak in _peaks(found[tile])]
            if fold(peaks) != self._root:
                raise TileFalse(paths=tuple(tile.path for tile in tiles))
            self._partial = found
        return self._partial


def _partial_tiles_of(size: int) -> list[Tile]:
    levels = range(0, size.bit_length(), TILE_HEIGHT)
    ends = [(level // TILE_HEIGHT, *divmod(size >> level, FULL_WIDTH)) for level in levels]
    return [Tile(level, index, width) for level, index, width in ends if width]


def _peaks(hashes: list[bytes]) -> list[bytes]:
    """The roots of the perfect subtrees over the hashes of a partial tile, largest first."""
    ranges = [(node.position << node.level, node.position + 1 << node.level) for node in nodes_of(0, len(hashes))]
    return [merkle_root(hashes[start:end]) for start, end in ranges]
