"""Quantities as people type them."""

import re
import unicodedata
from decimal import Decimal

from greenlife.errors import QuantityInvalid
from greenlife.kinds import ActionKind

_PLAIN = re.compile(r"[0-9]{1,12}(\.[0-9]{1,3})?")
_SHOWN = 40
WHOLE, DECIMAL = "whole", "decimal"


def parse_quantity(text: str, kind: ActionKind | None = None) -> Decimal:
    """The number as typed, with its trailing zeros: at most three decimals.

    ``kind`` is that of which it is so much: a refusal then says what its numbers look like.

    Full-width digits and stops, as Chinese keyboards give them, are read like plain ones (NFKC). Signs, exponents,
    thousands separators, NaN and everything else raise QuantityInvalid. Whether it is
    too much is the action kind's matter.
    """
    plain = unicodedata.normalize("NFKC", text[: 2 * _SHOWN].strip())
    if len(text) > 2 * _SHOWN or not _PLAIN.fullmatch(plain):
        whole = kind is not None and not any(rule.decimals for rule in kind.units.values())
        raise QuantityInvalid(text=text[:_SHOWN], of=WHOLE if whole else DECIMAL)
    return Decimal(plain)
