"""Poster codes: an upper-case address that any phone camera opens."""

POSTER_PATH = "/P/"
POSTER_LENGTH = 26
"""128 bits in base 32."""
SHORT_LENGTH = 8
"""What is printed below for typing: the first 40 bits."""


def poster_url(base_url: str, code: str) -> str:
    """The text of the QR code: all of it in QR's alphanumeric mode, so that the picture stays small."""
    return f"{base_url}{POSTER_PATH}{code}".upper()
