"""The public log as files: what a plain web server or a CDN serves under ``/log/<book>/`` (c2sp.org/tlog-tiles)."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy.orm import Session

from ledger.errors import LogRewound
from ledger.keeper import replace_file
from ledger.log import make_leaf
from ledger.records import sequenced_records
from ledger.stores import Store, open_store
from ledger.tlog.bundles import encode_bundle
from ledger.tlog.checkpoints import parse_checkpoint
from ledger.tlog.edge import TILE_HEIGHT
from ledger.tlog.merkle import Node
from ledger.tlog.tiles import ENTRIES, FULL_WIDTH, Tile, new_bundles, new_tiles
from ledger.tree import tree_reader

_CHECKPOINT = "checkpoint"


def publish_log(
    session: Session,
    book: str,
    folder: Path,
    note: bytes,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Brings ``folder`` up to a signed checkpoint; how many files were written.

    Tiles and bundles first, then the checkpoint, so that a reader never finds a checkpoint without its tiles. What is
    there already stays as it is. Raises LogRewound where the folder is ahead of the checkpoint.
    """
    store = open_store(session.connection())
    size = parse_checkpoint(_text_of(note)).size
    published = folder / _CHECKPOINT
    before = parse_checkpoint(_text_of(published.read_bytes())).size if published.exists() else 0
    if before > size:
        raise LogRewound(book=book, kept=before, found=size)
    tiles = [*new_tiles(before, size), *new_bundles(before, size)]
    for done, tile in enumerate(tiles, start=1):
        path = folder / tile.path
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, _bundle(store, book, tile) if tile.level == ENTRIES else _tile(store, book, tile))
        if progress is not None:
            progress(done, len(tiles))
    folder.mkdir(parents=True, exist_ok=True)
    _write(published, note)
    return len(tiles) + 1


def _tile(store: Store, book: str, tile: Tile) -> bytes:
    first = tile.index * FULL_WIDTH
    nodes = [Node(tile.level * TILE_HEIGHT, first + at) for at in range(tile.width)]
    return b"".join(tree_reader(store, book)(nodes))


def _bundle(store: Store, book: str, tile: Tile) -> bytes:
    first = tile.index * FULL_WIDTH
    stored = sequenced_records(store, book, first, first + tile.width)
    return encode_bundle([make_leaf(one.record) for one in stored])


def _write(path: Path, content: bytes) -> None:
    replace_file(path, content)
    path.chmod(0o644)


def _text_of(note: bytes) -> bytes:
    """The signed text of a note that we made ourselves."""
    return note.rpartition(b"\n\n")[0] + b"\n"
