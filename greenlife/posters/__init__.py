"""Posters: which there are, what a desk does to them, and how they look as sheets to print."""

from greenlife.posters.changes import (
    close_poster,
    make_poster,
    poster_actions,
    poster_sites,
    reopen_poster,
    replace_poster,
)
from greenlife.posters.drawing import draw_sheets
from greenlife.posters.listing import Done, Listed, PosterView, get_poster, hung_sites, list_done, list_posters
from greenlife.posters.printing import BATCH, SHEETS_A_SECOND, draw_file, get_sheet, list_batch
from greenlife.posters.sheet import Sheet, list_sheets
from greenlife.posters.typeface import Typeface, find_typeface, load_typeface
from greenlife.posters.which import Which

__all__ = [
    "BATCH",
    "SHEETS_A_SECOND",
    "Done",
    "Listed",
    "PosterView",
    "Sheet",
    "Typeface",
    "Which",
    "close_poster",
    "draw_file",
    "draw_sheets",
    "find_typeface",
    "get_poster",
    "get_sheet",
    "hung_sites",
    "list_batch",
    "list_done",
    "list_posters",
    "list_sheets",
    "load_typeface",
    "make_poster",
    "poster_actions",
    "poster_sites",
    "reopen_poster",
    "replace_poster",
]
