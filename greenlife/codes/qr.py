"""QR codes as rows of dark and light, for a face to draw."""

from qrcode.constants import ERROR_CORRECT_L, ERROR_CORRECT_M, ERROR_CORRECT_Q
from qrcode.main import QRCode

LARGEST_TEXT = 2953
"""Bytes that the largest code holds at level L (ISO/IEC 18004, version 40)."""


def qr_modules(text: str, *, outdoors: bool = False) -> list[list[bool]]:
    """Square rows, dark is True, without the quiet zone; level M, outdoors Q."""
    code: QRCode = QRCode(error_correction=ERROR_CORRECT_Q if outdoors else ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    return _rows(code)


def qr_modules_of_text(text: str) -> list[list[bool]] | None:
    """A long text as one code at level L, or None where it is too long for any."""
    if len(text.encode()) > LARGEST_TEXT:
        return None
    # Base64 looks random under every mask, and to weigh all eight would cost four times as much.
    code: QRCode = QRCode(error_correction=ERROR_CORRECT_L, border=0, mask_pattern=0)
    code.add_data(text.encode(), optimize=0)
    code.make(fit=True)
    return _rows(code)


def _rows(code: QRCode) -> list[list[bool]]:
    return [[bool(module) for module in row] for row in code.get_matrix()]
