"""Public ids: a prefix that says what is named, and 128 random bits."""

import re
from collections.abc import Callable

Entropy = Callable[[int], bytes]
"""Gives so many random bytes: ``os.urandom``, or ``random.Random(seed).randbytes`` where runs must be repeatable."""

CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
"""Base 32 without i, l, o and u, which people confuse."""

_LENGTH = 26  # 26 x 5 bits hold 128

_ID = re.compile(r"[A-Za-z0-9_]{1,60}")


def is_id(text: object) -> bool:
    """Whether ``text`` can name anything here.

    What cannot is not looked for: PostgreSQL refuses to be asked for some of it, such as a text with a NUL.
    """
    return isinstance(text, str) and _ID.fullmatch(text) is not None


def new_id(prefix: str, entropy: Entropy) -> str:
    """``prefix``, an underscore, and 26 lower-case Crockford characters, for instance ``res_2x9…``."""
    number = int.from_bytes(entropy(16), "big")
    return f"{prefix}_{''.join(CROCKFORD[number >> shift & 31] for shift in range((_LENGTH - 1) * 5, -1, -5))}"
