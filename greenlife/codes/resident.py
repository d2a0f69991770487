"""The resident's own code: an id and a proof that is good for half a minute.

The proof is HMAC-SHA-256 (RFC 2104) over the number of the 30-second step, cut to 80 bits as RFC 6238 cuts its
own: long enough that nobody guesses it in the minute and a half it is good for.
"""

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime

from greenlife.codes.base32 import encode, group
from greenlife.errors import CodeExpired, CodeForged

RESIDENT_PREFIX = "GLC1:R:"
STEP_SECONDS = 30
WINDOW = 1
"""Steps before and after the present one that are still taken: clocks differ, hands are slow."""
OLD_STEPS = 120
"""So far back a good proof is called expired; beyond that nothing tells it from a forged one."""
ID_LENGTH, MAC_LENGTH = 26, 16
ALIAS_LENGTH, TYPED_MAC_LENGTH = 6, 4
TYPED_LENGTH = ALIAS_LENGTH + TYPED_MAC_LENGTH


@dataclass(frozen=True)
class CodeShown:
    """What the phone shows: the QR's text, the code to be read aloud, and how long both are good."""

    text: str
    typed: str
    seconds_left: int
    step_seconds: int = STEP_SECONDS


def resident_code(*, code_id: str, alias: str, secret: bytes, now: datetime) -> CodeShown:
    """The code of this moment."""
    step = step_at(now)
    elapsed = int(now.timestamp()) % STEP_SECONDS
    return CodeShown(
        text=f"{RESIDENT_PREFIX}{code_id}:{_mac(secret, step)}",
        typed=group(alias + _mac(secret, step, TYPED_MAC_LENGTH)),
        seconds_left=STEP_SECONDS - elapsed,
    )


def step_at(now: datetime) -> int:
    return int(now.astimezone(UTC).timestamp()) // STEP_SECONDS


def used_step(mac: str, *, secret: bytes, now: datetime) -> int:
    """The step that ``mac`` proves; raises CodeExpired for an older one, CodeForged for none."""
    present = step_at(now)
    for step in range(present - WINDOW, present + WINDOW + 1):
        if hmac.compare_digest(_mac(secret, step, len(mac)), mac):
            return step
    if len(mac) == MAC_LENGTH and any(_mac(secret, present - back) == mac for back in range(WINDOW + 1, OLD_STEPS)):
        raise CodeExpired
    # Twenty typed bits are too few to tell an old code from a guess.
    raise CodeForged if len(mac) == MAC_LENGTH else CodeExpired


def _mac(secret: bytes, step: int, length: int = MAC_LENGTH) -> str:
    purpose = b"greenlife resident code" if length == MAC_LENGTH else b"greenlife typed code"
    return encode(hmac.digest(secret, purpose + step.to_bytes(8), "sha256"), length)
