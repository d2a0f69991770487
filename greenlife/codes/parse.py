"""Turn what a camera or a keyboard gives into one of our codes, or say why it is none."""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from greenlife.codes.base32 import is_code, normalise
from greenlife.codes.poster import POSTER_LENGTH, POSTER_PATH, SHORT_LENGTH
from greenlife.codes.resident import ID_LENGTH, MAC_LENGTH, RESIDENT_PREFIX, TYPED_LENGTH
from greenlife.errors import CodeForeign, CodeUnknown

VOUCHER_PREFIX = "GLC1:V:"
VOUCHER_LENGTH = 8
LONGEST = 300
"""No code of ours comes near it; longer text is not looked at."""


@dataclass(frozen=True)
class PosterCode:
    """``code`` is the whole id, or the eight typed symbols that begin it."""

    code: str


@dataclass(frozen=True)
class ResidentCode:
    code_id: str
    mac: str


@dataclass(frozen=True)
class TypedResidentCode:
    alias: str
    mac: str


@dataclass(frozen=True)
class VoucherCode:
    code: str


Code = PosterCode | ResidentCode | TypedResidentCode | VoucherCode


def parse_code(text: str, *, hosts: Collection[str], typed_as: Literal["poster", "resident", "voucher"]) -> Code:
    """The code in ``text``; a bare typed code means what the screen asks for.

    Raises CodeForeign for an address of another system, CodeUnknown for anything else that is not ours.
    """
    if len(text) > LONGEST:
        raise CodeUnknown
    # Cameras give the text as printed; keyboards on Chinese phones give full-width letters and spaces.
    plain = unicodedata.normalize("NFKC", text).strip()
    upper = plain.upper()
    if upper.startswith(("HTTP://", "HTTPS://")):
        return _from_address(upper, {host.upper() for host in hosts})
    if upper.startswith(RESIDENT_PREFIX):
        code_id, _, mac = upper.removeprefix(RESIDENT_PREFIX).partition(":")
        if is_code(code_id, ID_LENGTH) and is_code(mac, MAC_LENGTH):
            return ResidentCode(code_id, mac)
        raise CodeUnknown
    if upper.startswith(VOUCHER_PREFIX):
        return _typed(upper.removeprefix(VOUCHER_PREFIX), "voucher")
    return _typed(normalise(plain), typed_as)


def _from_address(address: str, hosts: Collection[str]) -> Code:
    try:
        parts = urlsplit(address)
    except ValueError:
        raise CodeUnknown from None
    if parts.netloc not in hosts:
        raise CodeForeign(host=parts.netloc.lower()[:100])
    code = parts.path.removeprefix(POSTER_PATH)
    if parts.path.startswith(POSTER_PATH) and is_code(code, POSTER_LENGTH):
        return PosterCode(code)
    raise CodeUnknown


def _typed(symbols: str, typed_as: Literal["poster", "resident", "voucher"]) -> Code:
    if typed_as == "poster" and (is_code(symbols, SHORT_LENGTH) or is_code(symbols, POSTER_LENGTH)):
        return PosterCode(symbols)
    if typed_as == "voucher" and is_code(symbols, VOUCHER_LENGTH):
        return VoucherCode(symbols)
    if is_code(symbols, TYPED_LENGTH):
        return TypedResidentCode(symbols[:-4], symbols[-4:])
    raise CodeUnknown
