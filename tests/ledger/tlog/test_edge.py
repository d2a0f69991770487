"""A tree goes on from its right edge as if all its leaves were there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import HashInvalid, TreeSizeInvalid
from ledger.tlog.edge import Edge, extend, read_edge
from ledger.tlog.merkle import EMPTY_ROOT, LARGEST_SIZE
from tests.ledger.tlog.trees import leaf_hashes, read_from, root


@pytest.mark.parametrize("size", range(71))
def test_each_size_is_reached_from_each_smaller_one(size: int) -> None:
    hashes = leaf_hashes(size)
    whole = extend(Edge(), hashes).new

    assert whole == read_edge(read_from(hashes), size)
    assert whole.root() == root(hashes)
    for start in range(size):
        assert extend(extend(Edge(), hashes[:start]).new, hashes[start:]).new == whole


@given(st.lists(st.integers(0, 400), max_size=6))
def test_batches_of_any_size_lead_to_the_same_root(batches: list[int]) -> None:
    hashes = leaf_hashes(sum(batches))
    edge, start = Edge(), 0
    for batch in batches:
        edge, start = extend(edge, hashes[start : start + batch]).new, start + batch

    assert edge.size == len(hashes)
    assert edge.root() == root(hashes)


def test_an_empty_batch_changes_nothing() -> None:
    edge = extend(Edge(), leaf_hashes(5)).new

    growth = extend(edge, [])

    assert (growth.old, growth.new, growth.rows) == (edge, edge, ())


def test_the_subtrees_that_a_batch_completes_come_with_the_growth() -> None:
    hashes = leaf_hashes(70_000)
    old = extend(Edge(), hashes[:600]).new

    growth = extend(old, hashes[600:])

    leaves, tiles, above = growth.rows[::8]
    assert [len(row) for row in growth.rows] == [(70_000 >> level) - (600 >> level) for level in range(17)]
    assert leaves == hashes[600:]
    assert len(tiles) == 70_000 // 256 - 600 // 256
    assert tiles[0] == root(hashes[512:768])
    assert above == [root(hashes[:65_536])]


def test_an_edge_that_is_not_one_is_refused() -> None:
    assert Edge().root() == EMPTY_ROOT
    with pytest.raises(HashInvalid):
        Edge(3, (bytes(32),))
    with pytest.raises(HashInvalid):
        Edge(1, (bytes(31),))
    with pytest.raises(TreeSizeInvalid):
        Edge(-1)


def test_what_is_no_hash_is_not_taken_in() -> None:
    with pytest.raises(HashInvalid):
        extend(Edge(), [*leaf_hashes(3), bytes(31)])


def test_no_tree_grows_beyond_the_largest() -> None:
    largest = Edge(LARGEST_SIZE, (bytes(32),) * 63)

    with pytest.raises(TreeSizeInvalid):
        extend(largest, leaf_hashes(1))
