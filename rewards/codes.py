"""Voucher codes: eight symbols of Crockford's base 32, random, said aloud in two halves: ``7K3M 92QF``."""

import unicodedata

from ledger import Entropy
from rewards.errors import VoucherUnknown

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
LONGEST_TYPED = 64
"""Nobody types more for eight symbols; longer text is not looked at."""

_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SPACERS = str.maketrans(dict.fromkeys("-_.\u2010\u2011\u2012\u2013\u2014"))


def new_code(entropy: Entropy) -> str:
    """A code of 40 random bits."""
    number = int.from_bytes(entropy(LENGTH * 5 // 8), "big")
    return "".join(ALPHABET[number >> shift & 31] for shift in range((LENGTH - 1) * 5, -1, -5))


def show_code(code: str) -> str:
    """The code in two halves, as it is printed."""
    return f"{code[: LENGTH // 2]} {code[LENGTH // 2 :]}"


def normalise_code(typed: str) -> str:
    """What people type, as it was printed: width, case, spaces and look-alike letters put right.

    Raises VoucherUnknown for what cannot be a code.
    """
    if len(typed) > LONGEST_TYPED:
        raise VoucherUnknown
    plain = "".join(unicodedata.normalize("NFKC", typed).split())
    code = plain.translate(_SPACERS).upper().translate(_MISREAD)
    if len(code) != LENGTH or any(symbol not in ALPHABET for symbol in code):
        raise VoucherUnknown
    return code
