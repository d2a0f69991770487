"""The names of the static files, which there are at each size, and what is in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import TileOverlong, TilePathInvalid, TileTruncated, TreeSizeInvalid
from ledger.tlog.edge import Edge, extend
from ledger.tlog.merkle import LARGEST_SIZE, merkle_root
from ledger.tlog.tiles import ENTRIES, Tile, cut_tiles, new_bundles, new_tiles, parse_tile_path, split_tile
from tests.ledger.tlog.trees import leaf_hashes, read_from, site

PATHS = {
    "tile/0/000": Tile(0, 0),
    "tile/0/001.p/5": Tile(0, 1, 5),
    "tile/1/x001/x234/067": Tile(1, 1_234_067),  # the example of c2sp.org/tlog-tiles
    "tile/5/x123/x456/078.p/2": Tile(5, 123_456_078, 2),  # as in golang.org/x/mod/sumdb/tlog, tlog_test.go
    "tile/63/999.p/255": Tile(63, 999, 255),
    "tile/0/x001/000": Tile(0, 1000),
    "tile/entries/000.p/1": Tile(ENTRIES, 0, 1),
    "tile/entries/x003/x057/500": Tile(ENTRIES, 3_057_500),
    "tile/0/x009/x223/x372/x036/x854/x775/807": Tile(0, LARGEST_SIZE),
}


@pytest.mark.parametrize("path", PATHS)
def test_a_tile_has_one_path_and_a_path_one_tile(path: str) -> None:
    assert PATHS[path].path == path
    assert parse_tile_path(path) == PATHS[path]


@given(st.integers(ENTRIES, 63), st.integers(0, LARGEST_SIZE), st.integers(1, 256))
def test_every_tile_is_read_back_from_its_path(level: int, index: int, width: int) -> None:
    tile = Tile(level, index, width)

    assert parse_tile_path(tile.path) == tile


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tile",
        "tile/0",
        "tile/0/",
        "/tile/0/000",
        "tile/0/000/",
        "tile/0/000\n",
        "tile/0/0",
        "tile/0/00",
        "tile/0/0000",
        "tile/0/1000",
        "tile/0/x000/001",
        "tile/0/x001",
        "tile/0/001/001",
        "tile/0/x001/x002",
        "tile/00/000",
        "tile/01/000",
        "tile/64/000",
        "tile/-1/000",
        "tile/+1/000",
        "tile/data/000",
        "tile/8/0/000",
        "tile/0/000.p/0",
        "tile/0/000.p/05",
        "tile/0/000.p/256",
        "tile/0/000.p/999",
        "tile/0/000.p/",
        "tile/0/000.p",
        "tile/0/../000",
        "tile/0/٠٠٠",
        "tile/0/x009/x223/x372/x036/x854/x775/808",
        "tile/0/x001/x009/x223/x372/x036/x854/x775/807",
        "tile/0/X001/000",
        "checkpoint",
    ],
)
def test_any_other_spelling_is_refused(path: str) -> None:
    with pytest.raises(TilePathInvalid):
        parse_tile_path(path)


@given(st.text(st.sampled_from("tile/entries0123456789x.p/"), max_size=30))
def test_whatever_is_read_is_written_the_same(path: str) -> None:
    try:
        tile = parse_tile_path(path)
    except TilePathInvalid:
        return
    assert tile.path == path


@pytest.mark.parametrize("numbers", [(-2, 0, 1), (64, 0, 1), (0, -1, 1), (0, 2**63, 1), (0, 0, 0), (0, 0, 257)])
def test_numbers_without_a_path_are_no_tile(numbers: tuple[int, int, int]) -> None:
    with pytest.raises(TilePathInvalid):
        Tile(*numbers)


def test_a_log_of_seventy_thousand_has_the_tiles_of_the_example() -> None:
    tiles = list(new_tiles(0, 70_000))

    assert tiles[:273] == [Tile(0, index) for index in range(273)]
    assert tiles[273:] == [Tile(0, 273, 112), Tile(1, 0), Tile(1, 1, 17), Tile(2, 0, 1)]


def test_a_log_of_256_has_a_full_tile_and_one_above_it() -> None:
    assert list(new_tiles(0, 256)) == [Tile(0, 0), Tile(1, 0, 1)]


@pytest.mark.parametrize(
    ("old", "new", "paths"),
    [
        (0, 0, []),
        (5, 5, []),
        (0, 1, ["tile/0/000.p/1"]),
        (1, 3, ["tile/0/000.p/3"]),
        (255, 256, ["tile/0/000", "tile/1/000.p/1"]),
        (256, 257, ["tile/0/001.p/1"]),
        (250, 520, ["tile/0/000", "tile/0/001", "tile/0/002.p/8", "tile/1/000.p/2"]),
        (65_535, 65_536, ["tile/0/255", "tile/1/000", "tile/2/000.p/1"]),
    ],
)
def test_what_is_new_between_two_sizes(old: int, new: int, paths: list[str]) -> None:
    assert [tile.path for tile in new_tiles(old, new)] == paths
    entries = [path.replace("tile/0/", "tile/entries/") for path in paths if path.startswith("tile/0/")]
    assert [tile.path for tile in new_bundles(old, new)] == entries


@given(st.integers(0, 200_000), st.integers(0, 1_000))
def test_full_tiles_are_new_once_and_all_that_a_size_needs_is_there(old: int, more: int) -> None:
    new = old + more
    before, after = set(new_tiles(0, old)), set(new_tiles(0, new))
    grown = set(new_tiles(old, new))

    assert after <= before | grown
    assert not before & grown
    assert grown <= after


@pytest.mark.parametrize(("old", "new"), [(2, 1), (-1, 1), (0, 2**63)])
def test_sizes_the_wrong_way_round_are_refused(old: int, new: int) -> None:
    with pytest.raises(TreeSizeInvalid):
        list(new_tiles(old, new))
    with pytest.raises(TreeSizeInvalid):
        list(new_bundles(old, new))


@given(st.integers(0, 1_200), st.integers(0, 1_200))
def test_tiles_cut_as_the_log_grows_are_those_of_the_whole_log(old: int, more: int) -> None:
    new = old + more
    hashes = leaf_hashes(new)
    edge = extend(Edge(), hashes[:old]).new

    cut = list(cut_tiles(extend(edge, hashes[old:]), read_from(hashes[:old])))

    assert [tile for tile, _ in cut] == list(new_tiles(old, new))
    whole = site(new)
    assert all(whole[tile.path] == data for tile, data in cut)


def test_a_tile_holds_the_hashes_of_its_level_side_by_side() -> None:
    hashes = leaf_hashes(600)
    whole = site(600)

    assert whole["tile/0/001"] == b"".join(hashes[256:512])
    assert whole["tile/0/002.p/88"] == b"".join(hashes[512:])
    assert whole["tile/1/000.p/2"] == merkle_root(hashes[:256]) + merkle_root(hashes[256:512])


def test_a_tile_of_another_length_than_its_path_says_is_refused() -> None:
    tile, data = Tile(0, 0, 3), bytes(96)

    assert split_tile(tile, data) == [bytes(32)] * 3
    for length in range(96):
        with pytest.raises(TileTruncated):
            split_tile(tile, data[:length])
    with pytest.raises(TileOverlong) as refused:
        split_tile(tile, data + b"\x00")
    assert refused.value.params == {"path": "tile/0/000.p/3", "found": 97, "expected": 96}
