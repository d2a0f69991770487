"""A published log read by somebody who believes nothing but its name and its keys."""

from collections.abc import Callable, Iterable

from ledger.errors import OutOfTree
from ledger.tlog.bundles import check_bundle, decode_bundle, encode_bundle
from ledger.tlog.checkpoints import open_checkpoint
from ledger.tlog.keys import Verifier
from ledger.tlog.merkle import HASH_BYTES, Node
from ledger.tlog.tile_reader import TileReader
from ledger.tlog.tiles import ENTRIES, FULL_WIDTH, Tile, parse_tile_path

Fetch = Callable[[str], bytes]
"""Gives the file at a path below the log's prefix; raises FileNotFoundError where there is none."""


class PublishedLog:
    """The leaves under a checkpoint that was opened; each is checked before it is given."""

    def __init__(self, fetch: Fetch, *, origin: str, verifiers: Iterable[Verifier]) -> None:
        """Raises what ``open_checkpoint`` and the fetcher raise."""
        self.checkpoint = open_checkpoint(fetch("checkpoint"), origin=origin, verifiers=verifiers)
        self._fetch = fetch
        self._tiles = TileReader(self._file, size=self.checkpoint.size, root=self.checkpoint.root)
        self._first, self._leaves = 0, list[bytes]()

    def leaf(self, index: int) -> bytes:
        """The leaf's bytes; cheap in the order of the indexes.

        Raises OutOfTree, and what a tile or bundle that is not of this tree raises.
        """
        size = self.checkpoint.size
        if not 0 <= index < size:
            raise OutOfTree(level=0, index=index, size=size)
        if not self._first <= index < self._first + len(self._leaves):
            first = index - index % FULL_WIDTH
            width = min(size - first, FULL_WIDTH)
            hashes = self._tiles([Node(0, first + at) for at in range(width)])
            bundle = self._file(Tile(ENTRIES, first // FULL_WIDTH, width).path)
            self._leaves, self._first = check_bundle(bundle, hashes), first
        return self._leaves[index - self._first]

    def _file(self, path: str) -> bytes:
        """The file, or the beginning of the full one where a partial one is gone because it was filled."""
        try:
            return self._fetch(path)
        except FileNotFoundError:
            tile = parse_tile_path(path)
            if tile.width == FULL_WIDTH:
                raise
        full = self._fetch(Tile(tile.level, tile.index).path)
        if tile.level != ENTRIES:
            return full[: tile.width * HASH_BYTES]
        return encode_bundle(decode_bundle(full, FULL_WIDTH)[: tile.width])
