"""Crockford's base 32, upper case: readable aloud, and in the alphanumeric mode of QR codes."""

import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})
_AS_PYTHON_COUNTS = str.maketrans(ALPHABET, "0123456789abcdefghijklmnopqrstuv")
_SPACERS = str.maketrans(dict.fromkeys(" -_.\t\u00a0\u2009\u2013\u2014"))


def encode(data: bytes, length: int) -> str:
    """The first ``length`` symbols (5 bits each) of ``data``."""
    number = int.from_bytes(data) << (-8 * len(data) % 5)
    symbols = (8 * len(data) + 4) // 5
    return "".join(ALPHABET[(number >> 5 * (symbols - 1 - at)) & 31] for at in range(length))


def number_of(symbols: str) -> int:
    """What well-formed symbols count, five bits each."""
    return int(symbols.translate(_AS_PYTHON_COUNTS), 32)


def normalise(text: str) -> str:
    """What people type, as it was printed: width, case, spaces and look-alike letters put right."""
    return unicodedata.normalize("NFKC", text).strip().translate(_SPACERS).upper().translate(_MISREAD)


def is_code(text: str, length: int) -> bool:
    return len(text) == length and not text.strip(ALPHABET)


def group(text: str) -> str:
    """The code in two halves, as it is printed and read aloud."""
    half = len(text) // 2
    return f"{text[:half]} {text[half:]}"
