"""The typeface of the sheets: a TrueType file, of which the glyphs that are used go into each PDF.

A PDF can also name a Chinese font and leave it to the reader's program to have it. A print shop that has not prints a
poster without words, and nobody sees that before it hangs.
"""

from dataclasses import dataclass
from pathlib import Path

from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from greenlife.errors import TypefaceLacks, TypefaceMissing, TypefaceUnusable

USUAL = (
    Path("/usr/share/fonts-droid-fallback/truetype/DroidSansFallbackFull.ttf"),
    Path("/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf"),
    Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"),
    Path("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"),
)
"""Where Debian's packages with a Chinese TrueType font put it."""
KEY = "--font"


@dataclass(frozen=True)
class Typeface:
    """A registered font and the file that it came from."""

    name: str
    path: Path
    font: TTFont

    def fit(self, text: str, size: float, width: float) -> float:
        """The size, or the smaller one at which the text is no wider than that.

        Raises TypefaceLacks where the font lacks a character: an empty box would be printed.
        """
        lacking = next((symbol for symbol in text if ord(symbol) not in self.font.face.charToGlyph), None)
        if lacking is not None:
            raise TypefaceLacks(where=str(self.path), key=KEY, why=f"has no {lacking!r}", character=lacking)
        return min(size, size * width / max(float(self.font.stringWidth(text, size)), 1.0))


def find_typeface(path: Path | None) -> Path | None:
    """The file that was named, or the first of the usual places that has one; None where there is nothing to print with."""
    return path or next((usual for usual in USUAL if usual.is_file()), None)


def load_typeface(path: Path | None) -> Typeface:
    """The typeface of the file, or of the first of the usual places; raises TypefaceMissing, TypefaceUnusable."""
    path = find_typeface(path)
    if path is None:
        why = "names no TrueType font with Chinese, and none is installed (Debian: apt install fonts-droid-fallback)"
        raise TypefaceMissing(where="command line", key=KEY, why=why)
    try:
        # Registered for the whole process, so each file has a name of its own.
        font = TTFont(str(path), str(path))
    except (TTFError, OSError) as error:
        raise TypefaceUnusable(where=str(path), key=KEY, why="is no TrueType font that can be embedded") from error
    registerFont(font)
    return Typeface(str(path), path, font)
