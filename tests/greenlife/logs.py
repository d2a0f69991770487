"""A public log to test with, and a reader that believes nothing but the log's name and keys."""

from pathlib import Path

import ledger
from greenlife import chart
from greenlife.actions import CITY_FUND
from greenlife.public_log import books_of, keeper_of, make_first_key, origin_of, published_folder
from greenlife.runtime import Runtime
from ledger import Checkpoint, Verifier
from ledger.stores import open_store
from ledger.tlog.bundles import check_bundle
from ledger.tlog.merkle import Node, hash_leaf
from ledger.tlog.tile_reader import TileReader
from ledger.tlog.tiles import ENTRIES, FULL_WIDTH, Tile
from ledger.tree import read_leaves, tree_size
from tests.ledger.tlog.trees import root
from tests.world import DEQING, World


def make_log(world: World, folder: Path) -> Runtime:
    """An installation with a key."""
    runtime = world.runtime(folder)
    make_first_key(runtime.settings, books_of(runtime), world.entropy)
    return runtime


def fill(world: World, count: int, book: str = DEQING) -> None:
    """So many entries that wait, from one transaction."""
    legs = (ledger.Leg(chart.sponsor("city"), -1), ledger.Leg(chart.fund(CITY_FUND), 1))
    entries = [
        ledger.Entry(
            id=ledger.new_id("ent", world.entropy), book=book, home=f"fund:{CITY_FUND}",
            reference=f"deposit:{world.random.random()}", kind="deposit", occurred_at=world.now,
            local_day=world.programme.local_day(world.now), legs=legs, details={}, salt=world.entropy(32),
            commitment=world.entropy(32),
        )
        for _ in range(count)
    ]  # fmt: skip
    with world.database.writing() as session:
        ledger.post_many(session, entries, now=world.now)


def kept(runtime: Runtime, book: str = DEQING) -> Checkpoint:
    """The checkpoint beside the key, opened."""
    note = keeper_of(runtime.settings).checkpoint(book)
    assert note is not None
    return opened(runtime, note, book)


def opened(runtime: Runtime, note: bytes, book: str = DEQING, verifiers: tuple[Verifier, ...] = ()) -> Checkpoint:
    origin = origin_of(runtime.settings, book)
    return ledger.open_checkpoint(
        note, origin=origin, verifiers=verifiers or keeper_of(runtime.settings).verifiers(origin)
    )


def database_leaves(runtime: Runtime, book: str = DEQING) -> list[bytes]:
    """The leaf hashes of the stored log, in their order."""
    with runtime.database.reading() as session:
        store = open_store(session.connection())
        return [leaf for _, leaf in read_leaves(store, book, 0, tree_size(store, book))]


def read_published(runtime: Runtime, book: str = DEQING) -> tuple[Checkpoint, list[bytes]]:
    """The published checkpoint and all leaf hashes under it, each bundle and tile checked."""
    folder = published_folder(runtime.settings, book)
    checkpoint = opened(runtime, (folder / "checkpoint").read_bytes(), book)
    size = checkpoint.size
    read = TileReader(lambda path: (folder / path).read_bytes(), size=size, root=checkpoint.root)
    hashes = read([Node(0, index) for index in range(size)]) if size else []
    for first in range(0, size, FULL_WIDTH):
        part = hashes[first : first + FULL_WIDTH]
        bundle = (folder / Tile(ENTRIES, first // FULL_WIDTH, len(part)).path).read_bytes()
        assert [hash_leaf(leaf) for leaf in check_bundle(bundle, part)] == part
    return checkpoint, hashes


def assert_whole(runtime: Runtime, size: int, book: str = DEQING) -> None:
    """Database, keeper, note and published files are of one log of this size, and it is the naive tree."""
    leaves = database_leaves(runtime, book)
    checkpoint, published = read_published(runtime, book)
    assert len(leaves) == size
    assert published == leaves
    assert checkpoint == kept(runtime, book)
    assert checkpoint.root == root(leaves)
    with runtime.database.reading() as session:
        noted = ledger.newest_checkpoint(session, book)
        state = ledger.read_log_state(session, book)
    assert noted is not None
    assert (noted.size, noted.root) == (size, checkpoint.root)
    assert opened(runtime, noted.note, book) == checkpoint
    assert not state.waiting
