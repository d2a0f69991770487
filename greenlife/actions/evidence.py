"""The commitment C2 to what identifies: opened by a salt that is kept with the person and deleted with the person."""

import hashlib
import json

from greenlife.actions.claim import ActionClaim

DOMAIN = b"greenlife/evidence/1\x00"


def commit_to_evidence(claim: ActionClaim, salt: bytes) -> bytes:
    """32 bytes: SHA-256 over a domain tag, the salt, and person, exact time, place and evidence as canonical JSON."""
    body = json.dumps(
        [
            claim.resident.id,
            claim.occurred_at.isoformat(),
            claim.site_id,
            claim.staff_id,
            claim.visit_id,
            claim.evidence_key,
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hashlib.sha256(DOMAIN + salt + body.encode()).digest()
