"""A perceptual hash: pictures that look alike have numbers that differ in few bits.

The lowest frequencies of the picture in grey, 32 by 32, by the discrete cosine transform; each bit says whether one of
64 of them is above their median (C. Zauner, Implementation and Benchmarking of Perceptual Image Hash Functions, 2010).
Why this one, and how well it tells: decision 21.
"""

from math import cos, pi
from statistics import median

from PIL import Image

SIDE, KEPT = 32, 8
_COSINES = tuple(tuple(cos(pi * (2 * x + 1) * wave / (2 * SIDE)) for x in range(SIDE)) for wave in range(1, KEPT + 1))
"""Waves 1 to 8: the one of length zero is the brightness, and tells pictures apart the least."""


def hash_picture(image: Image.Image) -> int:
    """64 bits, the same on every machine but for a bit that lies on the edge."""
    grey = image.convert("L").resize((SIDE, SIDE), Image.Resampling.BOX).tobytes()
    rows = [grey[start : start + SIDE] for start in range(0, SIDE * SIDE, SIDE)]
    across = [[_dot(wave, row) for row in rows] for wave in _COSINES]
    strengths = [_dot(wave, column) for wave in _COSINES for column in across]
    middle, bits = median(strengths), 0
    for strength in strengths:
        bits = bits << 1 | (strength > middle)
    return bits


def _dot(wave: tuple[float, ...], values: "bytes | list[float]") -> float:
    return sum(a * b for a, b in zip(wave, values, strict=True))
