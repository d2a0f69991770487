"""The resident's own code: the id of a phone, or of the server where a phone has no key, and a proof.

GLC1:R:<city's tag, id>:<proof>      53 symbols, all in QR's alphanumeric mode: version 3 at level M
"""

from dataclasses import dataclass
from datetime import datetime

from greenlife.codes.base32 import group
from greenlife.codes.rotating import (
    CITY_LENGTH,
    MAC_LENGTH,
    STEP_SECONDS,
    TYPED_MAC_LENGTH,
    city_tag,
    make_mac,
    prefix_of,
    seconds_left,
    step_at,
    used_step,
)

RESIDENT_PREFIX = "GLC1:R:"
ID_LENGTH, ALIAS_LENGTH = 26, 6
SUBJECT_LENGTH = CITY_LENGTH + ID_LENGTH
TYPED_LENGTH = ALIAS_LENGTH + TYPED_MAC_LENGTH


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeKey:
    """What a resident's code is made from: ``city`` is the city's id, ``code_id`` and ``alias`` name the secret."""

    city: str
    code_id: str
    alias: str
    secret: bytes

    @property
    def subject(self) -> str:
        """What the code says it is: the city's tag and the id."""
        return city_tag(self.city) + self.code_id


@dataclass(frozen=True)
class CodeShown:
    """What the phone shows: the QR's text, the code to be read aloud, and how long both are good."""

    text: str
    typed: str
    seconds_left: int
    step_seconds: int = STEP_SECONDS


def resident_code(key: CodeKey, *, now: datetime) -> CodeShown:
    """The code of this moment."""
    step, subject = step_at(now), key.subject
    scanned = make_mac(prefix_of("resident", subject), step, secret=key.secret)
    typed = make_mac(prefix_of("typed", subject), step, secret=key.secret, length=TYPED_MAC_LENGTH)
    return CodeShown(
        text=f"{RESIDENT_PREFIX}{subject}:{scanned}",
        typed=group(key.alias + typed),
        seconds_left=seconds_left(now),
    )


def resident_step(mac: str, key: CodeKey, *, now: datetime) -> int:
    """The step that the scanned or typed ``mac`` proves; raises CodeExpired for an older one, CodeForged for none."""
    prefix = prefix_of("resident" if len(mac) == MAC_LENGTH else "typed", key.subject)
    return used_step(mac, prefix, secret=key.secret, now=now)
