"""QR codes as one SVG path, dark on white in every theme."""

from dataclasses import dataclass

from greenlife.codes import qr_modules

QUIET = 4
"""Modules of white around the code, as ISO/IEC 18004 asks for."""


@dataclass(frozen=True)
class QrPicture:
    """``path`` on a square whose view box is ``view_box``."""

    path: str
    view_box: str


def qr_picture(text: str) -> QrPicture:
    rows = qr_modules(text)
    path = "".join(_runs(y, row) for y, row in enumerate(rows))
    side = len(rows) + 2 * QUIET
    return QrPicture(path, f"{-QUIET} {-QUIET} {side} {side}")


def _runs(y: int, row: list[bool]) -> str:
    """Neighbouring dark modules as one rectangle: a third of the size of one each."""
    parts, x = [], 0
    while x < len(row):
        start = x
        while x < len(row) and row[x]:
            x += 1
        if x > start:
            parts.append(f"M{start} {y}h{x - start}v1h-{x - start}z")
        x += 1
    return "".join(parts)
