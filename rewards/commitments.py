"""The ledger's C2 for redemptions: a commitment to what identifies, which only the redemption's row can open."""

import hashlib
import json
from datetime import UTC, datetime

SALT_BYTES = 32


def commit_to_redemption(salt: bytes, *, offer_id: str, merchant_id: str, at: datetime) -> bytes:
    """SHA-256 over the salt and the canonical JSON of offer, merchant and exact time (UTC, microseconds)."""
    instant = at.astimezone(UTC).isoformat(timespec="microseconds")
    body = {"at": instant, "merchant": merchant_id, "offer": offer_id}
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(salt + text.encode()).digest()
