"""Posters as sheets to print: which ones, in which order, and how they look."""

from greenlife.posters.drawing import draw_sheets
from greenlife.posters.sheet import Sheet, list_sheets
from greenlife.posters.typeface import Typeface, load_typeface

__all__ = ["Sheet", "Typeface", "draw_sheets", "list_sheets", "load_typeface"]
