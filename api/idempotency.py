"""`Idempotency-Key`: what lets a client send a booking again after a lost answer."""

import re

from flask import request

from api.errors import IdempotencyKeyInvalid, IdempotencyKeyMissing
from api.limits import LONGEST_KEY

HEADER = "Idempotency-Key"
REPLAYED = {"Idempotency-Replayed": "true"}

_KEY = re.compile(rf"[!-~]{{1,{LONGEST_KEY}}}")

PARAMETER = {
    "name": HEADER,
    "in": "header",
    "required": True,
    "description": (
        "Chosen by the client, new for each booking it means, the same when it sends the same booking again. "
        "The first booking is then answered again, with the header `Idempotency-Replayed: true`."
    ),
    "schema": {"type": "string", "pattern": f"^{_KEY.pattern}$", "maxLength": LONGEST_KEY},
}


def reference() -> str:
    """What the ledger knows this booking by; raises IdempotencyKeyMissing and IdempotencyKeyInvalid."""
    key = request.headers.get(HEADER)
    if not key:
        raise IdempotencyKeyMissing
    if _KEY.fullmatch(key) is None:
        raise IdempotencyKeyInvalid(most=LONGEST_KEY)
    # Forms have a prefix of their own, so that neither face can repeat what the other has booked.
    return f"api:{key}"


def replayed(happened_before: bool) -> dict[str, str]:
    """The headers that say so."""
    return REPLAYED if happened_before else {}
