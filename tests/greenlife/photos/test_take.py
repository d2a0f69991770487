"""A photo is taken in as pixels, and nothing else of it stays."""

import hashlib
import io
import zipfile

import pytest
from PIL import ExifTags, Image
from PIL.TiffImagePlugin import IFDRational

from greenlife.photos import take_photo
from greenlife.photos.decode import LONGEST_SIDE
from greenlife.photos.jpeg import read_shape
from tests.greenlife.photos.pictures import photo, picture, saved

GPS = {1: "N", 2: (IFDRational(30), IFDRational(52), IFDRational(3)), 3: "E", 4: (IFDRational(120), IFDRational(5), 0)}


def exif(orientation: int = 1) -> Image.Exif:
    """What a phone writes beside a picture: where, when, and with what."""
    told = Image.Exif()
    told[ExifTags.Base.Orientation] = orientation
    told[ExifTags.Base.Make] = "Phonemaker"
    told[ExifTags.Base.DateTime] = "2026:11:02 09:00:00"
    told.get_ifd(ExifTags.IFD.GPSInfo).update(GPS)
    return told


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def colours(image: Image.Image) -> dict[str, tuple[int, ...]]:
    """What lies in each corner, as a choice of plain colours."""
    width, height = image.size
    at = {"top left": (20, 20), "top right": (width - 20, 20), "bottom left": (20, height - 20)}
    return {corner: tuple(level > 127 for level in image.getpixel(place)) for corner, place in at.items()}


def corners() -> Image.Image:
    """Red at the top left, green at the top right, blue at the bottom left; wider than high."""
    image = Image.new("RGB", (800, 600), "white")
    for colour, at in (("red", (0, 0)), ("lime", (700, 0)), ("blue", (0, 500))):
        image.paste(colour, (*at, at[0] + 100, at[1] + 100))
    return image


def test_the_place_the_time_and_the_phone_are_gone() -> None:
    data = saved(picture(1), quality=90, exif=exif(), comment=b"at home", icc_profile=b"profile" * 40)
    assert opened(data).getexif().get_ifd(ExifTags.IFD.GPSInfo)[2] == GPS[2]
    assert b"Phonemaker" in data and b"at home" in data

    kept = take_photo(data).picture

    assert not opened(kept).getexif()
    assert set(opened(kept).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert b"Phonemaker" not in kept and b"at home" not in kept and b"Exif" not in kept and b"profile" not in kept


@pytest.mark.parametrize("format_", ["PNG", "WEBP"])
def test_they_are_gone_from_other_formats_too(format_: str) -> None:
    data = saved(picture(1), format_, exif=exif().tobytes())
    assert b"Phonemaker" in data

    kept = take_photo(data).picture

    assert opened(kept).format == "JPEG"
    assert b"Phonemaker" not in kept and b"Exif" not in kept


@pytest.mark.parametrize(
    ("orientation", "written"),
    [
        (1, None),
        (2, Image.Transpose.FLIP_LEFT_RIGHT),
        (3, Image.Transpose.ROTATE_180),
        (4, Image.Transpose.FLIP_TOP_BOTTOM),
        (5, Image.Transpose.TRANSPOSE),
        (6, Image.Transpose.ROTATE_90),
        (7, Image.Transpose.TRANSVERSE),
        (8, Image.Transpose.ROTATE_270),
    ],
)
@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP"])
def test_a_picture_held_sideways_is_kept_upright(
    orientation: int, written: Image.Transpose | None, format_: str
) -> None:
    upright = corners()
    lying = upright.transpose(written) if written is not None else upright

    kept = opened(take_photo(saved(lying, format_, exif=exif(orientation))).picture)

    assert kept.size == upright.size
    assert colours(kept) == colours(upright)


def test_without_its_orientation_the_same_picture_would_lie() -> None:
    lying = corners().transpose(Image.Transpose.ROTATE_90)
    kept = opened(take_photo(saved(lying)).picture)
    assert kept.size == lying.size != corners().size


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")  # the decoder says what is wrong on purpose here
def test_an_orientation_that_cannot_be_read_is_no_reason_to_refuse() -> None:
    told = b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\xff\xff\x01\x12"
    assert take_photo(saved(picture(1), exif=told)).picture


@pytest.mark.parametrize(
    ("size", "kept"), [((4000, 3000), (1600, 1200)), ((900, 2400), (600, 1600)), ((300, 200), (300, 200))]
)
def test_a_large_picture_is_kept_small_and_a_small_one_as_it_is(size: tuple[int, int], kept: tuple[int, int]) -> None:
    assert opened(take_photo(photo(2, size)).picture).size == kept
    assert max(kept) <= LONGEST_SIDE


def test_the_hash_is_that_of_the_file_as_it_was_sent() -> None:
    data = photo(3)
    assert take_photo(data).sha256 == hashlib.sha256(data).hexdigest()
    assert take_photo(data) == take_photo(data)


def test_what_hangs_behind_or_inside_the_picture_is_gone() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("page.html", "<script>alert(1)</script>")
    data = saved(picture(4), comment=b"<script>alert(2)</script>") + archive.getvalue()
    assert zipfile.is_zipfile(io.BytesIO(data))

    kept = take_photo(data).picture

    assert not zipfile.is_zipfile(io.BytesIO(kept))
    assert b"script" not in kept
    assert read_shape(kept).end == len(kept)


def test_a_phone_that_writes_two_pictures_in_one_file_sends_the_first() -> None:
    both = io.BytesIO()
    picture(5).save(both, "MPO", save_all=True, append_images=[picture(6)])
    assert opened(both.getvalue()).n_frames == 2

    assert take_photo(both.getvalue()).alike == take_photo(saved(picture(5))).alike


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_kind_of_png_becomes_a_picture(mode: str) -> None:
    image = picture(7).convert("L").convert("I;16") if mode == "I;16" else picture(7).convert(mode)
    assert opened(take_photo(saved(image, "PNG")).picture).mode == "RGB"


def test_what_can_be_seen_through_lies_on_white() -> None:
    kept = opened(take_photo(saved(Image.new("RGBA", (300, 300), (0, 0, 0, 0)), "PNG")).picture)
    assert kept.getpixel((150, 150)) == (255, 255, 255)
