"""What a file is and how large the picture in it, by its first bytes: before any decoder has seen it."""

from dataclasses import dataclass
from enum import StrEnum

from greenlife.errors import PhotoBroken, PhotoHeif, PhotoMoving, PhotoNotKnown
from greenlife.photos.jpeg import NotReadable, read_shape

_PNG = b"\x89PNG\r\n\x1a\n"
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"}
_MOVES = 0b10
"""The flag of an extended WebP that says: it moves."""

MOST_SCANS = 50
"""Of a progressive JPEG; encoders use about ten. Each goes over the whole picture, and costs a few bytes in the file."""

MOST_CHUNKS = 5000
"""Of a PNG; encoders put 8 KB or more into each. The decoder takes them one by one, and more only keep it busy."""


class Format(StrEnum):
    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WebP"


@dataclass(frozen=True, slots=True)
class Header:
    """``in_parts``: whether it can be decoded small, without the whole picture in memory; ``end``: where it ends."""

    format: Format
    width: int
    height: int
    in_parts: bool
    end: int

    @property
    def pixels(self) -> int:
        return self.width * self.height


def read_header(data: bytes) -> Header:
    """By content, whatever the file is called; raises PhotoNotKnown, PhotoHeif, PhotoMoving, PhotoBroken."""
    if data.startswith(b"\xff\xd8\xff"):
        return _jpeg(data)
    if data.startswith(_PNG):
        return _png(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp(data)
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        raise PhotoHeif
    raise PhotoNotKnown


def _jpeg(data: bytes) -> Header:
    try:
        shape = read_shape(data)
    except NotReadable as error:
        raise PhotoBroken from error
    if shape.scans > MOST_SCANS:
        raise PhotoBroken
    return Header(Format.JPEG, shape.width, shape.height, not shape.progressive, shape.end)


def _png(data: bytes) -> Header:
    if data[12:16] != b"IHDR" or len(data) < 33:
        raise PhotoBroken
    width, height, at = int.from_bytes(data[16:20]), int.from_bytes(data[20:24]), len(_PNG)
    for _ in range(MOST_CHUNKS):
        kind = data[at + 4 : at + 8]
        if kind == b"acTL":
            raise PhotoMoving
        if not kind or kind == b"IEND":
            break
        at += int.from_bytes(data[at : at + 4]) + 12
    else:
        raise PhotoBroken
    return Header(Format.PNG, width, height, False, len(data))


def _webp(data: bytes) -> Header:
    """Lossy, lossless or extended (RFC 9649); the size of each lies elsewhere."""
    kind = data[12:16]
    if len(data) < 30:
        raise PhotoBroken
    if kind == b"VP8 ":
        width, height = (int.from_bytes(data[at : at + 2], "little") & 0x3FFF for at in (26, 28))
    elif kind == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    elif kind == b"VP8X":
        if data[20] & _MOVES:
            raise PhotoMoving
        width, height = (int.from_bytes(data[at : at + 3], "little") + 1 for at in (24, 27))
    else:
        raise PhotoBroken
    return Header(Format.WEBP, width, height, False, len(data))
