"""Codes that phones and tills read: what they look like, and whether they are good."""

from greenlife.codes.base32 import encode, group, is_code, normalise
from greenlife.codes.kiosk import KIOSK_ID_LENGTH, kiosk_address, kiosk_prefix, kiosk_step, kiosk_url
from greenlife.codes.parse import (
    Code,
    KioskCode,
    PosterCode,
    ResidentCode,
    TypedResidentCode,
    VoucherCode,
    parse_code,
)
from greenlife.codes.poster import POSTER_LENGTH, SHORT_LENGTH, poster_url
from greenlife.codes.qr import qr_modules, qr_modules_of_text
from greenlife.codes.resident import ALIAS_LENGTH, ID_LENGTH, CodeKey, CodeShown, resident_code, resident_step
from greenlife.codes.rotating import STEP_SECONDS, city_tag, prefix_of, proven_step, step_at

__all__ = [
    "ALIAS_LENGTH",
    "ID_LENGTH",
    "KIOSK_ID_LENGTH",
    "POSTER_LENGTH",
    "SHORT_LENGTH",
    "STEP_SECONDS",
    "Code",
    "CodeKey",
    "CodeShown",
    "KioskCode",
    "PosterCode",
    "ResidentCode",
    "TypedResidentCode",
    "VoucherCode",
    "city_tag",
    "encode",
    "group",
    "is_code",
    "kiosk_address",
    "kiosk_prefix",
    "kiosk_step",
    "kiosk_url",
    "normalise",
    "parse_code",
    "poster_url",
    "prefix_of",
    "proven_step",
    "qr_modules",
    "qr_modules_of_text",
    "resident_code",
    "resident_step",
    "step_at",
]
