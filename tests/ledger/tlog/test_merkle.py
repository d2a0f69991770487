"""Hashes, roots, and the nodes that make them up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import HashInvalid, OutOfTree, TreeSizeInvalid
from ledger.tlog.merkle import (
    EMPTY_ROOT,
    LARGEST_SIZE,
    Node,
    check_growth,
    check_hashes,
    check_node,
    check_size,
    fold,
    hash_leaf,
    hash_node,
    hash_pairs,
    merkle_root,
    nodes_of,
    read_root,
)
from tests.ledger.tlog.trees import leaf_hashes, read_from, root
from tests.ledger.tlog.vectors import LEAVES, ROOTS, ROWS


def test_the_tree_of_certificate_transparency_has_its_well_known_hashes() -> None:
    rows = [list(map(hash_leaf, LEAVES))]
    while len(rows[-1]) > 1:
        rows.append(hash_pairs(rows[-1]))

    assert [[one.hex() for one in row] for row in rows] == ROWS
    assert hash_node(rows[0][0], rows[0][1]).hex() == ROWS[1][0]
    assert [merkle_root(rows[0][:size]).hex() for size in range(9)] == ROOTS


def test_a_tree_without_leaves_has_the_hash_of_nothing() -> None:
    assert EMPTY_ROOT == merkle_root([]) == fold([]) == read_root(read_from([]), 0)


@pytest.mark.parametrize("size", range(71))
def test_the_root_of_each_size_is_that_of_the_definition(size: int) -> None:
    hashes = leaf_hashes(size)

    assert merkle_root(hashes) == root(hashes)
    assert read_root(read_from(hashes), size) == root(hashes)


def test_a_leaf_is_never_taken_for_a_node() -> None:
    one, two = leaf_hashes(2)

    assert hash_leaf(one + two) != hash_node(one, two)


@pytest.mark.parametrize(
    ("start", "end", "nodes"),
    [
        (0, 0, []),
        (0, 1, [(0, 0)]),
        (0, 7, [(2, 0), (1, 2), (0, 6)]),
        (0, 8, [(3, 0)]),
        (4, 7, [(1, 2), (0, 6)]),
        (0, 70_000, [(16, 0), (12, 16), (8, 272), (6, 1_092), (5, 2_186), (4, 4_374)]),
    ],
)
def test_a_range_is_made_up_of_perfect_subtrees(start: int, end: int, nodes: list[tuple[int, int]]) -> None:
    assert nodes_of(start, end) == nodes


@given(st.integers(0, LARGEST_SIZE))
def test_a_tree_has_a_perfect_subtree_for_each_bit_of_its_size(size: int) -> None:
    nodes = nodes_of(0, size)

    assert len(nodes) == size.bit_count()
    assert sum(1 << node.level for node in nodes) == size
    assert [node.level for node in nodes] == sorted({node.level for node in nodes}, reverse=True)


@pytest.mark.parametrize("size", [-1, LARGEST_SIZE + 1])
def test_a_size_that_no_tree_has_is_refused(size: int) -> None:
    with pytest.raises(TreeSizeInvalid):
        check_size(size)


def test_the_largest_size_is_one() -> None:
    check_size(LARGEST_SIZE)


def test_a_log_that_shrank_is_refused() -> None:
    check_growth(7, 7)
    with pytest.raises(TreeSizeInvalid):
        check_growth(8, 7)


@pytest.mark.parametrize("node", [(0, 7), (0, -1), (1, 3), (2, 1), (3, 0), (-1, 0), (70, 0)])
def test_a_node_is_in_a_tree_once_all_its_leaves_are(node: tuple[int, int]) -> None:
    with pytest.raises(OutOfTree):
        check_node(Node(*node), 7)


@pytest.mark.parametrize("node", [(0, 6), (1, 2), (2, 0)])
def test_the_last_node_of_each_level_is_in_the_tree(node: tuple[int, int]) -> None:
    check_node(Node(*node), 7)


@pytest.mark.parametrize("length", [0, 31, 33])
def test_what_has_not_32_bytes_is_no_hash(length: int) -> None:
    check_hashes([bytes(32)])
    with pytest.raises(HashInvalid):
        check_hashes([bytes(32), bytes(length)])
