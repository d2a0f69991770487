"""That a leaf is in a tree, for all small trees and for some large ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import HashInvalid, LogError, OutOfTree, ProofFalse, TreeSizeInvalid
from ledger.tlog.inclusion import check_inclusion, prove_inclusion
from ledger.tlog.merkle import LARGEST_SIZE, hash_leaf, merkle_root
from tests.ledger.tlog.trees import flips, leaf_hashes, path, read_from, root
from tests.ledger.tlog.vectors import INCLUSIONS, LEAVES, ROOTS


@pytest.mark.parametrize(("index", "size"), INCLUSIONS)
def test_the_proofs_of_certificate_transparency_are_made_and_accepted(index: int, size: int) -> None:
    hashes = [hash_leaf(leaf) for leaf in LEAVES[:size]]

    proof = prove_inclusion(read_from(hashes), index, size)

    assert [one.hex() for one in proof] == INCLUSIONS[index, size]
    check_inclusion(proof, index=index, size=size, leaf_hash=hashes[index], root=bytes.fromhex(ROOTS[size]))


@pytest.mark.parametrize("size", range(1, 71))
def test_each_leaf_of_each_small_tree_is_proved_as_the_definition_says(size: int) -> None:
    hashes = leaf_hashes(size)

    for index in range(size):
        proof = prove_inclusion(read_from(hashes), index, size)
        assert proof == path(index, hashes)
        check_inclusion(proof, index=index, size=size, leaf_hash=hashes[index], root=root(hashes))


@given(st.data())
def test_a_leaf_of_a_larger_tree_is_proved_too(data: st.DataObject) -> None:
    size = data.draw(st.integers(71, 1_500))
    index = data.draw(st.integers(0, size - 1))
    hashes = leaf_hashes(size)

    proof = prove_inclusion(read_from(hashes), index, size)

    assert proof == path(index, hashes)
    check_inclusion(proof, index=index, size=size, leaf_hash=hashes[index], root=merkle_root(hashes))


@pytest.mark.parametrize("size", range(1, 20))
def test_a_proof_holds_for_no_other_index_size_or_leaf(size: int) -> None:
    hashes = leaf_hashes(20)
    roots = [root(hashes[:end]) for end in range(21)]

    for index in range(size):
        proof = prove_inclusion(read_from(hashes), index, size)
        for other_index in range(20):
            for other_size in range(1, 21):
                if (other_index, other_size) == (index, size):
                    continue
                with pytest.raises(LogError):
                    check_inclusion(
                        proof, index=other_index, size=other_size, leaf_hash=hashes[index], root=roots[other_size]
                    )
        with pytest.raises(ProofFalse):
            check_inclusion(proof, index=index, size=size, leaf_hash=hashes[index - 1 or -1], root=roots[size])


def test_no_bit_of_a_proof_can_be_turned_over() -> None:
    hashes = leaf_hashes(7)
    proof = prove_inclusion(read_from(hashes), 4, 7)
    asked = {"index": 4, "size": 7, "leaf_hash": hashes[4], "root": root(hashes)}
    check_inclusion(proof, **asked)

    for flipped in flips(b"".join(proof)):
        with pytest.raises(ProofFalse):
            check_inclusion([flipped[:32], flipped[32:64], flipped[64:]], **asked)


@pytest.mark.parametrize("change", ["short", "long", "reversed", "twice", "empty"])
def test_a_proof_with_hashes_missing_added_or_reordered_is_refused(change: str) -> None:
    hashes = leaf_hashes(13)
    proof = prove_inclusion(read_from(hashes), 5, 13)
    changed = {
        "short": proof[:-1],
        "long": [*proof, proof[0]],
        "reversed": proof[::-1],
        "twice": proof * 2,
        "empty": [],
    }[change]

    with pytest.raises(ProofFalse):
        check_inclusion(changed, index=5, size=13, leaf_hash=hashes[5], root=root(hashes))


def test_an_inner_hash_is_no_leaf_of_a_smaller_tree() -> None:
    hashes = leaf_hashes(4)
    inner, other = root(hashes[:2]), root(hashes[2:])

    # With the size it would pass: the checkpoint has to say the size, and the leaf has to be hashed by whoever checks.
    check_inclusion([other], index=0, size=2, leaf_hash=inner, root=root(hashes))
    with pytest.raises(ProofFalse):
        check_inclusion([other], index=0, size=4, leaf_hash=inner, root=root(hashes))
    with pytest.raises(ProofFalse):
        check_inclusion([other], index=0, size=2, leaf_hash=hash_leaf(hashes[0] + hashes[1]), root=root(hashes))


@pytest.mark.parametrize(("index", "size"), [(0, 0), (1, 1), (-1, 3), (3, 3), (8, 3)])
def test_there_is_no_proof_of_a_leaf_that_is_not_there(index: int, size: int) -> None:
    with pytest.raises(OutOfTree):
        prove_inclusion(read_from(leaf_hashes(3)), index, size)
    with pytest.raises(OutOfTree):
        check_inclusion([], index=index, size=size, leaf_hash=bytes(32), root=bytes(32))


def test_a_size_beyond_the_largest_is_refused() -> None:
    with pytest.raises(TreeSizeInvalid):
        check_inclusion([], index=0, size=LARGEST_SIZE + 1, leaf_hash=bytes(32), root=bytes(32))


def test_a_proof_in_the_largest_tree_has_63_hashes() -> None:
    asked: list[int] = []

    def read(nodes: object) -> list[bytes]:
        asked.append(len(list(nodes)))
        return [bytes(32)] * asked[0]

    assert len(prove_inclusion(read, 0, LARGEST_SIZE)) == 63
    assert len(asked) == 1


@pytest.mark.parametrize("length", [0, 31, 33])
def test_hashes_of_another_length_are_refused(length: int) -> None:
    one, two = leaf_hashes(2)

    with pytest.raises(HashInvalid):
        check_inclusion([bytes(length)], index=0, size=2, leaf_hash=one, root=root([one, two]))
