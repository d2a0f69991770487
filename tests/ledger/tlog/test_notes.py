"""Texts signed by one or several keys, those of golang.org/x/mod/sumdb/note and of c2sp.org/signed-note among them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import KeysAmbiguous, LogError, NoteMalformed, SignatureFalse, SignatureUnknown
from ledger.tlog.keys import Verifier, new_signer, read_signer, read_verifier
from ledger.tlog.notes import LARGEST_NOTE, MOST_SIGNATURES, open_note, sign_note
from tests.ledger.tlog.test_keys import ENOCH, FOO, PETER, PETER_SECRET
from tests.ledger.tlog.trees import flips

TEXT = b"If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
PETER_LINE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
).encode()
ENOCH_LINE = (
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n"
).encode()
NOTE = TEXT + b"\n" + PETER_LINE
KNOWN_PETER, KNOWN_ENOCH = read_verifier(PETER), read_verifier(ENOCH)

OLD = new_signer("example.com/log", bytes(32))
NEW = new_signer("example.com/log", bytes([1]) * 32)


def test_a_note_is_signed_as_the_go_package_signs_it() -> None:
    assert sign_note(TEXT, [read_signer(PETER_SECRET)]) == NOTE


def test_the_note_of_the_specification_is_opened() -> None:
    note = (
        "This is an example message.\n\n"
        "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
    )

    assert open_note(note.encode(), [read_verifier(FOO)]).text == b"This is an example message.\n"


@pytest.mark.parametrize("known", [[KNOWN_PETER], [KNOWN_ENOCH], [KNOWN_PETER, KNOWN_ENOCH]])
def test_a_note_of_two_keys_is_opened_by_whoever_knows_either(known: list[Verifier]) -> None:
    note = open_note(NOTE + ENOCH_LINE, known)

    assert note.text == TEXT
    assert note.signed_by == tuple(known)


def test_a_key_is_changed_with_an_overlap() -> None:
    before, overlap, after = (sign_note(TEXT, signers) for signers in ([OLD], [OLD, NEW], [NEW]))

    for note in (before, overlap):
        assert open_note(note, [OLD.verifier]).signed_by == (OLD.verifier,)
    for note in (overlap, after):
        assert open_note(note, [NEW.verifier]).signed_by == (NEW.verifier,)
    for note in (before, overlap, after):
        open_note(note, [OLD.verifier, NEW.verifier])
    with pytest.raises(SignatureUnknown):
        open_note(after, [OLD.verifier])


@pytest.mark.parametrize("known", [[], [KNOWN_ENOCH], [Verifier("PeterNeumann", bytes(32))]])
def test_a_note_of_unknown_keys_is_refused(known: list[Verifier]) -> None:
    with pytest.raises(SignatureUnknown) as refused:
        open_note(NOTE, known)
    assert refused.value.params == {"names": ("PeterNeumann",)}


def test_the_same_key_under_another_name_is_unknown() -> None:
    with pytest.raises(SignatureUnknown):
        open_note(NOTE.replace(b"PeterNeumann", b"CarmenSandiego"), [KNOWN_PETER])


def test_one_false_signature_of_a_known_key_spoils_the_note() -> None:
    false = sign_note(b"another text\n", [read_signer(PETER_SECRET)]).rsplit(b"\n\n")[1]

    assert open_note(TEXT + b"\n" + ENOCH_LINE + false, [KNOWN_ENOCH])  # whoever does not know the key passes it over
    for lines in (false, ENOCH_LINE + false, PETER_LINE + false, false + PETER_LINE):
        with pytest.raises(SignatureFalse) as refused:
            open_note(TEXT + b"\n" + lines, [KNOWN_PETER, KNOWN_ENOCH])
        assert refused.value.params == {"name": "PeterNeumann", "key_id": "c74f20a3"}


def test_a_signature_repeated_counts_once() -> None:
    assert open_note(NOTE + PETER_LINE, [KNOWN_PETER, KNOWN_PETER]).signed_by == (KNOWN_PETER,)


def test_no_bit_of_a_note_can_be_turned_over() -> None:
    assert open_note(NOTE, [KNOWN_PETER]).text == TEXT
    for flipped in flips(NOTE):
        with pytest.raises(LogError):
            open_note(flipped, [KNOWN_PETER])


def test_no_part_of_a_note_is_a_note() -> None:
    for cut in range(len(NOTE)):
        with pytest.raises(LogError):
            open_note(NOTE[:cut], [KNOWN_PETER])
        if cut:
            with pytest.raises(LogError):
                open_note(NOTE[cut:], [KNOWN_PETER])


@pytest.mark.parametrize(
    ("note", "why"),
    [
        (TEXT, "separator"),
        (TEXT + b"\n", "separator"),
        (NOTE[:-1], "separator"),
        (NOTE + b"\n", "separator"),
        (b"\x01" + NOTE, "control"),
        (NOTE.replace(b"\n", b"\r\n"), "control"),
        (b"\xff" + NOTE, "utf8"),
        (b"\xed\xa0\x80" + NOTE, "utf8"),
        (TEXT + b"\n" + PETER_LINE.replace(b"PeterNeumann", b"Bad Name"), "signature"),
        (TEXT + b"\n" + PETER_LINE.replace(b"PeterNeumann", b"Bad+Name"), "signature"),
        (TEXT + b"\n" + PETER_LINE.replace(b"PeterNeumann", "Bad\u3000Name".encode()), "signature"),
        (TEXT + b"\n" + PETER_LINE.replace(b"PeterNeumann", b""), "signature"),
        (TEXT + b"\n" + PETER_LINE.replace("—".encode(), b"-"), "signature"),
        (TEXT + b"\n" + PETER_LINE.replace(b"=\n", b"\n"), "signature"),
        (TEXT + b"\n" + PETER_LINE.replace(b"M=\n", b"N=\n"), "signature"),
        (TEXT + b"\n" + PETER_LINE.replace(b"=\n", b"= \n"), "signature"),
        (TEXT + b"\n" + PETER_LINE.replace(b"/", b"_"), "signature"),
        (TEXT + b"\n" + "— PeterNeumann x08gow==\n".encode(), "signature"),
        (NOTE + b"Unexpected line.\n", "signature"),
        (TEXT + b"\n" + PETER_LINE * (MOST_SIGNATURES + 1), "signatures"),
        (b"\n" * LARGEST_NOTE + NOTE, "size"),
    ],
)
def test_what_is_no_note_says_why(note: bytes, why: str) -> None:
    with pytest.raises(NoteMalformed) as refused:
        open_note(note, [KNOWN_PETER])
    assert refused.value.params == {"why": why}


def test_as_many_signatures_as_allowed_are_read() -> None:
    assert MOST_SIGNATURES >= 16
    assert open_note(TEXT + b"\n" + ENOCH_LINE * (MOST_SIGNATURES - 1) + PETER_LINE, [KNOWN_PETER])


@pytest.mark.parametrize(
    "text", [b"\n", b"\n\n", b"a\n\nb\n", b"\n\xe2\x80\x94 a b\n\n", "Ognuno sta solo — è\n\n".encode()]
)
def test_a_text_may_have_empty_lines_and_look_like_a_note(text: bytes) -> None:
    assert open_note(sign_note(text, [NEW]), [NEW.verifier]).text == text


def test_a_note_inside_a_note_is_text() -> None:
    outer = sign_note(NOTE, [NEW])

    assert open_note(outer, [NEW.verifier, KNOWN_PETER]).signed_by == (NEW.verifier,)
    with pytest.raises(SignatureUnknown):
        open_note(outer, [KNOWN_PETER])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"", "text"),
        (b"abc", "text"),
        (b"a\tb\n", "control"),
        (b"\xff\n", "utf8"),
        (b"a" * LARGEST_NOTE + b"\n", "size"),
    ],
)
def test_no_text_is_signed_that_no_note_can_hold(text: bytes, why: str) -> None:
    with pytest.raises(NoteMalformed) as refused:
        sign_note(text, [NEW])
    assert refused.value.params == {"why": why}


@pytest.mark.parametrize("number", [0, MOST_SIGNATURES + 1])
def test_no_note_has_no_signature_or_too_many(number: int) -> None:
    with pytest.raises(NoteMalformed):
        sign_note(TEXT, [NEW] * number)


def test_two_keys_with_one_name_and_id_are_told_apart_by_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    # Four bytes collide after some billions of tries, which a test has no time for.
    monkeypatch.setattr(Verifier, "key_id", property(lambda _: b"same"))

    with pytest.raises(KeysAmbiguous):
        open_note(NOTE, [OLD.verifier, NEW.verifier])


@given(st.binary(max_size=200))
def test_whatever_comes_is_refused_and_never_breaks_anything(note: bytes) -> None:
    for candidate in (note, note + b"\n\n" + PETER_LINE, TEXT + b"\n" + "— ".encode() + note + b"\n"):
        with pytest.raises(LogError):
            open_note(candidate, [KNOWN_PETER])
