"""What a JPEG says of itself, read marker by marker before anything decodes it."""

import re
from dataclasses import dataclass

BASELINE, PROGRESSIVE = frozenset({0xC0, 0xC1}), 0xC2
OTHER_FRAMES = frozenset({0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
"""Lossless, hierarchical, arithmetic: no phone and no browser makes them."""

START, SCAN, END = 0xD8, 0xDA, 0xD9
MOST_SEGMENTS = 2000
"""Profiles, depth maps and thumbnails come in segments of 64 KB; more is somebody's idea of keeping us busy."""

_NEXT_MARKER = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])", re.DOTALL)
"""Inside a scan, FF is followed by 00 or by a restart marker; anything else ends the scan."""


class NotReadable(Exception):
    """Not a JPEG as cameras and browsers write it."""


@dataclass(frozen=True, slots=True)
class JpegShape:
    """``scans`` is how many times the picture is gone over; ``end`` is where it ends in the file."""

    width: int
    height: int
    progressive: bool
    scans: int
    end: int


def read_shape(data: bytes) -> JpegShape:
    """The first picture's shape; what comes behind it, such as a moving picture, is not looked at. Raises NotReadable.

    Of time it takes at most some milliseconds a megabyte, whatever the file says.
    """
    width = height = scans = 0
    progressive, at = False, 2
    for _ in range(MOST_SEGMENTS):
        marker, at = _marker(data, at)
        if marker == END:
            break
        length = int.from_bytes(data[at : at + 2])
        if marker in BASELINE or marker == PROGRESSIVE:
            if width or length < 8 or at + 7 > len(data):
                raise NotReadable
            height, width = int.from_bytes(data[at + 3 : at + 5]), int.from_bytes(data[at + 5 : at + 7])
            progressive = marker == PROGRESSIVE
        elif marker in OTHER_FRAMES or marker == START or length < 2:
            raise NotReadable
        scans += marker == SCAN
        at += length
    else:
        raise NotReadable
    if not (width and height and scans):
        raise NotReadable
    return JpegShape(width, height, progressive, scans, at)


def _marker(data: bytes, at: int) -> tuple[int, int]:
    """The next marker and where its segment begins."""
    found = _NEXT_MARKER.search(data, at)
    if found is None:
        raise NotReadable
    return found[1][0], found.end()
