"""Signed notes: c2sp.org/signed-note, "Format" and "Signatures", with Ed25519 (type 0x01).

A key is changed with an overlap: the log signs with the old and the new one, and whoever knows either is served.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ledger.errors import KeysAmbiguous, NoteMalformed, SignatureFalse, SignatureUnknown
from ledger.tlog.encodings import read_base64, write_base64
from ledger.tlog.keys import KEY_ID_BYTES, Signer, Verifier, is_key_name

MOST_SIGNATURES = 100
"""Of a note; the specification asks for at least 16."""

LARGEST_NOTE = 2**20
"""Bytes, signatures included."""

_CONTROL = re.compile(rb"[\x00-\x09\x0b-\x1f]")
_SIGNATURE = re.compile("— ([^ ]+) ([^ ]+)")


@dataclass(frozen=True, slots=True)
class Note:
    """A text, its last newline included, and which of the known keys signed it: at least one, in the note's order."""

    text: bytes
    signed_by: tuple[Verifier, ...]


def sign_note(text: bytes, signers: Sequence[Signer]) -> bytes:
    """The note with one signature of each signer, in their order; raises NoteMalformed for a text no note can have."""
    if not text.endswith(b"\n"):
        raise NoteMalformed(why="text")
    if not 0 < len(signers) <= MOST_SIGNATURES:
        raise NoteMalformed(why="signatures")
    lines = (
        f"— {signer.name} {write_base64(signer.verifier.key_id + signer.sign(text))}\n".encode() for signer in signers
    )
    note = b"".join((text, b"\n", *lines))
    _check_characters(note)
    return note


def open_note(note: bytes, verifiers: Iterable[Verifier]) -> Note:
    """The text of a note that at least one known key signed, and under which no known key's signature is false.

    Signatures of other keys are passed over, whatever they are. Raises NoteMalformed, SignatureUnknown, SignatureFalse,
    and KeysAmbiguous.
    """
    known = _by_name_and_id(verifiers)
    text, signatures = _split(note)
    signed_by: dict[Verifier, None] = {}
    for name, key_id, signature in signatures:
        verifier = known.get((name, key_id))
        if not verifier:
            continue
        if not verifier.accepts(signature, text):
            raise SignatureFalse(name=name, key_id=key_id.hex())
        signed_by[verifier] = None
    if not signed_by:
        raise SignatureUnknown(names=tuple(sorted({name[:60] for name, _, _ in signatures})))
    return Note(text, tuple(signed_by))


def _by_name_and_id(verifiers: Iterable[Verifier]) -> dict[tuple[str, bytes], Verifier]:
    known: dict[tuple[str, bytes], Verifier] = {}
    for verifier in verifiers:
        if known.setdefault((verifier.name, verifier.key_id), verifier) != verifier:
            raise KeysAmbiguous(name=verifier.name, key_id=verifier.key_id.hex())
    return known


def _split(note: bytes) -> tuple[bytes, list[tuple[str, bytes, bytes]]]:
    """The text, and each signature as name, key id, signature; raises NoteMalformed."""
    _check_characters(note)
    # The last empty line is the one that counts: the text may have others.
    text, separator, signatures = note.rpartition(b"\n\n")
    if not separator or not signatures.endswith(b"\n"):
        raise NoteMalformed(why="separator")
    lines = signatures.decode().split("\n")[:-1]
    if len(lines) > MOST_SIGNATURES:
        raise NoteMalformed(why="signatures")
    return text + b"\n", [_read_signature(line) for line in lines]


def _read_signature(line: str) -> tuple[str, bytes, bytes]:
    found = _SIGNATURE.fullmatch(line)
    if not found or not is_key_name(found[1]):
        raise NoteMalformed(why="signature")
    try:
        signature = read_base64(found[2])
    except ValueError:
        raise NoteMalformed(why="signature") from None
    if len(signature) <= KEY_ID_BYTES:
        raise NoteMalformed(why="signature")
    return found[1], signature[:KEY_ID_BYTES], signature[KEY_ID_BYTES:]


def _check_characters(note: bytes) -> None:
    if len(note) > LARGEST_NOTE:
        raise NoteMalformed(why="size")
    if _CONTROL.search(note):
        raise NoteMalformed(why="control")
    try:
        note.decode()
    except UnicodeDecodeError:
        raise NoteMalformed(why="utf8") from None
