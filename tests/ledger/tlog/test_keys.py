"""Keys as texts, those of golang.org/x/mod/sumdb/note and of c2sp.org/signed-note among them."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import KeyMalformed
from ledger.tlog.encodings import write_base64
from ledger.tlog.keys import Signer, Verifier, new_signer, read_signer, read_verifier, write_signer, write_verifier
from tests.ledger.tlog.trees import flips

# golang.org/x/mod/sumdb/note, note_test.go; the two after them have a fitting id, and a key too long or of no known type.
PETER_SECRET = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
ENOCH = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
LONG = "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY=="
OTHER_TYPE = "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"

# c2sp.org/signed-note; golang.org/x/mod/gosumcheck.
FOO = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
SUMDB = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"


@pytest.mark.parametrize("text", [PETER, ENOCH, FOO, SUMDB])
def test_published_keys_are_read_and_written_the_same(text: str) -> None:
    verifier = read_verifier(text)

    assert write_verifier(verifier) == text
    assert f"{verifier.name}+{verifier.key_id.hex()}+" == text[: text.rindex("+A") + 1]


def test_a_secret_key_gives_its_public_one() -> None:
    signer = read_signer(PETER_SECRET)

    assert write_signer(signer) == PETER_SECRET
    assert write_verifier(signer.verifier) == PETER


@given(st.binary(min_size=32, max_size=32))
def test_a_new_key_is_read_back(seed: bytes) -> None:
    signer = new_signer("greenlife.example/县", seed)

    assert write_signer(read_signer(write_signer(signer))) == write_signer(signer)
    assert read_verifier(write_verifier(signer.verifier)) == signer.verifier
    assert signer.verifier.accepts(signer.sign(b"text\n"), b"text\n")


def test_a_key_made_elsewhere_can_sign() -> None:
    signer = Signer("example.com/log", Ed25519PrivateKey.generate())

    assert signer.verifier.accepts(signer.sign(b"text\n"), b"text\n")


@pytest.mark.parametrize(("read", "text"), [(read_verifier, PETER), (read_signer, PETER_SECRET)])
def test_no_part_of_a_key_is_a_key(read: object, text: str) -> None:
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            if end - start < len(text):
                with pytest.raises(KeyMalformed):
                    read(text[start:end])


@pytest.mark.parametrize(("read", "text"), [(read_verifier, PETER), (read_signer, PETER_SECRET)])
def test_no_bit_of_a_key_can_be_turned_over(read: object, text: str) -> None:
    read(text)
    for flipped in flips(text.encode()):
        with pytest.raises(KeyMalformed):
            read(flipped.decode("latin-1"))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (LONG, "form"),
        ("a+00000000+" + write_base64(b"\x01" + bytes(33)), "length"),
        (OTHER_TYPE, "algorithm"),
        ("", "form"),
        ("PeterNeumann", "form"),
        (PETER + "=", "form"),
        (PETER + "\n", "form"),
        (PETER.replace("c74f20a3", "C74F20A3"), "key_id"),
        (PETER.replace("PeterNeumann", "Peter Neumann"), "name"),
        (PETER.replace("PeterNeumann", ""), "name"),
        ("PeterNeumann+c74f20a3+", "algorithm"),
        (PETER_SECRET, "form"),
    ],
)
def test_what_is_no_verifier_says_why(text: str, why: str) -> None:
    with pytest.raises(KeyMalformed) as refused:
        read_verifier(text)
    assert refused.value.params == {"why": why}


def test_a_secret_is_in_no_message() -> None:
    secret = write_base64(bytes(range(32)))[:20]
    signer = new_signer("example.com/log", bytes(range(32)))
    assert secret[2:] not in repr(signer)

    for text in (write_signer(signer).replace("+KEY+", "+KEYS+"), write_signer(signer)[:-4]):
        with pytest.raises(KeyMalformed) as refused:
            read_signer(text)
        assert set(refused.value.params) == {"why"}
        assert refused.value.__cause__ is None


@pytest.mark.parametrize(
    "name",
    ["", " ", "a b", "a+b", "a\tb", "a\u00a0b", "a\u3000b", "a\u2028b", "a\u0085b", "a\x00b", "a\nb", "a\ud800b"],
)
def test_names_that_no_note_can_hold_are_refused(name: str) -> None:
    with pytest.raises(KeyMalformed):
        Verifier(name, bytes(32))
    with pytest.raises(KeyMalformed):
        new_signer(name, bytes(32))


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_keys_of_another_length_are_refused(length: int) -> None:
    with pytest.raises(KeyMalformed):
        Verifier("example.com/log", bytes(length))
    with pytest.raises(KeyMalformed):
        new_signer("example.com/log", bytes(length))


@pytest.mark.parametrize("signature", [b"", bytes(63), bytes(64), bytes(65)])
def test_what_is_no_signature_is_not_accepted(signature: bytes) -> None:
    assert not read_verifier(PETER).accepts(signature, b"text\n")
