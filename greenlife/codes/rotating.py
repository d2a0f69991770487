"""Proofs of half a minute, by which a changing code is told from its screenshot and from a guess.

A proof is HMAC-SHA-256 (RFC 2104) over what the code is for, its id and the number of the 30-second step, cut to 80 bits
as RFC 6238 cuts its own: long enough that nobody guesses it in the minute and a half it is good for. Whoever holds the
key computes it without a network.

The id that is proved begins with the tag of the city, so a code of one city is good in no other.
"""

import hashlib
import hmac
from datetime import UTC, datetime
from functools import cache
from typing import Literal

from greenlife.codes.base32 import encode, number_of
from greenlife.errors import CodeExpired, CodeForged

Purpose = Literal["resident", "typed", "kiosk"]

STEP_SECONDS = 30
WINDOW = 1
"""Steps before and after the present one that are still taken: clocks differ, hands are slow."""
OLD_STEPS = 120
"""So far back a good proof is called expired; beyond that nothing tells it from a forged one."""
MAC_LENGTH, TYPED_MAC_LENGTH = 16, 4
CITY_LENGTH = 3
_MAC_BYTES = 10
_MAC_BITS = 8 * _MAC_BYTES


@cache
def city_tag(city: str) -> str:
    """Fifteen bits that say whose a code is; of two cities that happen to share them, one does not know the code."""
    return encode(hashlib.sha256(b"greenlife/1 city:" + city.encode()).digest(), CITY_LENGTH)


def prefix_of(purpose: Purpose, subject: str) -> bytes:
    """What stands before the step in what is proved; ``subject`` is the city's tag and the code's id."""
    return f"greenlife/1 {purpose}:{subject}:".encode("ascii")


def step_at(now: datetime) -> int:
    return int(now.astimezone(UTC).timestamp()) // STEP_SECONDS


def seconds_left(now: datetime) -> int:
    """How long the present step lasts."""
    return STEP_SECONDS - int(now.timestamp()) % STEP_SECONDS


def make_mac(prefix: bytes, step: int, *, secret: bytes, length: int = MAC_LENGTH) -> str:
    return encode(_digest(prefix, step, secret), length)


def proven_step(mac: str, prefix: bytes, *, secret: bytes, present: int) -> int | None:
    """The step near the present one that ``mac`` proves, if it proves any; pure and in constant time for each step."""
    wanted, unused = _bits(mac)
    # The present one first: nearly all codes are of it.
    for step in (present, present - WINDOW, present + WINDOW):
        if _proves(wanted, unused, prefix, step, secret):
            return step
    return None


def used_step(mac: str, prefix: bytes, *, secret: bytes, now: datetime) -> int:
    """As ``proven_step``; raises CodeExpired for an older one, CodeForged for none."""
    present = step_at(now)
    step = proven_step(mac, prefix, secret=secret, present=present)
    if step is not None:
        return step
    # Twenty typed bits are too few to tell an old code from a guess.
    if len(mac) < MAC_LENGTH:
        raise CodeExpired
    wanted, unused = _bits(mac)
    if any(_proves(wanted, unused, prefix, present - back, secret) for back in range(WINDOW + 1, OLD_STEPS)):
        raise CodeExpired
    raise CodeForged


def _bits(mac: str) -> tuple[bytes, int]:
    """The proof as the first bits of ten bytes, and how many of the last are not part of it."""
    unused = _MAC_BITS - 5 * len(mac)
    return (number_of(mac) << unused).to_bytes(_MAC_BYTES), unused


def _proves(wanted: bytes, unused: int, prefix: bytes, step: int, secret: bytes) -> bool:
    digest = _digest(prefix, step, secret)[:_MAC_BYTES]
    if unused:
        digest = (int.from_bytes(digest) >> unused << unused).to_bytes(_MAC_BYTES)
    return hmac.compare_digest(digest, wanted)


def _digest(prefix: bytes, step: int, secret: bytes) -> bytes:
    return hmac.digest(secret, prefix + step.to_bytes(8), "sha256")
