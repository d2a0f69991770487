"""A camera that sees one code: a film of pictures for Chromium's fake device."""

import io
from pathlib import Path

from PIL import Image
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

WIDTH, HEIGHT, FRAMES = 640, 480, 20


def film(text: str, path: Path) -> Path:
    """JPEGs one after another: the code, a little tilted, on a desk."""
    code: QRCode = QRCode(error_correction=ERROR_CORRECT_M, border=4, box_size=8)
    code.add_data(text)
    code.make(fit=True)
    return _film(code.make_image().get_image(), path)


def film_of(shown: bytes, path: Path) -> Path:
    """The same of a picture that some page shows."""
    return _film(Image.open(io.BytesIO(shown)), path)


def _film(shown: Image.Image, path: Path) -> Path:
    picture = shown.convert("RGB")
    picture.thumbnail((360, 360))
    with path.open("wb") as file:
        for number in range(FRAMES):
            desk = Image.new("RGB", (WIDTH, HEIGHT), (186, 178, 160))
            tilted = picture.rotate(number % 5 - 2, expand=True, fillcolor=(186, 178, 160))
            desk.paste(tilted, ((WIDTH - tilted.width) // 2, (HEIGHT - tilted.height) // 2))
            frame = io.BytesIO()
            desk.save(frame, "JPEG", quality=80)
            file.write(frame.getvalue())
    return path
