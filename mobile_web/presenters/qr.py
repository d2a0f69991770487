"""QR codes as one SVG path, dark on white in every theme."""

from dataclasses import dataclass

from greenlife.codes import qr_modules, qr_modules_of_text

QUIET = 4
"""Modules of white around the code, as ISO/IEC 18004 asks for."""


@dataclass(frozen=True)
class QrPicture:
    """``path`` on a square whose view box is ``view_box``."""

    path: str
    view_box: str


def qr_picture(text: str) -> QrPicture:
    return _picture(qr_modules(text))


def qr_picture_of_text(text: str) -> QrPicture | None:
    """A long text as one dense code; None where no code holds it."""
    rows = qr_modules_of_text(text)
    return _picture(rows) if rows else None


def _picture(rows: list[list[bool]]) -> QrPicture:
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
