"""Why an action was held or marked, and why it was decided as it was: for who reviews, and for whose it is.

Residents are told what was noticed, never that anybody suspects them.
"""

from collections.abc import Mapping

from translations.reasons.decisions import DECISION_REASONS
from translations.reasons.reason import ReasonWords
from translations.reasons.rules import RULE_REASONS, VARIANTS

__all__ = ["DECISION_REASONS", "RULE_REASONS", "VARIANTS", "ReasonWords", "words_of"]


def words_of(code: str, params: Mapping[str, int]) -> ReasonWords | None:
    """The message ids for a rule's code; some codes have one set for each value of a parameter. None for unknown ones."""
    variant = f"{code}.{params.get(VARIANTS.get(code, ''), '')}"
    return RULE_REASONS.get(variant) or RULE_REASONS.get(code)
