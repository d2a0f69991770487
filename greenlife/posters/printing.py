"""Files of sheets for who sits at a desk: of at most so many sheets, and one file drawn at a time."""

from collections.abc import Sequence
from pathlib import Path
from threading import Lock

from sqlalchemy.orm import Session

from greenlife.errors import PostersMissing
from greenlife.models import Staff
from greenlife.posters.drawing import draw_sheets
from greenlife.posters.listing import find_poster, view_of
from greenlife.posters.sheet import Sheet, list_sheets, sheet_of
from greenlife.posters.typeface import load_typeface
from greenlife.posters.which import Which, own_which
from greenlife.programme import Programme

BATCH = 200
"""Sheets of one file, unless the command line wants another number."""
SHEETS_A_SECOND = 60
"""What a small server draws: one core of the machine that this was measured on draws 125."""
_TURN = Lock()
"""ReportLab's fonts belong to the process, and two files at once would take each as long as both."""


def list_batch(
    session: Session, programme: Programme, *, staff: Staff, base_url: str, which: Which, number: int
) -> Sequence[Sheet]:
    """The sheets of the ``number``-th file, counted from 1, of the posters in use that this person looks after.

    Raises OtherDistrict, RoleRequired, PostersMissing where there is no such file, and as ``list_sheets`` does.
    """
    sheets = list_sheets(session, programme, base_url=base_url, which=own_which(staff, which))
    part = sheets[(number - 1) * BATCH : number * BATCH] if number > 0 else ()
    if not part:
        raise PostersMissing
    return part


def get_sheet(session: Session, programme: Programme, *, staff: Staff, base_url: str, short: str) -> Sheet:
    """The sheet of one poster in use; raises PosterUnknown, RoleRequired, and PostersMissing for one out of use."""
    poster, site = find_poster(session, staff=staff, short=short)
    if not view_of(programme, poster, site).is_open:
        raise PostersMissing
    return sheet_of(programme, poster, site, base_url)


def draw_file(sheets: Sequence[Sheet], font: Path | None) -> bytes:
    """The PDF; raises TypefaceMissing, TypefaceUnusable, TypefaceLacks."""
    with _TURN:
        return draw_sheets(sheets, load_typeface(font))
