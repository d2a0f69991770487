"""Posters: which there are, and what they are printed with."""

from greenlife.errors.base import NotFound, Refused
from greenlife.errors.requests import ConfigInvalid


class PostersMissing(NotFound):
    """No poster in use is what was asked for."""

    code = "posters_missing"


class PosterUnknown(NotFound):
    """No poster of this city, or none of this person's district."""

    code = "poster_unknown"


class PosterReplaced(Refused):
    """Another one hangs in its stead; its own code stays out of use."""

    code = "poster_replaced"


class TypefaceMissing(ConfigInvalid):
    """No TrueType font with Chinese, which posters are printed with; ``params``: where, key, why."""

    code = "typeface_missing"
    kind = "refused"


class TypefaceUnusable(ConfigInvalid):
    """The file is no font that goes into a PDF; ``params``: where, key, why."""

    code = "typeface_unusable"
    kind = "refused"


class TypefaceLacks(ConfigInvalid):
    """The font has no picture of a character that is on a poster; ``params``: where, key, why, character."""

    code = "typeface_lacks"
    kind = "refused"
