"""Quantities as people type them."""

import re
import unicodedata
from decimal import Decimal

from greenlife.errors import QuantityInvalid

_PLAIN = re.compile(r"[0-9]{1,12}(\.[0-9]{1,3})?")
_SHOWN = 40


def parse_quantity(text: str) -> Decimal:
    """The number as typed, with its trailing zeros: at most three decimals.

    Full-width digits and stops, as Chinese keyboards give them, are read like plain ones (NFKC). Signs, exponents,
    thousands separators, NaN and everything else raise QuantityInvalid. Whether it is
    too much is the action kind's matter.
    """
    plain = unicodedata.normalize("NFKC", text[: 2 * _SHOWN].strip())
    if len(text) > 2 * _SHOWN or not _PLAIN.fullmatch(plain):
        raise QuantityInvalid(text=text[:_SHOWN])
    return Decimal(plain)
