"""Sheets of A4, one poster each: what, where, the QR code for outdoors, and the code to type.

Lengths are in points, 72 to the inch, from the lower left corner.
"""

from collections.abc import Sequence
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from greenlife.codes import qr_modules
from greenlife.posters.sheet import Sheet
from greenlife.posters.typeface import Typeface
from translations import N_, pick, texts_for

WIDTH, HEIGHT = A4
MARGIN = 48
CODE_SIDE = 340
"""Twelve centimetres with the quiet zone: read from a metre and a half."""
QUIET = 4
"""Modules of white around the code, as ISO/IEC 18004 asks for."""
LANGUAGES = ("zh-CN", "en")
SCAN = N_("Scan with the camera of your phone")
TYPE = N_("No luck? Open the green life code, press Scan and type")
WHOSE = N_("Green life code")
_INK, _QUIET_INK, _GREEN = 0x141613, 0x50544D, 0x1F6B4F


def draw_sheets(sheets: Sequence[Sheet], typeface: Typeface) -> bytes:
    """A PDF with a page for each sheet; the same sheets give the same bytes. Raises ConfigInvalid as ``fit`` does."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1)
    canvas.setTitle(texts_for(LANGUAGES[0]).gettext(WHOSE))
    for sheet in sheets:
        _Page(canvas, typeface).draw(sheet)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


class _Page:
    """One page while it is drawn, from the top down."""

    def __init__(self, canvas: Canvas, typeface: Typeface) -> None:
        self._canvas, self._typeface = canvas, typeface
        self._top = HEIGHT - MARGIN

    def draw(self, sheet: Sheet) -> None:
        titles = [pick(dict(sheet.action), tag) for tag in LANGUAGES]
        self._lines(titles, (56, 26), _GREEN)
        self._lines([texts_for(tag).gettext(SCAN) for tag in LANGUAGES], (22, 15), _INK)
        self._code(sheet.address)
        self._lines([texts_for(tag).gettext(TYPE) for tag in LANGUAGES], (15, 11), _QUIET_INK)
        self._lines([sheet.typed], (40,), _INK)
        self._top = MARGIN + 66
        places = [f"{pick(dict(sheet.town), tag)} · {pick(dict(sheet.place), tag)}" for tag in LANGUAGES]
        self._lines(places, (18, 12), _INK)
        self._lines([" · ".join(texts_for(tag).gettext(WHOSE) for tag in LANGUAGES)], (11,), _QUIET_INK)

    def _lines(self, texts: Sequence[str], sizes: Sequence[float], colour: int) -> None:
        self._canvas.setFillColor(_hex(colour))
        for text, wanted in zip(texts, sizes, strict=True):
            size = self._typeface.fit(text, wanted, WIDTH - 2 * MARGIN)
            self._top -= size * 1.2
            self._canvas.setFont(self._typeface.name, size)
            self._canvas.drawCentredString(WIDTH / 2, self._top, text)
        self._top -= 14

    def _code(self, text: str) -> None:
        rows = qr_modules(text, outdoors=True)
        module = CODE_SIDE / (len(rows) + 2 * QUIET)
        left, top = (WIDTH - CODE_SIDE) / 2 + QUIET * module, self._top - QUIET * module
        path = self._canvas.beginPath()
        for y, row in enumerate(rows):
            for start, length in _runs(row):
                # Neighbours overlap by a hair, so that no printer shows a seam between them.
                path.rect(left + start * module, top - (y + 1) * module - 0.02, length * module, module + 0.04)
        self._canvas.setFillColor(_hex(_INK))
        self._canvas.drawPath(path, stroke=0, fill=1)
        self._top -= CODE_SIDE + 8


def _runs(row: Sequence[bool]) -> list[tuple[int, int]]:
    """Neighbouring dark modules: (first, how many)."""
    runs, x = [], 0
    while x < len(row):
        start = x
        while x < len(row) and row[x]:
            x += 1
        if x > start:
            runs.append((start, x - start))
        x += 1
    return runs


def _hex(colour: int) -> str:
    return f"#{colour:06x}"
