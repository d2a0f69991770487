"""Shapes of answers that are not simply the attributes of what a use case gave back."""

from base64 import b64encode
from typing import Any

from greenlife.codes import STEP_SECONDS, CodeKey, prefix_of
from greenlife.models import Resident, Staff
from greenlife.residents import PRIVACY_VERSION, mask_phone
from greenlife.scans import Summary


def present_resident(resident: Resident, summary: Summary | None) -> dict[str, Any]:
    """``MeOut`` of a resident."""
    return {
        "id": resident.id,
        "phone": mask_phone(resident.phone),
        "resident": {
            "district": resident.book,
            "town": resident.town,
            "privacy": {
                "current_version": PRIVACY_VERSION,
                "accepted_version": resident.privacy_version,
                "accepted_at": resident.privacy_accepted_at,
            },
            "summary": summary,
        },
        "staff": None,
    }


def present_staff(staff: Staff) -> dict[str, Any]:
    """``MeOut`` of a counter or a desk."""
    return {"id": staff.id, "phone": mask_phone(staff.phone), "resident": None, "staff": staff}


def present_device_key(key: CodeKey) -> dict[str, Any]:
    """``DeviceKeyOut``: all that a phone needs to compute codes, and the key itself."""
    return {
        "id": key.code_id,
        "subject": key.subject,
        "alias": key.alias,
        "secret": b64encode(key.secret).decode(),
        "scanned_prefix": prefix_of("resident", key.subject).decode(),
        "typed_prefix": prefix_of("typed", key.subject).decode(),
        "step_seconds": STEP_SECONDS,
    }
