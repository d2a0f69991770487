"""The same picture saved, scaled, cropped or lit otherwise stays alike; another picture does not."""

import io
from itertools import combinations

import pytest
from PIL import Image, ImageEnhance

from greenlife.photos import take_photo
from greenlife.photos.alike import hash_picture
from greenlife.review.history import bands
from tests.greenlife.photos.pictures import picture, plain_picture, saved

SCENES = [make(seed) for seed in range(25) for make in (picture, plain_picture)]
HASHES = [hash_picture(scene) for scene in SCENES]
MOST_BITS = 8
"""As the rule ``photo_reused`` has it."""


def saved_again(scene: Image.Image, quality: int) -> Image.Image:
    return Image.open(io.BytesIO(saved(scene, quality=quality)))


def cropped(scene: Image.Image) -> Image.Image:
    width, height = scene.size
    return scene.crop((width // 100, height // 100, width - width // 100, height - height // 100))


CHANGES = {
    "saved at quality 40": lambda scene: saved_again(scene, 40),
    "saved at quality 75": lambda scene: saved_again(scene, 75),
    "saved at quality 95": lambda scene: saved_again(scene, 95),
    "half as large": lambda scene: scene.resize((scene.width // 2, scene.height // 2)),
    "cropped by 2 %": cropped,
    "15 % brighter": lambda scene: ImageEnhance.Brightness(scene).enhance(1.15),
    "15 % darker": lambda scene: ImageEnhance.Brightness(scene).enhance(0.85),
}
LEAST_FOUND = {"cropped by 2 %": 43, "15 % brighter": 43}
"""Of the fifty scenes. Four bits that differ may lie in four bands: then the history does not find the picture."""


def is_found(one: int, other: int) -> bool:
    """As the history finds it, by a band in common, and the rule counts it."""
    return (one ^ other).bit_count() <= MOST_BITS and bool(set(bands(one)) & set(bands(other)))


def how_many_are_found(change: str) -> int:
    return sum(
        is_found(known, hash_picture(CHANGES[change](scene))) for known, scene in zip(HASHES, SCENES, strict=True)
    )


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_picture_is_known_again(change: str) -> None:
    assert how_many_are_found(change) >= LEAST_FOUND.get(change, 48)


def test_pictures_of_other_things_are_not_taken_for_one_another() -> None:
    taken_for = [pair for pair in combinations(HASHES, 2) if is_found(*pair)]
    assert len(taken_for) <= 1  # of 1,225
    between = sorted((one ^ other).bit_count() for one, other in combinations(HASHES, 2))
    assert between[len(between) // 2] >= 28


def test_a_picture_in_a_mirror_is_another_one() -> None:
    """What it cannot do, said here: whoever mirrors a picture is found by people."""
    mirrored = SCENES[0].transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    assert not is_found(HASHES[0], hash_picture(mirrored))


def test_the_hash_has_64_bits_and_is_that_of_the_upright_picture() -> None:
    assert all(0 <= one < 1 << 64 for one in HASHES)
    known = take_photo(saved(SCENES[0])).alike
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = SCENES[0].transpose(Image.Transpose.ROTATE_90)
    assert is_found(known, take_photo(saved(lying, exif=exif)).alike)
    assert not is_found(known, take_photo(saved(lying)).alike)


def test_a_wall_and_nothing_else_has_a_hash_too() -> None:
    assert hash_picture(Image.new("RGB", (800, 600), "grey")) == hash_picture(Image.new("RGB", (640, 480), "grey"))
