"""Heads of a log: one spelling, one origin, known keys."""

from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import CheckpointMalformed, LogError, NoteMalformed, OriginForeign, SignatureUnknown
from ledger.tlog.checkpoints import (
    Checkpoint,
    format_checkpoint,
    open_checkpoint,
    parse_checkpoint,
    sign_checkpoint,
)
from ledger.tlog.keys import new_signer, write_verifier
from ledger.tlog.merkle import EMPTY_ROOT, LARGEST_SIZE, hash_leaf
from ledger.tlog.notes import sign_note
from tests.ledger.tlog.trees import flips

ORIGIN = "greenlife.example/log/huzhou-deqing"
SIGNER = new_signer(ORIGIN, bytes(range(32)))
CHECKPOINT = Checkpoint(ORIGIN, 73_894, hash_leaf(b"golden"))
GOLDEN = """\
greenlife.example/log/huzhou-deqing
73894
LjKrDVhqK0Trv8FNvfXJENgfBwgDcI3iNKDK2Y2T4B0=

— greenlife.example/log/huzhou-deqing bEFWtBDd0VNY5TXXNp2JiJkzOIDLaxtVDmV9Ei2U18JDaaJhb00gw3NWIjOaUOmryNMuEgxCGw5t9nN9MXSKeIA9yAs=
""".encode()
ROOT = b64encode(bytes(32)).decode()


def test_the_golden_vectors_have_not_changed() -> None:
    assert (
        write_verifier(SIGNER.verifier)
        == "greenlife.example/log/huzhou-deqing+6c4156b4+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
    )
    assert sign_checkpoint(CHECKPOINT, [SIGNER]) == GOLDEN
    assert open_checkpoint(GOLDEN, origin=ORIGIN, verifiers=[SIGNER.verifier]) == CHECKPOINT


def test_the_checkpoint_of_the_specification_is_read() -> None:
    text = b"example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"

    checkpoint = parse_checkpoint(text)

    assert (checkpoint.origin, checkpoint.size) == ("example.com/behind-the-sofa", 20_852_163)
    assert format_checkpoint(checkpoint) == text


def test_the_tree_of_the_go_package_is_read() -> None:
    # golang.org/x/mod/sumdb/tlog, note_test.go.
    text = b"go.sum database tree\n123456789012\nTszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=\n"

    assert parse_checkpoint(text) == Checkpoint("go.sum database tree", 123_456_789_012, hash_leaf(b"hello world"))


lines = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1)


@given(lines, st.integers(1, LARGEST_SIZE), st.binary(min_size=32, max_size=32), st.lists(lines, max_size=3))
def test_a_checkpoint_is_read_back(origin: str, size: int, root: bytes, extensions: list[str]) -> None:
    checkpoint = Checkpoint(origin, size, root, tuple(extensions))

    assert parse_checkpoint(format_checkpoint(checkpoint)) == checkpoint
    assert open_checkpoint(
        sign_checkpoint(checkpoint, [SIGNER]), origin=origin, verifiers=[SIGNER.verifier]
    ) == checkpoint  # fmt: skip


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "lines"),
        ("a", "lines"),
        (f"a\n1\n{ROOT}", "lines"),
        ("a\n1\n", "lines"),
        ("\n\n\n", "size"),
        (f"\n1\n{ROOT}\n", "origin"),
        (f"a\tb\n1\n{ROOT}\n", "origin"),
        (f"a\n\n{ROOT}\n", "size"),
        (f"a\n01\n{ROOT}\n", "size"),
        (f"a\n00\n{ROOT}\n", "size"),
        (f"a\n-1\n{ROOT}\n", "size"),
        (f"a\n+1\n{ROOT}\n", "size"),
        (f"a\n 1\n{ROOT}\n", "size"),
        (f"a\n1 \n{ROOT}\n", "size"),
        (f"a\n1_000\n{ROOT}\n", "size"),
        (f"a\n0x1\n{ROOT}\n", "size"),
        (f"a\n1.0\n{ROOT}\n", "size"),
        (f"a\n١\n{ROOT}\n", "size"),
        (f"a\n9223372036854775808\n{ROOT}\n", "size"),
        (f"a\n{'9' * 5000}\n{ROOT}\n", "size"),
        ("a\n1\n\n", "root"),
        (f"a\n1\n{ROOT[:-1]}\n", "root"),
        (f"a\n1\n{ROOT}=\n", "root"),
        (f"a\n1\n{ROOT} \n", "root"),
        (f"a\n1\n{ROOT[:-2]}B=\n", "root"),
        (f"a\n1\n{ROOT[:-4]}\n", "root"),
        (f"a\n1\n{b64encode(bytes(33)).decode()}\n", "root"),
        (f"a\n1\n{b64encode(bytes(31)).decode()}\n", "root"),
        (f"a\n1\n{'_' * 43}=\n", "root"),
        (f"a\n1\n{'é' * 43}=\n", "root"),
        (f"a\n0\n{ROOT}\n", "root"),
        (f"a\n1\n{ROOT}\n\n", "extension"),
        (f"a\n1\n{ROOT}\n\nb\n", "extension"),
        (f"a\n1\n{ROOT}\nb\rc\n", "extension"),
    ],
)
def test_any_other_spelling_is_refused(text: str, why: str) -> None:
    with pytest.raises(CheckpointMalformed) as refused:
        parse_checkpoint(text.encode())
    assert refused.value.params == {"why": why}


def test_what_is_not_utf_8_is_refused() -> None:
    with pytest.raises(CheckpointMalformed):
        parse_checkpoint(b"\xff\n1\n" + ROOT.encode() + b"\n")


def test_an_empty_log_has_the_root_of_nothing() -> None:
    empty = Checkpoint(ORIGIN, 0, EMPTY_ROOT)

    assert open_checkpoint(sign_checkpoint(empty, [SIGNER]), origin=ORIGIN, verifiers=[SIGNER.verifier]) == empty
    with pytest.raises(CheckpointMalformed):
        Checkpoint(ORIGIN, 0, bytes(32))


@pytest.mark.parametrize("parts", [("", 1), ("a\nb", 1), ("\ud800", 1), ("a", -1), ("a", LARGEST_SIZE + 1)])
def test_no_checkpoint_is_made_that_cannot_be_read(parts: tuple[str, int]) -> None:
    with pytest.raises(CheckpointMalformed):
        Checkpoint(*parts, bytes(32))


@pytest.mark.parametrize("extension", ["", "a\nb", "\ud800", "\x00"])
def test_no_extension_breaks_the_lines(extension: str) -> None:
    with pytest.raises(CheckpointMalformed):
        Checkpoint("a", 1, bytes(32), (extension,))


def test_no_bit_of_a_checkpoint_can_be_turned_over() -> None:
    pinned = {"origin": ORIGIN, "verifiers": [SIGNER.verifier]}
    assert open_checkpoint(GOLDEN, **pinned) == CHECKPOINT

    for flipped in flips(GOLDEN):
        with pytest.raises(LogError):
            open_checkpoint(flipped, **pinned)


def test_no_part_of_a_checkpoint_is_a_checkpoint() -> None:
    for cut in range(len(GOLDEN)):
        with pytest.raises(LogError):
            open_checkpoint(GOLDEN[:cut], origin=ORIGIN, verifiers=[SIGNER.verifier])


def test_the_log_of_another_book_is_refused_though_the_key_is_the_same() -> None:
    other = sign_checkpoint(Checkpoint("greenlife.example/log/huzhou-anji", 5, bytes(32)), [SIGNER])

    with pytest.raises(OriginForeign) as refused:
        open_checkpoint(other, origin=ORIGIN, verifiers=[SIGNER.verifier])
    assert refused.value.params == {"found": "greenlife.example/log/huzhou-anji", "expected": ORIGIN}


def test_another_key_is_refused_though_the_name_is_the_same() -> None:
    stranger = new_signer(ORIGIN, bytes(32))

    with pytest.raises(SignatureUnknown):
        open_checkpoint(sign_checkpoint(CHECKPOINT, [stranger]), origin=ORIGIN, verifiers=[SIGNER.verifier])


def test_the_signature_is_looked_at_before_the_text() -> None:
    nonsense = sign_note(b"nonsense\n", [new_signer(ORIGIN, bytes(32))])

    with pytest.raises(SignatureUnknown):
        open_checkpoint(nonsense, origin=ORIGIN, verifiers=[SIGNER.verifier])
    with pytest.raises(CheckpointMalformed):
        open_checkpoint(sign_note(b"nonsense\n", [SIGNER]), origin=ORIGIN, verifiers=[SIGNER.verifier])


def test_an_unsigned_checkpoint_is_refused() -> None:
    with pytest.raises(NoteMalformed):
        open_checkpoint(format_checkpoint(CHECKPOINT), origin=ORIGIN, verifiers=[SIGNER.verifier])
