"""A photo taken in: looked at from outside, then decoded, and what is left of it."""

import hashlib
from dataclasses import dataclass

from greenlife.errors import PhotoMissing, PhotoTooLarge, PhotoTooManyPixels, PhotoTooSmall
from greenlife.photos.alike import hash_picture
from greenlife.photos.decode import decode, encode
from greenlife.photos.header import Header, read_header

MEGABYTE, MEGAPIXEL = 1024 * 1024, 1_000_000

LARGEST_FILE = 10
"""Megabytes; placeholder, to be set by the city. Phones write 3 to 6 for 12 megapixels."""

MOST_PIXELS, MOST_PIXELS_WHOLE = 50, 12
"""Megapixels: of a JPEG that can be decoded at a smaller size, and of what lies whole in memory while it is decoded.

Placeholders, to be set by the size of the server: each takes less than 200 MB for less than a second (decision 21).
"""

SHORTEST_SIDE = 200
"""Pixels; on less nobody recognises what was done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenPhoto:
    """``sha256`` of the file as it was sent, the perceptual hash (64 bits, unsigned), and the picture as it is kept."""

    sha256: str
    alike: int
    picture: bytes


def take_photo(data: bytes) -> TakenPhoto:
    """A photo of which only the picture is left; the same bytes give the same answer.

    It takes up to some tenths of a second, so it is done before a transaction begins. Raises PhotoMissing,
    PhotoTooLarge, PhotoTooManyPixels, PhotoTooSmall, PhotoNotKnown, PhotoHeif, PhotoMoving, PhotoBroken.
    """
    if not data:
        raise PhotoMissing
    if len(data) > LARGEST_FILE * MEGABYTE:
        raise PhotoTooLarge(most=LARGEST_FILE)
    header = read_header(data)
    _check_size(header)
    picture = decode(data, header)
    _check_sides(picture.size)  # a strip is less than it seemed once it is as small as it is kept
    return TakenPhoto(sha256=hashlib.sha256(data).hexdigest(), alike=hash_picture(picture), picture=encode(picture))


def _check_size(header: Header) -> None:
    most = MOST_PIXELS if header.in_parts else MOST_PIXELS_WHOLE
    if header.pixels > most * MEGAPIXEL:
        raise PhotoTooManyPixels(most=most)
    _check_sides((header.width, header.height))


def _check_sides(size: tuple[int, int]) -> None:
    if min(size) < SHORTEST_SIDE:
        raise PhotoTooSmall(least=SHORTEST_SIDE)
