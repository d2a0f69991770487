"""Nothing is read from a tile that does not belong to the checkpoint's tree."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.errors import HashInvalid, LogError, OutOfTree, TileFalse, TileOverlong, TileTruncated, TreeSizeInvalid
from ledger.tlog.consistency import check_consistency, prove_consistency
from ledger.tlog.edge import Edge, extend, read_edge
from ledger.tlog.inclusion import check_inclusion, prove_inclusion
from ledger.tlog.merkle import EMPTY_ROOT, Node, hash_leaf, merkle_root, read_root
from ledger.tlog.tile_reader import TileReader
from ledger.tlog.tiles import cut_tiles
from tests.ledger.tlog.trees import flips, leaf_hashes, read_from, site

SIZES = [1, 7, 255, 256, 257, 700, 65_536, 66_000]
HASHES = leaf_hashes(max(SIZES))


class Shelf:
    """A site that remembers what was fetched from it."""

    def __init__(self, tiles: dict[str, bytes]) -> None:
        self.tiles = tiles
        self.fetched: list[str] = []

    def __call__(self, path: str) -> bytes:
        self.fetched.append(path)
        return self.tiles[path]


def reader_of(size: int, tiles: dict[str, bytes]) -> TileReader:
    return TileReader(tiles.__getitem__, size=size, root=merkle_root(HASHES[:size]))


@pytest.mark.parametrize("size", SIZES)
def test_leaves_proofs_and_the_edge_are_read_from_tiles(size: int) -> None:
    hashes = HASHES[:size]
    read = reader_of(size, site(size))
    root = merkle_root(hashes)

    assert read([Node(0, 0), Node(0, size - 1)]) == [hashes[0], hashes[-1]]
    assert read_root(read, size) == root
    assert read_edge(read, size) == extend(Edge(), hashes).new
    for index in {0, size // 3, size - 1}:
        proof = prove_inclusion(read, index, size)
        check_inclusion(proof, index=index, size=size, leaf_hash=hashes[index], root=root)
        old = index + 1
        proof = prove_consistency(read, old, size)
        check_consistency(proof, old=old, old_root=merkle_root(hashes[:old]), new=size, new_root=root)


@settings(max_examples=30)
@given(st.data())
def test_every_node_of_a_tree_is_read_as_it_is(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 1_500))
    level = data.draw(st.integers(0, size.bit_length() - 1))
    position = data.draw(st.integers(0, (size >> level) - 1))

    node = Node(level, position)

    assert reader_of(size, site(size))([node]) == read_from(HASHES[:size])([node])


def test_a_log_goes_on_from_its_own_tiles() -> None:
    read = reader_of(300, site(300))

    growth = extend(read_edge(read, 300), HASHES[300:700])
    tiles = site(300) | {tile.path: data for tile, data in cut_tiles(growth, read)}

    assert growth.new.root() == merkle_root(HASHES[:700])
    assert site(700).items() <= tiles.items()


def test_only_the_tiles_that_are_needed_are_fetched_and_each_once() -> None:
    shelf = Shelf(site(66_000))
    read = TileReader(shelf, size=66_000, root=merkle_root(HASHES[:66_000]))

    read([Node(0, 300), Node(0, 301), Node(3, 40)])
    read([Node(0, 65_999)])

    assert sorted(shelf.fetched) == [
        "tile/0/001",
        "tile/0/257.p/208",
        "tile/1/000",
        "tile/1/001.p/1",
        "tile/2/000.p/1",
    ]


@pytest.mark.parametrize("path", ["tile/0/000", "tile/0/002.p/6", "tile/1/000.p/2"])
def test_no_bit_of_a_tile_can_be_turned_over(path: str) -> None:
    tiles = site(518)
    nodes = [Node(0, 0), Node(0, 517)]
    assert reader_of(518, tiles)(nodes) == [HASHES[0], HASHES[517]]

    # Of the full tile every ninth byte: 8,192 bytes in 65,536 ways, each hashed anew, would say no more.
    changed = flips(tiles[path])[:: 9 * 8 + 1] if len(tiles[path]) == 8192 else flips(tiles[path])
    for flipped in changed:
        with pytest.raises(TileFalse) as refused:
            reader_of(518, tiles | {path: flipped})(nodes)
        assert path in refused.value.params["paths"]


@pytest.mark.parametrize("path", ["tile/0/000", "tile/0/002.p/6", "tile/1/000.p/2"])
def test_tiles_of_another_length_are_refused(path: str) -> None:
    tiles = site(518)

    for refusal, data in [
        (TileTruncated, tiles[path][:-1]),
        (TileTruncated, tiles[path][:-32]),
        (TileTruncated, b""),
        (TileOverlong, tiles[path] + b"\x00"),
        (TileOverlong, tiles[path] + tiles[path][:32]),
    ]:
        with pytest.raises(refusal) as refused:
            reader_of(518, tiles | {path: data})([Node(0, 0)])
        assert refused.value.params["path"] == path


@pytest.mark.parametrize("path", ["tile/0/000", "tile/0/002.p/6", "tile/1/000.p/2"])
def test_hashes_in_another_order_are_refused(path: str) -> None:
    tiles = site(518)
    swapped = tiles[path][32:64] + tiles[path][:32] + tiles[path][64:]

    with pytest.raises(TileFalse):
        reader_of(518, tiles | {path: swapped})([Node(0, 0)])


def test_a_tile_in_the_place_of_another_is_refused() -> None:
    tiles = site(518)

    with pytest.raises(TileFalse) as refused:
        reader_of(518, tiles | {"tile/0/000": tiles["tile/0/001"]})([Node(0, 0)])
    assert refused.value.params == {"paths": ("tile/0/000",)}


def test_the_tiles_of_another_log_are_refused() -> None:
    foreign = [hash_leaf(b"foreign %d" % number) for number in range(518)]
    tiles = {tile.path: data for tile, data in cut_tiles(extend(Edge(), foreign), read_from(()))}
    assert TileReader(tiles.__getitem__, size=518, root=merkle_root(foreign))([Node(0, 3)]) == [foreign[3]]

    with pytest.raises(TileFalse) as refused:
        reader_of(518, tiles)([Node(0, 3)])
    assert refused.value.params == {"paths": ("tile/0/002.p/6", "tile/1/000.p/2")}
    with pytest.raises(TileFalse):
        reader_of(518, site(518) | {"tile/0/000": tiles["tile/0/000"]})([Node(0, 3)])


def test_what_was_refused_once_is_refused_again() -> None:
    tiles = site(518)
    read = reader_of(518, tiles | {"tile/0/000": tiles["tile/0/001"]})

    for _ in range(2):
        with pytest.raises(TileFalse):
            read([Node(0, 0)])
    assert read([Node(0, 300)]) == [HASHES[300]]


def test_a_reader_without_the_check_would_give_out_a_forged_leaf() -> None:
    tiles = site(518)
    forged = tiles | {"tile/0/000": hash_leaf(b"forged") + tiles["tile/0/000"][32:]}

    # What a client would take in that believes its server.
    assert forged["tile/0/000"][:32] == hash_leaf(b"forged")
    with pytest.raises(LogError):
        reader_of(518, forged)([Node(0, 0)])


@pytest.mark.parametrize("node", [(0, 518), (9, 1), (10, 0), (0, -1), (-1, 0)])
def test_a_node_the_tree_does_not_have_is_refused_before_anything_is_fetched(node: tuple[int, int]) -> None:
    shelf = Shelf(site(518))

    with pytest.raises(OutOfTree):
        TileReader(shelf, size=518, root=merkle_root(HASHES[:518]))([Node(0, 1), Node(*node)])
    assert shelf.fetched == []


def test_an_empty_log_has_nothing_to_read() -> None:
    shelf = Shelf({})
    read = TileReader(shelf, size=0, root=EMPTY_ROOT)

    assert read([]) == []
    with pytest.raises(OutOfTree):
        read([Node(0, 0)])


def test_a_missing_tile_is_the_fetchers_to_report() -> None:
    with pytest.raises(KeyError):
        reader_of(518, {})([Node(0, 0)])


def test_a_head_that_is_none_is_refused() -> None:
    with pytest.raises(TreeSizeInvalid):
        TileReader({}.__getitem__, size=-1, root=EMPTY_ROOT)
    with pytest.raises(HashInvalid):
        TileReader({}.__getitem__, size=1, root=b"")


def test_a_reader_keeps_no_more_than_so_many_tiles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ledger.tlog.tile_reader._KEPT", 2)
    shelf = Shelf(site(1_500))
    read = TileReader(shelf, size=1_500, root=merkle_root(HASHES[:1_500]))

    for position in (0, 300, 600, 0):
        assert read([Node(0, position)]) == [HASHES[position]]

    assert shelf.fetched.count("tile/0/000") == 2
    assert shelf.fetched.count("tile/0/002") == 1
