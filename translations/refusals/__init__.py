"""The message ids of every refusal, by what the person was doing when it came."""

from translations.refusals.cases import CASES
from translations.refusals.ledger import LEDGER
from translations.refusals.log import LOG
from translations.refusals.people import PEOPLE
from translations.refusals.photos import PHOTOS
from translations.refusals.policy import POLICY
from translations.refusals.posters import POSTERS
from translations.refusals.requests import REQUESTS
from translations.refusals.rewards import REWARDS
from translations.refusals.scans import SCANS
from translations.refusals.sentence import Refusal

REFUSALS: dict[str, Refusal] = PEOPLE | SCANS | PHOTOS | CASES | POSTERS | POLICY | REWARDS | LEDGER | LOG | REQUESTS
"""Error code → its words; ``code.value`` where a parameter decides."""

VARIANTS = {
    "code_elsewhere": "found",
    "methodology_unknown": "about",
    "offer_not_open": "why",
    "points_invalid": "problem",
    "quantity_invalid": "of",
}
"""Error code → the parameter that decides which words it gets."""
