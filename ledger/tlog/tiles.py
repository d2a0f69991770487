"""The static files of a log, named and cut: c2sp.org/tlog-tiles, "Merkle Tree", "Partial Tiles" and "Log entries".

A tile holds up to 256 hashes of tree level ``8 * L``, side by side. The one at the right end of a level may be partial.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ledger.errors import TileOverlong, TilePathInvalid, TileTruncated
from ledger.tlog.edge import TILE_HEIGHT, Growth
from ledger.tlog.merkle import HASH_BYTES, LARGEST_SIZE, HashReader, Node, check_growth

FULL_WIDTH = 1 << TILE_HEIGHT
"""Hashes of a full tile, entries of a full bundle."""

ENTRIES = -1
"""The level under which the bundles of entries lie, below the leaf hashes."""

_HIGHEST_LEVEL = 63
_PATH = re.compile(
    r"tile/(?P<level>0|[1-9][0-9]?|entries)/(?P<index>(?:x[0-9]{3}/){0,6}[0-9]{3})(?:\.p/(?P<width>[1-9][0-9]{0,2}))?"
)


@dataclass(frozen=True, slots=True)
class Tile:
    """A tile of hashes (``level`` 0 to 63) or a bundle of entries (``level`` ENTRIES).

    ``index`` counts from the left, from 0; ``width`` is the number of hashes or entries, FULL_WIDTH unless it is
    partial. Raises TilePathInvalid for numbers that have no path.
    """

    level: int
    index: int
    width: int = FULL_WIDTH

    def __post_init__(self) -> None:
        if not (
            ENTRIES <= self.level <= _HIGHEST_LEVEL and 0 <= self.index <= LARGEST_SIZE and 0 < self.width <= FULL_WIDTH
        ):
            raise TilePathInvalid(path=f"{self.level}/{self.index}.p/{self.width}"[:60])

    @property
    def path(self) -> str:
        """Where it lies below the log's prefix: ``tile/1/x001/x234/067``, with ``.p/<width>`` where it is partial."""
        level = "entries" if self.level == ENTRIES else str(self.level)
        thousands, name = divmod(self.index, 1000)
        index = f"{name:03d}"
        while thousands:
            thousands, name = divmod(thousands, 1000)
            index = f"x{name:03d}/{index}"
        return f"tile/{level}/{index}" + (f".p/{self.width}" if self.width < FULL_WIDTH else "")


def parse_tile_path(path: str) -> Tile:
    """The tile or bundle that lies at ``path``; raises TilePathInvalid for all but the one spelling."""
    found = _PATH.fullmatch(path)
    if not found:
        raise TilePathInvalid(path=path[:60])
    level = ENTRIES if found["level"] == "entries" else int(found["level"])
    index = int(found["index"].replace("x", "").replace("/", ""))
    tile = Tile(level, index, int(found["width"] or FULL_WIDTH))
    if tile.path != path:
        raise TilePathInvalid(path=path[:60])
    return tile


def new_tiles(old: int, new: int) -> Iterator[Tile]:
    """The tiles of hashes that a log of ``new`` leaves has and one of ``old`` had not, from the left, level by level.

    Each that grew is there in its new width. From ``old`` 0: all tiles. Raises TreeSizeInvalid.
    """
    check_growth(old, new)
    level = 0
    while old != new:
        yield from _row(level, old, new)
        level, old, new = level + 1, old >> TILE_HEIGHT, new >> TILE_HEIGHT


def new_bundles(old: int, new: int) -> Iterator[Tile]:
    """The bundles of entries that a log of ``new`` leaves has and one of ``old`` had not; raises TreeSizeInvalid."""
    check_growth(old, new)
    yield from _row(ENTRIES, old, new)


def cut_tiles(growth: Growth, read: HashReader) -> Iterator[tuple[Tile, bytes]]:
    """Each of ``new_tiles`` with its bytes, in the same order.

    ``read`` is asked for what the old tree had in its partial tiles, at most 255 hashes a level, and may read it from
    those tiles.
    """
    for level, row in enumerate(growth.rows[::TILE_HEIGHT]):
        old = growth.old.size >> TILE_HEIGHT * level
        first = old - old % FULL_WIDTH
        kept = read([Node(TILE_HEIGHT * level, index) for index in range(first, old)]) if first < old else ()
        hashes = [*kept, *row]
        for start in range(0, len(hashes), FULL_WIDTH):
            part = hashes[start : start + FULL_WIDTH]
            yield Tile(level, (first + start) // FULL_WIDTH, len(part)), b"".join(part)


def split_tile(tile: Tile, data: bytes) -> list[bytes]:
    """The hashes of a tile, unchecked but for their number; raises TileTruncated or TileOverlong."""
    expected = tile.width * HASH_BYTES
    if len(data) != expected:
        refusal = TileTruncated if len(data) < expected else TileOverlong
        raise refusal(path=tile.path, found=len(data), expected=expected)
    return [data[start : start + HASH_BYTES] for start in range(0, expected, HASH_BYTES)]


def _row(level: int, old: int, new: int) -> Iterator[Tile]:
    if old == new:
        return
    full, rest = divmod(new, FULL_WIDTH)
    yield from (Tile(level, index) for index in range(old // FULL_WIDTH, full))
    if rest:
        yield Tile(level, full, rest)
