"""QR codes as rows of dark and light, for a face to draw."""

from qrcode.constants import ERROR_CORRECT_M, ERROR_CORRECT_Q
from qrcode.main import QRCode


def qr_modules(text: str, *, outdoors: bool = False) -> list[list[bool]]:
    """Square rows, dark is True, without the quiet zone; level M, outdoors Q."""
    code: QRCode = QRCode(error_correction=ERROR_CORRECT_Q if outdoors else ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.get_matrix()]
