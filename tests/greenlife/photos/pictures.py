"""Pictures made from a seed, nothing of anybody's: light and shade, things of many sizes, and a sensor's noise."""

import io
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

SIZE = (1200, 900)


def picture(seed: int, size: tuple[int, int] = SIZE) -> Image.Image:
    """A scene as a phone sees it, the same for the same seed."""
    random, (width, height) = Random(seed), size
    scene = Image.linear_gradient("L").rotate(random.choice((0, 90, 180, 270))).resize(size)
    image = Image.merge("RGB", [scene.point(_between(random)) for _ in range(3)])
    draw = ImageDraw.Draw(image)
    for part in range(40):
        reach = width / (2 + part / 2)
        x, y = random.uniform(-reach / 2, width), random.uniform(-reach / 2, height)
        box = (x, y, x + random.uniform(0.2, 1) * reach, y + random.uniform(0.2, 1) * reach)
        colour = tuple(random.randrange(256) for _ in range(3))
        (draw.ellipse if random.random() < 0.5 else draw.rectangle)(box, fill=colour)
    image = image.filter(ImageFilter.GaussianBlur(width / 400))
    return ImageChops.add(image, _noise(random, size), scale=1, offset=-8)


def plain_picture(seed: int, size: tuple[int, int] = SIZE) -> Image.Image:
    """Two things before a wall, as photos of cups and bags are: the hardest to tell apart."""
    random, (width, height) = Random(seed), size
    wall = random.randrange(150, 240)
    image = Image.new("RGB", size, (wall, wall - random.randrange(20), wall - random.randrange(30)))
    draw = ImageDraw.Draw(image)
    for _ in range(2):
        x, y = random.uniform(0.1, 0.6) * width, random.uniform(0.05, 0.45) * height
        box = (x, y, x + random.uniform(0.12, 0.33) * width, y + random.uniform(0.16, 0.55) * height)
        colour = tuple(random.randrange(256) for _ in range(3))
        (draw.ellipse if random.random() < 0.5 else draw.rectangle)(box, fill=colour)
    image = image.filter(ImageFilter.GaussianBlur(width / 400))
    return ImageChops.add(image, _noise(random, size), scale=1, offset=-8)


def saved(image: Image.Image, format_: str = "JPEG", **options: object) -> bytes:
    """The picture as a file."""
    file = io.BytesIO()
    image.save(file, format_, **options)
    return file.getvalue()


def photo(seed: int, size: tuple[int, int] = SIZE, **options: object) -> bytes:
    """A scene as a JPEG."""
    return saved(picture(seed, size), quality=90, **options)


def _between(random: Random) -> list[int]:
    """A channel's light: from one level to another."""
    low, high = sorted((random.randrange(40, 220), random.randrange(40, 220)))
    return [low + (high - low) * level // 255 for level in range(256)]


def _noise(random: Random, size: tuple[int, int]) -> Image.Image:
    small = (size[0] // 4, size[1] // 4)
    grey = Image.frombytes("L", small, bytes(byte & 15 for byte in random.randbytes(small[0] * small[1])))
    return grey.resize(size).convert("RGB")
