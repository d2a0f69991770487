"""That a leaf is in a tree: RFC 6962 section 2.1.1, checked as in RFC 9162 section 2.1.3.2."""

from collections.abc import Sequence

from ledger.errors import ProofFalse
from ledger.tlog.merkle import HashReader, Node, check_hashes, check_node, hash_node, read_ranges, split_of


def prove_inclusion(read: HashReader, index: int, size: int) -> list[bytes]:
    """The proof that the leaf at ``index`` (from 0) is in the tree of the first ``size`` leaves.

    The hashes beside the way from leaf to root, the leaf's own neighbour first; at most 63. Reads them all in one call.
    Raises TreeSizeInvalid, OutOfTree, and what the reader raises.
    """
    check_node(Node(0, index), size)
    beside, start, end = [], 0, size
    while end - start > 1:
        split = split_of(start, end)
        if index < split:
            beside.append((split, end))
            end = split
        else:
            beside.append((start, split))
            start = split
    return read_ranges(read, reversed(beside))


def check_inclusion(proof: Sequence[bytes], *, index: int, size: int, leaf_hash: bytes, root: bytes) -> None:
    """Raises ProofFalse, unless ``proof`` leads from the leaf hash at ``index`` to the root of ``size`` leaves.

    Also raises TreeSizeInvalid and OutOfTree for numbers that no proof can be about, and HashInvalid.
    """
    check_node(Node(0, index), size)
    check_hashes((leaf_hash, root, *proof))
    at, last, found = index, size - 1, leaf_hash
    for beside in proof:
        if not last:
            raise ProofFalse(index=index, size=size)
        if at & 1 or at == last:
            found = hash_node(beside, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = hash_node(found, beside)
        at, last = at >> 1, last >> 1
    if last or found != root:
        raise ProofFalse(index=index, size=size)
