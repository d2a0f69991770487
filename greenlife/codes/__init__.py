"""Codes that phones and tills read: what they look like, and whether they are good."""

from greenlife.codes.base32 import encode, group, normalise
from greenlife.codes.parse import Code, PosterCode, ResidentCode, TypedResidentCode, VoucherCode, parse_code
from greenlife.codes.poster import SHORT_LENGTH, poster_url
from greenlife.codes.qr import qr_modules, qr_modules_of_text
from greenlife.codes.resident import CodeShown, resident_code, used_step

__all__ = [
    "SHORT_LENGTH",
    "Code",
    "CodeShown",
    "PosterCode",
    "ResidentCode",
    "TypedResidentCode",
    "VoucherCode",
    "encode",
    "group",
    "normalise",
    "parse_code",
    "poster_url",
    "qr_modules",
    "qr_modules_of_text",
    "resident_code",
    "used_step",
]
