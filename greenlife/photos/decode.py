"""A picture decoded within bounds of memory, turned upright, and saved anew: nothing but what can be seen is left."""

import io
from threading import Lock

from PIL import ExifTags, Image
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from greenlife.errors import PhotoBroken, PhotoMoving
from greenlife.photos.header import Format, Header

LONGEST_SIDE = 1600
"""Pixels of what is kept; placeholder, to be set by the city. Small print on a receipt can be read at this size."""
QUALITY = 80
_PAPER = "white"

# The classes themselves: no other decoder is ever asked, and a phone's picture with a second one in it is the first.
_DECODERS: dict[Format, type[ImageFile]] = {
    Format.JPEG: JpegImageFile,
    Format.PNG: PngImageFile,
    Format.WEBP: WebPImageFile,
}
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What brings each of EXIF's orientations upright."""
_ONE_AT_A_TIME = Lock()
"""However many send at once, only one picture lies in memory."""


def decode(data: bytes, header: Header) -> Image.Image:
    """The picture upright, in RGB, no side above LONGEST_SIDE, without any metadata; raises PhotoBroken, PhotoMoving."""
    with _ONE_AT_A_TIME:
        try:
            return _decode(data[: header.end], header)
        except (PhotoBroken, PhotoMoving, MemoryError):
            raise
        except Exception as error:  # a decoder of hostile bytes raises whatever its parsers meet
            raise PhotoBroken from error


def _decode(data: bytes, header: Header) -> Image.Image:
    with _DECODERS[header.format](io.BytesIO(data)) as image:
        if image.size != (header.width, header.height):
            raise PhotoBroken
        if getattr(image, "is_animated", False):
            raise PhotoMoving
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        image.load()
        turn = _turn(image)
        small = _small(image)
    # Pixels alone: whatever the file said beside them stays behind.
    clean = Image.frombytes("RGB", small.size, small.tobytes())
    return clean.transpose(turn) if turn is not None else clean


def _turn(image: Image.Image) -> Image.Transpose | None:
    """What the camera says has to be done to hold it upright; a broken note of it is no reason to refuse the picture."""
    try:
        return _TURNS.get(image.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # noqa: BLE001  (as above)
        return None


def _small(image: Image.Image) -> Image.Image:
    if image.mode in {"P", "1"}:
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    if not image.has_transparency_data:
        return image.convert("RGB")
    on_paper = Image.new("RGBA", image.size, _PAPER)
    on_paper.alpha_composite(image.convert("RGBA"))
    return on_paper.convert("RGB")


def encode(image: Image.Image) -> bytes:
    """A JPEG of it."""
    file = io.BytesIO()
    image.save(file, "JPEG", quality=QUALITY, optimize=True)
    return file.getvalue()
