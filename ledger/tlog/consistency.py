"""That one tree continues another: RFC 6962 section 2.1.2, checked as in RFC 9162 section 2.1.4.2."""

from collections.abc import Sequence

from ledger.errors import ConsistencyFalse
from ledger.tlog.merkle import EMPTY_ROOT, HashReader, check_growth, check_hashes, hash_node, read_ranges, split_of


def prove_consistency(read: HashReader, old: int, new: int) -> list[bytes]:
    """The proof that the first ``old`` of ``new`` leaves are those of the tree of size ``old``; at most 64 hashes.

    Empty where the sizes are the same, and where the old tree is empty, which every tree continues (the RFC leaves
    that case out; c2sp.org/tlog-witness has it so). Reads them all in one call. Raises TreeSizeInvalid where ``old``
    is above ``new``, and what the reader raises.
    """
    check_growth(old, new)
    beside, start, end = [], 0, new
    while old and old != end:
        split = split_of(start, end)
        if old <= split:
            beside.append((split, end))
            end = split
        else:
            beside.append((start, split))
            start = split
    if start:
        # Not the old tree itself, whose root the reader of the proof has, but a subtree at its right end.
        beside.append((start, end))
    return read_ranges(read, reversed(beside))


def check_consistency(proof: Sequence[bytes], *, old: int, old_root: bytes, new: int, new_root: bytes) -> None:
    """Raises ConsistencyFalse, unless ``proof`` shows that the tree of ``new`` leaves continues that of ``old``.

    Also raises TreeSizeInvalid where ``old`` is above ``new``, and HashInvalid.
    """
    check_growth(old, new)
    check_hashes((old_root, new_root, *proof))
    if old == new:
        holds = not proof and old_root == new_root
    elif not old:
        holds = not proof and old_root == EMPTY_ROOT
    else:
        holds = _replay(proof, old, old_root, new) == (old_root, new_root)
    if not holds:
        raise ConsistencyFalse(old=old, new=new)


def _replay(proof: Sequence[bytes], old: int, old_root: bytes, new: int) -> tuple[bytes, bytes] | None:
    """The two roots that the proof leads to; None where it has too few or too many hashes for the sizes."""
    way = list(proof)
    if old.bit_count() == 1:
        way.insert(0, old_root)
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    if not way:
        return None
    older = newer = way[0]
    for beside in way[1:]:
        if not last:
            return None
        if at & 1 or at == last:
            older, newer = hash_node(beside, older), hash_node(beside, newer)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            newer = hash_node(newer, beside)
        at, last = at >> 1, last >> 1
    return None if last else (older, newer)
