"""The public log as files: what a plain web server or a CDN serves under ``/log/<book>/`` (c2sp.org/tlog-tiles).

At the right end of the tree a tile is published again each time it grows, under the name of its width. Once it is full
those files go; a reader whose checkpoint is older finds its hashes at the beginning of the full tile, as the
specification has it.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from shutil import rmtree

from sqlalchemy.orm import Session

from ledger.errors import LeafFalse, LogRewound
from ledger.keeper import replace_file, sync
from ledger.records import sequenced_records
from ledger.stores import Store, open_store
from ledger.tlog.bundles import encode_bundle
from ledger.tlog.checkpoints import Checkpoint, parse_checkpoint
from ledger.tlog.edge import TILE_HEIGHT
from ledger.tlog.merkle import Node, hash_leaf
from ledger.tlog.tiles import ENTRIES, FULL_WIDTH, Tile, new_bundles, new_tiles
from ledger.tree import read_leaves, tree_reader

_CHECKPOINT, _FOUNDING = "checkpoint", "founding"
_PUBLIC = 0o644


def publish_log(
    session: Session,
    book: str,
    folder: Path,
    note: bytes,
    *,
    founding: bytes | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Brings ``folder`` up to a signed checkpoint; how many files were written.

    Tiles and bundles first, then the checkpoint, so that a reader never finds a checkpoint without its tiles. What is
    there already stays as it is. ``founding`` says, of a log that is not its book's first one, why there is another. Raises LogRewound where the folder is ahead of the checkpoint, LeafFalse where an
    entry is no longer what the log says, CheckpointMalformed where the folder's checkpoint cannot be read.
    """
    store = open_store(session.connection())
    size = parse_checkpoint(_text_of(note)).size
    published = published_checkpoint(folder)
    before = published.size if published else 0
    if before > size:
        raise LogRewound(book=book, kept=before, found=size)
    tiles = [*new_tiles(before, size), *new_bundles(before, size)]
    paths = []
    for done, tile in enumerate(tiles, start=1):
        content = _bundle(store, book, tile) if tile.level == ENTRIES else _tile(store, book, tile)
        paths.append(_write(folder / tile.path, content))
        if progress is not None:
            progress(done, len(tiles))
    # The disk gets them all together, which takes a fraction of the time of one after the other; until the checkpoint
    # is there, a file that a power cut took is written again.
    _sync(folder, paths)
    if founding is not None and not (folder / _FOUNDING).exists():
        _show(folder / _FOUNDING, founding)
    _show(folder / _CHECKPOINT, note)
    for tile in tiles:
        if tile.width == FULL_WIDTH:
            rmtree(folder / f"{tile.path}.p", ignore_errors=True)
    return len(tiles) + 1


def published_note(folder: Path) -> bytes | None:
    """The checkpoint's note in a published folder, where there is one."""
    try:
        return (folder / _CHECKPOINT).read_bytes()
    except FileNotFoundError:
        return None


def published_checkpoint(folder: Path) -> Checkpoint | None:
    """How far a published folder is, by its own word; raises CheckpointMalformed."""
    note = published_note(folder)
    return None if note is None else parse_checkpoint(_text_of(note))


def _tile(store: Store, book: str, tile: Tile) -> bytes:
    first = tile.index * FULL_WIDTH
    nodes = [Node(tile.level * TILE_HEIGHT, first + at) for at in range(tile.width)]
    return b"".join(tree_reader(store, book)(nodes))


def _bundle(store: Store, book: str, tile: Tile) -> bytes:
    # Full bundles are kept by readers for ever, so what was changed since it was signed must not get into one.
    first, end = tile.index * FULL_WIDTH, tile.index * FULL_WIDTH + tile.width
    stored = {one.record.id: one.leaf for one in sequenced_records(store, book, first, end)}
    for entry_id, leaf_hash in read_leaves(store, book, first, end):
        if entry_id not in stored or hash_leaf(stored[entry_id]) != leaf_hash:
            raise LeafFalse(book=book, entry_id=entry_id)
    return encode_bundle(list(stored.values()))


def _write(path: Path, content: bytes) -> Path:
    """A file that readers see as a whole or not at all; not yet on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    part.chmod(_PUBLIC)
    return part.replace(path)


def _show(path: Path, content: bytes) -> None:
    """A small file that readers see as a whole, on the disk at once."""
    replace_file(path, content)
    path.chmod(_PUBLIC)


def _sync(folder: Path, paths: Iterable[Path]) -> None:
    """Files and the names of them and of their folders on the disk."""
    folder.mkdir(parents=True, exist_ok=True)
    folders = {folder}
    for path in paths:
        sync(path)
        folders.update(parent for parent in path.parents if parent.is_relative_to(folder))
    for one in folders:
        sync(one)


def _text_of(note: bytes) -> bytes:
    """The signed text of a note, whose signatures are not looked at."""
    return note.rpartition(b"\n\n")[0] + b"\n"
