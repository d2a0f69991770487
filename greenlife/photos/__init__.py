"""Photos as evidence: what is taken of them, kept for how long, and shown to whom.

bytes ──header──▶ small enough? ──decode──▶ pixels alone ──▶ picture kept, perceptual hash
  └──────────────────────── SHA-256 ───────────────────────▶ used before?
"""

from greenlife.photos.take import LARGEST_FILE, MEGABYTE, TakenPhoto, take_photo

__all__ = ["LARGEST_FILE", "MEGABYTE", "TakenPhoto", "take_photo"]
