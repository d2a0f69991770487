"""The test browser's fonts have a picture of each character that the catalogues write; what they lack is drawn as a box."""

from pathlib import Path

from reportlab.pdfbase.ttfonts import TTFont

from translations import BABEL_NAMES
from translations.collect import read_catalogue

FONTS = Path(__file__).parents[1] / "browser/node_modules/@expo-google-fonts"
CHINESE = FONTS / "noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf"
BESIDE = FONTS / "noto-sans/400Regular/NotoSans_400Regular.ttf"


def drawn_by(*fonts: Path) -> set[str]:
    return {chr(code) for path in fonts for code in TTFont(str(path), str(path)).face.charToGlyph}


def written() -> set[str]:
    """Every visible character of every text in every language."""
    texts = [
        form
        for name in BABEL_NAMES.values()
        for message in read_catalogue(name)
        if message.id
        for text in (message.id, message.string)
        for form in (text if isinstance(text, tuple | list) else [text])
    ]
    return {character for text in texts for character in str(text) if character.isprintable() and character != " "}


def test_each_character_of_the_catalogues_is_drawn() -> None:
    assert written() - drawn_by(CHINESE, BESIDE) == set()


def test_control_the_chinese_font_alone_draws_a_box_for_the_small_two() -> None:
    assert "₂" in written() - drawn_by(CHINESE)
