"""A receipt's proof: with the leaf, the log's name and its key it is checked without a network."""

from base64 import b64encode
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import (
    LogError,
    NoteMalformed,
    OriginForeign,
    OutOfTree,
    ProofFalse,
    ProofMalformed,
    SignatureUnknown,
)
from ledger.tlog.checkpoints import Checkpoint, sign_checkpoint
from ledger.tlog.inclusion import prove_inclusion
from ledger.tlog.keys import new_signer
from ledger.tlog.merkle import LARGEST_SIZE, merkle_root
from ledger.tlog.proofs import LARGEST_PROOF, Proof, check_proof, format_proof, parse_proof
from tests.ledger.tlog.trees import flips, leaf, leaf_hashes, read_from

ORIGIN = "greenlife.example/log/huzhou-deqing"
SIGNER = new_signer(ORIGIN, bytes(range(32)))
PINNED = {"origin": ORIGIN, "verifiers": [SIGNER.verifier]}
HASHES = leaf_hashes(7)
CHECKPOINT = Checkpoint(ORIGIN, 7, merkle_root(HASHES))
SIGNED = sign_checkpoint(CHECKPOINT, [SIGNER])
PROOF = Proof(4, tuple(prove_inclusion(read_from(HASHES), 4, 7)), SIGNED)
GOLDEN = """\
c2sp.org/tlog-proof@v1
index 4
la3xW37122c4aouvvv7k0UVmKvpFB0DhhoVT6DSO06A=
+3+GnOi3tR/fcZ/IwhpHNsmMwWCoJWBqgfeKf00iYdk=
T2MQhKFXxU9U/Psj/164ZQxLoWDClbsTqYMrEJ1SZ34=

greenlife.example/log/huzhou-deqing
7
WmH8K1T5z6cXdPJDIUPdQMbLKxGUf69lp9PaXLZRmcg=

— greenlife.example/log/huzhou-deqing bEFWtLWU0Ph07myp+N79bKN3Z307AkWTWKQF0z75W4oXVOEMWLTmbZlC6xNPliRNN3DhmzT/gfHHhkjFMns2r09XfQk=
""".encode()
HEAD = GOLDEN[: GOLDEN.index(b"\n\n")].decode().split("\n")


def proof_with(*lines: str) -> bytes:
    return "\n".join(lines).encode() + b"\n\n" + SIGNED


def test_the_golden_vector_has_not_changed() -> None:
    assert format_proof(PROOF) == GOLDEN
    assert parse_proof(GOLDEN) == PROOF


def test_a_proof_says_where_the_leaf_stands_and_under_which_head() -> None:
    proven = check_proof(GOLDEN, leaf(4), **PINNED)

    assert (proven.index, proven.leaf_hash, proven.checkpoint, proven.extra) == (4, HASHES[4], CHECKPOINT, b"")


@pytest.mark.parametrize("size", [1, 2, 3, 8, 13])
def test_each_leaf_has_a_proof(size: int) -> None:
    hashes = leaf_hashes(size)
    signed = sign_checkpoint(Checkpoint(ORIGIN, size, merkle_root(hashes)), [SIGNER])

    for index in range(size):
        text = format_proof(Proof(index, tuple(prove_inclusion(read_from(hashes), index, size)), signed))
        assert check_proof(text, leaf(index), **PINNED).index == index
        with pytest.raises(ProofFalse):
            check_proof(text, leaf(index + 1), **PINNED)


@given(
    st.integers(0, LARGEST_SIZE),
    st.lists(st.binary(min_size=32, max_size=32), max_size=5),
    st.binary(min_size=1),
    st.binary(),
)
def test_a_proof_is_read_back(index: int, hashes: list[bytes], checkpoint: bytes, extra: bytes) -> None:
    proof = Proof(index, tuple(hashes), checkpoint, extra)

    assert parse_proof(format_proof(proof)) == proof


def test_no_bit_of_a_proof_can_be_turned_over() -> None:
    check_proof(GOLDEN, leaf(4), **PINNED)
    for flipped in flips(GOLDEN):
        with pytest.raises(LogError):
            check_proof(flipped, leaf(4), **PINNED)


def test_no_part_of_a_proof_is_a_proof() -> None:
    for cut in range(len(GOLDEN)):
        with pytest.raises(LogError):
            check_proof(GOLDEN[:cut], leaf(4), **PINNED)


def test_the_extra_line_is_carried_and_covered_by_nothing() -> None:
    text = format_proof(replace(PROOF, extra=b"opening"))
    other = format_proof(replace(PROOF, extra=b"forged!"))

    assert check_proof(text, leaf(4), **PINNED).extra == b"opening"
    assert check_proof(other, leaf(4), **PINNED).extra == b"forged!"
    assert text.split(b"\n")[1] == b"extra b3BlbmluZw=="


def test_a_proof_without_its_checkpoint_is_refused() -> None:
    for text in (
        GOLDEN.removesuffix(SIGNED),
        GOLDEN.removesuffix(SIGNED).rstrip(b"\n"),
        GOLDEN.removesuffix(b"\n" + SIGNED),
    ):
        with pytest.raises(ProofMalformed) as refused:
            check_proof(text, leaf(4), **PINNED)
        assert refused.value.params == {"why": "checkpoint"}


def test_a_proof_whose_checkpoint_nobody_signed_is_refused() -> None:
    unsigned = SIGNED[: SIGNED.index(b"\n\n") + 1]

    with pytest.raises(NoteMalformed):
        check_proof(format_proof(replace(PROOF, checkpoint=unsigned)), leaf(4), **PINNED)


def test_a_proof_by_another_key_is_refused() -> None:
    signed = sign_checkpoint(CHECKPOINT, [new_signer(ORIGIN, bytes(32))])

    with pytest.raises(SignatureUnknown):
        check_proof(format_proof(replace(PROOF, checkpoint=signed)), leaf(4), **PINNED)


def test_a_proof_from_another_log_is_refused() -> None:
    foreign = sign_checkpoint(replace(CHECKPOINT, origin="greenlife.example/log/huzhou-anji"), [SIGNER])

    with pytest.raises(OriginForeign):
        check_proof(format_proof(replace(PROOF, checkpoint=foreign)), leaf(4), **PINNED)


def test_a_proof_under_another_head_of_the_same_log_is_refused() -> None:
    for size in (5, 6):
        head = sign_checkpoint(Checkpoint(ORIGIN, size, merkle_root(HASHES[:size])), [SIGNER])
        with pytest.raises(ProofFalse):
            check_proof(format_proof(replace(PROOF, checkpoint=head)), leaf(4), **PINNED)


def test_an_index_beyond_the_head_is_refused() -> None:
    with pytest.raises(OutOfTree):
        check_proof(format_proof(replace(PROOF, index=7)), leaf(4), **PINNED)


def test_hashes_in_another_order_are_refused() -> None:
    for hashes in (PROOF.hashes[::-1], PROOF.hashes[1:], (*PROOF.hashes, PROOF.hashes[0])):
        with pytest.raises(ProofFalse):
            check_proof(format_proof(replace(PROOF, hashes=hashes)), leaf(4), **PINNED)


def test_an_inner_hash_does_not_pass_for_a_leaf() -> None:
    # Whoever checks hashes the leaf anew, so that two hashes side by side are no leaf of a shorter proof.
    text = format_proof(replace(PROOF, hashes=PROOF.hashes[1:]))

    with pytest.raises(ProofFalse):
        check_proof(text, HASHES[4] + HASHES[5], **PINNED)


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([], "header"),
        (["c2sp.org/tlog-proof@v2", *HEAD[1:]], "header"),
        ([HEAD[0] + " ", *HEAD[1:]], "header"),
        (HEAD[1:], "header"),
        ([HEAD[0]], "index"),
        ([HEAD[0], *HEAD[2:]], "index"),
        ([HEAD[0], "index", *HEAD[2:]], "index"),
        ([HEAD[0], "index ", *HEAD[2:]], "index"),
        ([HEAD[0], "index 04", *HEAD[2:]], "index"),
        ([HEAD[0], "index -4", *HEAD[2:]], "index"),
        ([HEAD[0], "index +4", *HEAD[2:]], "index"),
        ([HEAD[0], "index  4", *HEAD[2:]], "index"),
        ([HEAD[0], "index 4 ", *HEAD[2:]], "index"),
        ([HEAD[0], "index 9223372036854775808", *HEAD[2:]], "index"),
        ([HEAD[0], "Index 4", *HEAD[2:]], "index"),
        ([HEAD[0], "extra", *HEAD[1:]], "index"),
        ([HEAD[0], "extra ", *HEAD[1:]], "extra"),
        ([HEAD[0], "extra YQ", *HEAD[1:]], "extra"),
        ([HEAD[0], "extra YR==", *HEAD[1:]], "extra"),
        ([HEAD[0], "extra YQ==", "extra YQ==", *HEAD[1:]], "index"),
        ([*HEAD[:2], "extra YQ==", *HEAD[2:]], "hash"),
        ([*HEAD, "AAAA"], "hash"),
        ([*HEAD, b64encode(bytes(33)).decode()], "hash"),
        ([*HEAD, HEAD[2][:-1]], "hash"),
        ([*HEAD, HEAD[2] + " "], "hash"),
    ],
)
def test_any_other_spelling_is_refused(lines: list[str], why: str) -> None:
    assert check_proof(proof_with(*HEAD), leaf(4), **PINNED)
    with pytest.raises(ProofMalformed) as refused:
        check_proof(proof_with(*lines), leaf(4), **PINNED)
    assert refused.value.params == {"why": why}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"", "header"),
        (b"\xff" + GOLDEN, "utf8"),
        (GOLDEN.replace(b"\n", b"\r\n"), "header"),
        (GOLDEN + b"a" * LARGEST_PROOF, "size"),
    ],
)
def test_what_is_no_proof_says_why(text: bytes, why: str) -> None:
    with pytest.raises(ProofMalformed) as refused:
        parse_proof(text)
    assert refused.value.params == {"why": why}


@pytest.mark.parametrize(
    "change", [{"index": -1}, {"index": LARGEST_SIZE + 1}, {"hashes": (b"",)}, {"checkpoint": b""}]
)
def test_no_proof_is_made_that_cannot_be_read(change: dict[str, object]) -> None:
    with pytest.raises(ProofMalformed):
        replace(PROOF, **change)


@given(st.binary(max_size=300))
def test_whatever_comes_is_refused_and_never_breaks_anything(text: bytes) -> None:
    for candidate in (text, GOLDEN[:23] + text, GOLDEN + text + b"."):
        with pytest.raises(LogError):
            check_proof(candidate, leaf(4), **PINNED)
