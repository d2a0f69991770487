"""What is no photo, or one that would cost too much to open, is refused before it is opened."""

import io
import struct
import zlib
from random import Random

import pytest
from PIL import Image

from greenlife import errors
from greenlife.errors import GreenlifeError
from greenlife.photos import LARGEST_FILE, MEGABYTE, take_photo
from greenlife.photos import decode as decoding
from greenlife.photos.header import MOST_CHUNKS, MOST_SCANS
from greenlife.photos.jpeg import MOST_SEGMENTS, read_shape
from tests.greenlife.photos.pictures import photo, picture, saved

PHOTO_ERRORS = {name for name in vars(errors) if name.startswith("Photo")}


def refusal(data: bytes) -> str:
    with pytest.raises(GreenlifeError) as caught:
        take_photo(data)
    return caught.value.code


@pytest.fixture
def never_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A decoder that must not be asked."""

    class Asked:
        def __init__(self, *_: object) -> None:
            raise AssertionError("this file was given to a decoder")

    monkeypatch.setattr(decoding, "_DECODERS", dict.fromkeys(decoding._DECODERS, Asked))


def png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int, body: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", head) + png_chunk(b"IDAT", body) + png_chunk(b"IEND", b"")


def with_size(jpeg: bytes, width: int, height: int) -> bytes:
    """The same file with another size in its header."""
    at = jpeg.index(b"\xff\xc0")
    return jpeg[: at + 5] + struct.pack(">HH", height, width) + jpeg[at + 9 :]


def with_scans(copies: int) -> bytes:
    """A progressive picture whose last scan comes again and again."""
    data = saved(picture(1, (800, 600)), progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * copies + b"\xff\xd9"


def animated(format_: str) -> bytes:
    file = io.BytesIO()
    picture(1, (400, 300)).save(file, format_, save_all=True, append_images=[picture(2, (400, 300))])
    return file.getvalue()


WEBP_OF_16383 = b"RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00" + b"\x00" * 4 + b"\xfe\x3f\x00" * 2 + b"\x00" * 20
BOMBS = {
    "a PNG of 900 megapixels in a megabyte": png(30_000, 30_000, zlib.compress(bytes(30_001) * 30_000, 9)),
    "a JPEG whose header says 3600": with_size(photo(1), 60_000, 60_000),
    "a JPEG of 100": with_size(photo(1), 11_600, 8_700),
    "a JPEG just above what is taken": with_size(photo(1), 10_000, 5_001),
    "a progressive one, which has to lie in memory whole": saved(Image.new("L", (5000, 3000)), progressive=True),
    "a WebP as large as they come": WEBP_OF_16383,
}


@pytest.mark.usefixtures("never_decoded")
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_by_its_header(name: str) -> None:
    assert len(BOMBS[name]) < MEGABYTE
    assert refusal(BOMBS[name]) == "photo_too_many_pixels"


@pytest.mark.usefixtures("never_decoded")
def test_more_scans_than_any_camera_makes_are_refused_before_they_are_gone_over() -> None:
    assert read_shape(with_scans(500)).scans > 500
    assert refusal(with_scans(500)) == "photo_broken"


def test_a_few_more_scans_are_a_picture() -> None:
    usual = read_shape(with_scans(1)).scans
    assert take_photo(with_scans(MOST_SCANS - usual))


def with_chunks(count: int) -> bytes:
    """A PNG with so many remarks before its picture."""
    data = saved(picture(1, (240, 220)), "PNG")
    return data[:33] + png_chunk(b"tEXt", b"x\0a") * count + data[33:]


@pytest.mark.usefixtures("never_decoded")
def test_a_png_in_crumbs_is_refused_before_they_are_gone_through() -> None:
    assert refusal(with_chunks(MOST_CHUNKS)) == "photo_broken"


def test_some_remarks_in_a_png_are_a_picture() -> None:
    assert take_photo(with_chunks(MOST_CHUNKS // 2))


@pytest.mark.parametrize("size", [(9000, 220), (220, 9000)])
def test_a_strip_of_which_nothing_is_left_to_look_at_is_refused(size: tuple[int, int]) -> None:
    assert refusal(saved(Image.new("RGB", size, "red"))) == "photo_too_small"
    wide = 1600, 210  # the control: the longest side stays as it is, so the other one does too
    assert take_photo(saved(Image.new("RGB", wide, "red")))


def test_a_real_picture_does_reach_the_decoder(never_decoded: None) -> None:
    with pytest.raises(AssertionError, match="decoder"):
        decoding._decode(photo(1), decoding.Header(decoding.Format.JPEG, 1200, 900, True, -1))


@pytest.mark.usefixtures("never_decoded")
@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "photo_missing"),
        (b"x" * (LARGEST_FILE * MEGABYTE + 1), "photo_too_large"),
        (b"<html><img src=x onerror=alert(1)>", "photo_not_known"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "photo_not_known"),
        (saved(picture(1), "GIF"), "photo_not_known"),
        (saved(picture(1, (300, 300)), "TIFF"), "photo_not_known"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "photo_heif"),
        (b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00avifmif1", "photo_heif"),
        (animated("PNG"), "photo_moving"),
        (animated("WEBP"), "photo_moving"),
        (photo(1, (400, 199)), "photo_too_small"),
        (b"\xff\xd8\xff", "photo_broken"),
        (b"\xff\xd8" + b"\xff\xe0\x00\x02" * (MOST_SEGMENTS + 1), "photo_broken"),
        (photo(1)[:600], "photo_broken"),
        (photo(1)[:-2000], "photo_broken"),
        (with_size(photo(1), 0, 900), "photo_broken"),
        (b"\x89PNG\r\n\x1a\n", "photo_broken"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "photo_broken"),
    ],
)  # fmt: skip
def test_what_is_no_photo_is_refused_by_its_own_name(data: bytes, code: str) -> None:
    assert refusal(data) == code


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP"])
def test_a_picture_of_which_the_end_is_missing_is_refused(format_: str) -> None:
    data = saved(picture(1), format_)
    assert take_photo(data)
    assert refusal(data[: len(data) * 2 // 3]) == "photo_broken"


def test_a_header_that_says_more_than_there_is_gives_a_picture_that_is_grey_below() -> None:
    kept = Image.open(io.BytesIO(take_photo(with_size(photo(1), 4800, 3600)).picture))
    assert kept.size == (1600, 1200)
    assert kept.resize((8, 8)).crop((0, 4, 8, 8)).getextrema() == ((128, 128),) * 3


def test_a_png_that_says_less_than_there_is_stays_as_small_as_it_says() -> None:
    data = png(300, 300, zlib.compress(bytes(100_000_000), 9))
    assert Image.open(io.BytesIO(take_photo(data).picture)).size == (300, 300)


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP"])
def test_whatever_was_done_to_a_file_it_is_a_picture_or_refused_by_name(format_: str) -> None:
    random = Random(7)
    data = saved(picture(1, (240, 220)), format_, **({"progressive": True} if format_ == "JPEG" else {}))
    for _ in range(150):
        broken = bytearray(data)
        for _ in range(random.choice((1, 3, 30))):
            broken[random.randrange(min(len(broken), random.choice((60, 700, len(broken)))))] = random.randrange(256)
        try:
            take_photo(bytes(broken))
        except GreenlifeError as error:
            assert type(error).__name__ in PHOTO_ERRORS
