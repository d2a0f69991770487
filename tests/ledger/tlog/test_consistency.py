"""That one tree continues another, for all small trees and for some large ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import ConsistencyFalse, HashInvalid, LogError, TreeSizeInvalid
from ledger.tlog.consistency import check_consistency, prove_consistency
from ledger.tlog.merkle import EMPTY_ROOT, LARGEST_SIZE, hash_leaf, merkle_root
from tests.ledger.tlog.trees import flips, leaf_hashes, proof, read_from, root
from tests.ledger.tlog.vectors import CONSISTENCIES, LEAVES, ROOTS


@pytest.mark.parametrize(("old", "new"), CONSISTENCIES)
def test_the_proofs_of_certificate_transparency_are_made_and_accepted(old: int, new: int) -> None:
    hashes = [hash_leaf(leaf) for leaf in LEAVES[:new]]

    found = prove_consistency(read_from(hashes), old, new)

    assert [one.hex() for one in found] == CONSISTENCIES[old, new]
    old_root, new_root = bytes.fromhex(ROOTS[old]), bytes.fromhex(ROOTS[new])
    check_consistency(found, old=old, old_root=old_root, new=new, new_root=new_root)


@pytest.mark.parametrize("new", range(1, 71))
def test_each_small_tree_continues_each_smaller_one_as_the_definition_says(new: int) -> None:
    hashes = leaf_hashes(new)

    for old in range(1, new + 1):
        found = prove_consistency(read_from(hashes), old, new)
        assert found == proof(old, hashes)
        check_consistency(found, old=old, old_root=root(hashes[:old]), new=new, new_root=root(hashes))


@given(st.data())
def test_a_larger_tree_continues_too(data: st.DataObject) -> None:
    new = data.draw(st.integers(71, 1_500))
    old = data.draw(st.integers(1, new))
    hashes = leaf_hashes(new)

    found = prove_consistency(read_from(hashes), old, new)

    assert found == proof(old, hashes)
    check_consistency(found, old=old, old_root=merkle_root(hashes[:old]), new=new, new_root=merkle_root(hashes))


@pytest.mark.parametrize("new", range(1, 16))
def test_a_proof_holds_for_no_other_sizes_and_roots(new: int) -> None:
    hashes = leaf_hashes(16)
    roots = [root(hashes[:size]) for size in range(17)]

    for old in range(1, new):
        found = prove_consistency(read_from(hashes), old, new)
        for other_new in range(1, 17):
            for other_old in range(1, other_new + 1):
                if (other_old, other_new) != (old, new):
                    with pytest.raises(ConsistencyFalse):
                        check_consistency(
                            found,
                            old=other_old,
                            old_root=roots[other_old],
                            new=other_new,
                            new_root=roots[other_new],
                        )


@pytest.mark.parametrize("changed", range(5))
def test_a_log_that_changed_an_entry_cannot_show_that_it_continues(changed: int) -> None:
    hashes = leaf_hashes(9)
    rewritten = list(hashes)
    rewritten[changed] = hash_leaf(b"another")

    found = prove_consistency(read_from(rewritten), 5, 9)

    with pytest.raises(ConsistencyFalse):
        check_consistency(found, old=5, old_root=root(hashes[:5]), new=9, new_root=root(rewritten))


def test_no_bit_of_a_proof_can_be_turned_over() -> None:
    hashes = leaf_hashes(8)
    asked = {"old": 6, "old_root": root(hashes[:6]), "new": 8, "new_root": root(hashes)}
    found = prove_consistency(read_from(hashes), 6, 8)
    check_consistency(found, **asked)

    for flipped in flips(b"".join(found)):
        with pytest.raises(ConsistencyFalse):
            check_consistency([flipped[:32], flipped[32:64], flipped[64:]], **asked)


@pytest.mark.parametrize("old", [4, 6])
@pytest.mark.parametrize("change", ["short", "long", "reversed", "twice", "empty"])
def test_a_proof_with_hashes_missing_added_or_reordered_is_refused(change: str, old: int) -> None:
    hashes = leaf_hashes(13)
    found = prove_consistency(read_from(hashes), old, 13)
    changed = {
        "short": found[:-1],
        "long": [*found, found[0]],
        "reversed": found[::-1],
        "twice": found * 2,
        "empty": [],
    }[change]

    with pytest.raises(ConsistencyFalse):
        check_consistency(changed, old=old, old_root=root(hashes[:old]), new=13, new_root=root(hashes))


def test_a_tree_continues_itself_without_a_proof() -> None:
    one, other = root(leaf_hashes(5)), root(leaf_hashes(6))

    check_consistency([], old=5, old_root=one, new=5, new_root=one)
    with pytest.raises(ConsistencyFalse):
        check_consistency([], old=5, old_root=one, new=5, new_root=other)
    with pytest.raises(ConsistencyFalse):
        check_consistency([one], old=5, old_root=one, new=5, new_root=one)


def test_every_tree_continues_the_empty_one() -> None:
    hashes = leaf_hashes(3)

    assert prove_consistency(read_from(hashes), 0, 3) == []
    check_consistency([], old=0, old_root=EMPTY_ROOT, new=3, new_root=root(hashes))
    check_consistency([], old=0, old_root=EMPTY_ROOT, new=0, new_root=EMPTY_ROOT)
    with pytest.raises(ConsistencyFalse):
        check_consistency([], old=0, old_root=hashes[0], new=3, new_root=root(hashes))
    with pytest.raises(ConsistencyFalse):
        check_consistency([hashes[0]], old=0, old_root=EMPTY_ROOT, new=3, new_root=root(hashes))


@pytest.mark.parametrize(("old", "new"), [(4, 3), (-1, 3), (0, LARGEST_SIZE + 1)])
def test_sizes_the_wrong_way_round_are_refused(old: int, new: int) -> None:
    with pytest.raises(TreeSizeInvalid):
        prove_consistency(read_from(leaf_hashes(3)), old, new)
    with pytest.raises(TreeSizeInvalid):
        check_consistency([], old=old, old_root=bytes(32), new=new, new_root=bytes(32))


@pytest.mark.parametrize("length", [0, 31, 33])
def test_hashes_of_another_length_are_refused(length: int) -> None:
    one, two = leaf_hashes(2)

    with pytest.raises(HashInvalid):
        check_consistency([bytes(length)], old=1, old_root=one, new=2, new_root=root([one, two]))


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=70), st.integers(0, 2**40), st.integers(0, 2**40))
def test_made_up_proofs_are_refused_and_never_break_anything(found: list[bytes], old: int, new: int) -> None:
    with pytest.raises(LogError):
        check_consistency(found, old=old, old_root=b"\x01" * 32, new=new, new_root=b"\x02" * 32)
