"""The one spelling that numbers, bytes and lines have in notes, checkpoints and proofs.

Two spellings of one thing would let a signed or hashed text change without anybody noticing, so only the one is read.
"""

import re
from base64 import b64decode, b64encode

from ledger.tlog.merkle import LARGEST_SIZE

_DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}")


def write_base64(data: bytes) -> str:
    """Standard base64 with padding: RFC 4648 section 4."""
    return b64encode(data).decode("ascii")


def read_base64(text: str) -> bytes:
    """The bytes; raises ValueError for other alphabets, missing padding, and bits that are set in the padding."""
    data = b64decode(text, validate=True)
    if write_base64(data) != text:
        raise ValueError
    return data


def read_decimal(text: str) -> int:
    """A number from 0 to LARGEST_SIZE; raises ValueError for signs, leading zeros and digits that are not ASCII."""
    if not _DECIMAL.fullmatch(text) or int(text) > LARGEST_SIZE:
        raise ValueError
    return int(text)


def is_line(text: str) -> bool:
    """Whether ``text`` is a line that is not empty, has no ASCII control characters, and can be written in UTF-8."""
    return bool(text) and min(text) >= " " and not any("\ud800" <= letter <= "\udfff" for letter in text)
