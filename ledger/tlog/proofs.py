"""Proofs that stand alone: c2sp.org/tlog-proof, "Format" and "Verifying a tlog proof".

A proof carries its checkpoint, so that a leaf, a proof, the log's name and its keys are all that a check needs.
Cosignatures of witnesses (step 3 there) are passed over.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from ledger.errors import ProofMalformed
from ledger.tlog.checkpoints import Checkpoint, open_checkpoint
from ledger.tlog.encodings import read_base64, read_decimal, write_base64
from ledger.tlog.inclusion import check_inclusion
from ledger.tlog.keys import Verifier
from ledger.tlog.merkle import HASH_BYTES, LARGEST_SIZE, hash_leaf

LARGEST_PROOF = 2**21
"""Bytes, checkpoint and extra data included."""

_MAGIC = "c2sp.org/tlog-proof@v1"
_EXTRA, _INDEX = "extra ", "index "


@dataclass(frozen=True, slots=True)
class Proof:
    """What a proof says, unchecked.

    ``index`` of the leaf, from 0; ``hashes`` from the leaf's neighbour to the root's child, as ``prove_inclusion``
    gives them; ``checkpoint`` the signed note; ``extra`` opaque data that **nothing authenticates**, empty where there
    is none. Raises ProofMalformed.
    """

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes = b""

    def __post_init__(self) -> None:
        if not 0 <= self.index <= LARGEST_SIZE:
            raise ProofMalformed(why="index")
        if any(len(one) != HASH_BYTES for one in self.hashes):
            raise ProofMalformed(why="hash")
        if not self.checkpoint:
            raise ProofMalformed(why="checkpoint")


@dataclass(frozen=True, slots=True)
class ProvenLeaf:
    """That the leaf with this hash stands at ``index`` of the log whose head is ``checkpoint``.

    ``extra`` came with the proof and is not covered by it.
    """

    index: int
    leaf_hash: bytes
    checkpoint: Checkpoint
    extra: bytes


def format_proof(proof: Proof) -> bytes:
    """The text of a ``.tlog-proof`` file."""
    lines = [_MAGIC]
    if proof.extra:
        lines.append(_EXTRA + write_base64(proof.extra))
    lines.append(f"{_INDEX}{proof.index}")
    lines.extend(map(write_base64, proof.hashes))
    return "".join(f"{line}\n" for line in lines).encode() + b"\n" + proof.checkpoint


def parse_proof(text: bytes) -> Proof:
    """The proof that format_proof wrote; raises ProofMalformed for any other spelling.

    Nothing is checked but the form: that is ``check_proof``.
    """
    if len(text) > LARGEST_PROOF:
        raise ProofMalformed(why="size")
    header, _, checkpoint = text.partition(b"\n\n")
    try:
        magic, *lines = header.decode().split("\n")
    except UnicodeDecodeError:
        raise ProofMalformed(why="utf8") from None
    if magic != _MAGIC:
        raise ProofMalformed(why="header")
    if not checkpoint:
        raise ProofMalformed(why="checkpoint")
    extra = b""
    if lines and lines[0].startswith(_EXTRA):
        extra = _read_bytes(lines.pop(0).removeprefix(_EXTRA), "extra")
    if not lines or not lines[0].startswith(_INDEX):
        raise ProofMalformed(why="index")
    index = _read_index(lines.pop(0).removeprefix(_INDEX))
    return Proof(index, tuple(_read_bytes(line, "hash") for line in lines), checkpoint, extra)


def check_proof(text: bytes, leaf: bytes, *, origin: str, verifiers: Iterable[Verifier]) -> ProvenLeaf:
    """That ``leaf`` (its bytes, not its hash) is in the log ``origin``, by a checkpoint that one of its keys signed.

    Raises ProofMalformed, what ``open_checkpoint`` raises, OutOfTree where the index lies beyond the checkpoint, and
    ProofFalse where the proof does not lead from this leaf to the checkpoint's root.
    """
    proof = parse_proof(text)
    checkpoint = open_checkpoint(proof.checkpoint, origin=origin, verifiers=verifiers)
    leaf_hash = hash_leaf(leaf)
    check_inclusion(proof.hashes, index=proof.index, size=checkpoint.size, leaf_hash=leaf_hash, root=checkpoint.root)
    return ProvenLeaf(proof.index, leaf_hash, checkpoint, proof.extra)


def _read_index(text: str) -> int:
    try:
        return read_decimal(text)
    except ValueError:
        raise ProofMalformed(why="index") from None


def _read_bytes(text: str, why: str) -> bytes:
    """What a line holds; an empty one would be a second spelling of no line at all."""
    try:
        data = read_base64(text)
    except ValueError:
        raise ProofMalformed(why=why) from None
    if not data:
        raise ProofMalformed(why=why)
    return data
