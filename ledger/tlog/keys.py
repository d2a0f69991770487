"""Ed25519 keys with a name: c2sp.org/signed-note, "Verifier keys" and "Ed25519 signatures".

The text of a secret key is the one of golang.org/x/mod/sumdb/note, so that its tools can sign with it too.
"""

from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ledger.errors import KeyMalformed
from ledger.tlog.encodings import is_line, read_base64, write_base64

KEY_BYTES = 32
"""Of a public key, and of the seed that is a secret one (RFC 8032 section 5.1.5)."""

KEY_ID_BYTES = 4

_ED25519 = b"\x01"
_SIGNER = "PRIVATE+KEY+"


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key and the name it signs under; raises KeyMalformed for what no note can hold."""

    name: str
    public_key: bytes

    def __post_init__(self) -> None:
        if not is_key_name(self.name):
            raise KeyMalformed(why="name")
        if len(self.public_key) != KEY_BYTES:
            raise KeyMalformed(why="length")

    @property
    def key_id(self) -> bytes:
        """Four bytes that, with the name, say which key this is; no proof of anything."""
        return sha256(self.name.encode() + b"\n" + _ED25519 + self.public_key).digest()[:KEY_ID_BYTES]

    def accepts(self, signature: bytes, text: bytes) -> bool:
        """Whether the key made this signature of this text."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public_key).verify(signature, text)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class Signer:
    """A secret key and the name it signs under; raises KeyMalformed for a name that no note can hold."""

    name: str
    private_key: Ed25519PrivateKey = field(repr=False)

    def __post_init__(self) -> None:
        if not is_key_name(self.name):
            raise KeyMalformed(why="name")

    @property
    def verifier(self) -> Verifier:
        """What others need to check its signatures."""
        return Verifier(self.name, self.private_key.public_key().public_bytes_raw())

    def sign(self, text: bytes) -> bytes:
        """Its signature of the text, 64 bytes."""
        return self.private_key.sign(text)


def new_signer(name: str, seed: bytes) -> Signer:
    """The key that grows from 32 random bytes, which are the secret; raises KeyMalformed."""
    if len(seed) != KEY_BYTES:
        raise KeyMalformed(why="length")
    return Signer(name, Ed25519PrivateKey.from_private_bytes(seed))


def is_key_name(name: str) -> bool:
    """Whether a key can be called so: not empty, in UTF-8, without spaces of any script and without plus."""
    return is_line(name) and "+" not in name and not any(map(str.isspace, name))


def write_verifier(verifier: Verifier) -> str:
    """``<name>+<key id in hex>+<base64>``, which may be published."""
    return f"{verifier.name}+{verifier.key_id.hex()}+{write_base64(_ED25519 + verifier.public_key)}"


def read_verifier(text: str) -> Verifier:
    """The verifier that write_verifier wrote; raises KeyMalformed, also where name, id and key do not fit together."""
    name, key_id, key = _read_key(text)
    verifier = Verifier(name, key)
    if verifier.key_id.hex() != key_id:
        raise KeyMalformed(why="key_id")
    return verifier


def write_signer(signer: Signer) -> str:
    """``PRIVATE+KEY+<name>+<key id in hex>+<base64>``, for a file that nobody else can read."""
    seed = signer.private_key.private_bytes_raw()
    return f"{_SIGNER}{signer.name}+{signer.verifier.key_id.hex()}+{write_base64(_ED25519 + seed)}"


def read_signer(text: str) -> Signer:
    """The signer that write_signer wrote; raises KeyMalformed, as read_verifier does."""
    if not text.startswith(_SIGNER):
        raise KeyMalformed(why="form")
    name, key_id, seed = _read_key(text.removeprefix(_SIGNER))
    signer = new_signer(name, seed)
    if signer.verifier.key_id.hex() != key_id:
        raise KeyMalformed(why="key_id")
    return signer


def _read_key(text: str) -> tuple[str, str, bytes]:
    """Name, id in hex, and key of either text."""
    try:
        name, key_id, encoded = text.split("+", 2)
        key = read_base64(encoded)
    except ValueError:
        raise KeyMalformed(why="form") from None
    if key[:1] != _ED25519:
        raise KeyMalformed(why="algorithm")
    return name, key_id, key[1:]
