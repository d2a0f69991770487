"""Photos as evidence: what is taken of them, kept for how long, and shown to whom.

bytes ──header──▶ small enough? ──decode──▶ pixels alone ──▶ picture kept, perceptual hash
  └──────────────────────── SHA-256 ───────────────────────▶ used before?
"""

from greenlife.photos.keep import (
    KEPT_FOR,
    KNOWN_FOR,
    abandon_photos,
    delete_pictures,
    evidence_of,
    forget_photos,
    keep_photo,
)
from greenlife.photos.see import review_photo, see_photo
from greenlife.photos.take import LARGEST_FILE, MEGABYTE, TakenPhoto, take_photo

__all__ = [
    "KEPT_FOR",
    "KNOWN_FOR",
    "LARGEST_FILE",
    "MEGABYTE",
    "TakenPhoto",
    "abandon_photos",
    "delete_pictures",
    "evidence_of",
    "forget_photos",
    "keep_photo",
    "review_photo",
    "see_photo",
    "take_photo",
]
