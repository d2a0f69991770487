"""Printing posters, and looking after them."""

from translations import N_
from translations.refusals.sentence import Refusal

POSTERS: dict[str, Refusal] = {
    "posters_missing": Refusal(
        N_("There is no poster to print"),
        N_("No poster in use is at this place and of this action."),
        N_("Look whether place, district and action are what you mean."),
    ),
    "poster_unknown": Refusal(
        N_("There is no such poster"),
        N_("It was never made, or it hangs in another district."),
        N_("Choose a poster from the list."),
    ),
    "poster_replaced": Refusal(
        N_("This poster was replaced"),
        N_("Another one with a new code hangs in its stead, and the old code stays out of use."),
        N_("Print the new one, or make another poster for the place."),
    ),
    "typeface_missing": Refusal(
        N_("No poster can be printed: no Chinese font is installed"),
        N_("A poster brings its own letters, and the server has none with Chinese (Debian: fonts-droid-fallback)."),
        N_("Ask whoever runs the server to install it, or to name another font in GREENLIFE_POSTER_FONT."),
    ),
    "typeface_unusable": Refusal(
        N_("The font for posters cannot be used"),
        N_("%(where)s is no TrueType font that can be put into a PDF."),
        N_("Ask whoever runs the server to name another one in GREENLIFE_POSTER_FONT."),
    ),
    "typeface_lacks": Refusal(
        N_("The font for posters has no “%(character)s”"),
        N_("%(where)s lacks it, and an empty box would be printed."),
        N_("Ask whoever runs the server to name a font with more characters in GREENLIFE_POSTER_FONT."),
    ),
}
