"""Turn what a camera or a keyboard gives into one of our codes, or say why it is none."""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from typing import ClassVar, Literal
from urllib.parse import urlsplit

from greenlife.codes.base32 import is_code, normalise
from greenlife.codes.kiosk import KIOSK_ID_LENGTH, KIOSK_LENGTH, KIOSK_PATH
from greenlife.codes.poster import POSTER_LENGTH, POSTER_PATH, SHORT_LENGTH
from greenlife.codes.resident import RESIDENT_PREFIX, SUBJECT_LENGTH, TYPED_LENGTH
from greenlife.codes.rotating import CITY_LENGTH, MAC_LENGTH, TYPED_MAC_LENGTH
from greenlife.errors import CodeForeign, CodeUnknown

VOUCHER_PREFIX = "GLC1:V:"
VOUCHER_LENGTH = 8
LONGEST = 300
"""No code of ours comes near it; longer text is not looked at."""


@dataclass(frozen=True, slots=True)
class PosterCode:
    """``code`` is the whole id, or the eight typed symbols that begin it."""

    found: ClassVar[str] = "poster"
    code: str


@dataclass(frozen=True, slots=True)
class KioskCode:
    """The changing code of a screen."""

    found: ClassVar[str] = "kiosk"
    kiosk_id: str
    mac: str


@dataclass(frozen=True, slots=True)
class ResidentCode:
    """``city`` is the tag of the city that the code is of."""

    found: ClassVar[str] = "resident"
    city: str
    code_id: str
    mac: str


@dataclass(frozen=True, slots=True)
class TypedResidentCode:
    found: ClassVar[str] = "resident"
    alias: str
    mac: str


@dataclass(frozen=True, slots=True)
class VoucherCode:
    found: ClassVar[str] = "voucher"
    code: str


Code = PosterCode | KioskCode | ResidentCode | TypedResidentCode | VoucherCode
"""``found`` says of each what it is, in the words of CodeElsewhere."""


def parse_code(text: str, *, hosts: Collection[str], typed_as: Literal["poster", "resident", "voucher"]) -> Code:
    """The code in ``text``; a bare typed code means what the screen asks for.

    Raises CodeForeign for an address of another system, CodeUnknown for anything else that is not ours.
    """
    if len(text) > LONGEST:
        raise CodeUnknown
    stripped = text.strip()
    # What is scanned comes as it was printed, and a changing code has one form only: nothing is put right in it.
    if stripped.startswith(RESIDENT_PREFIX):
        return _resident(stripped.removeprefix(RESIDENT_PREFIX))
    if stripped[:8].lower().startswith(("http://", "https://")):
        return _from_address(stripped, {host.upper() for host in hosts})
    # Keyboards on Chinese phones give full-width letters and spaces.
    plain = unicodedata.normalize("NFKC", stripped).strip()
    if plain.upper().startswith(VOUCHER_PREFIX):
        return _typed(plain.upper().removeprefix(VOUCHER_PREFIX), "voucher")
    return _typed(normalise(plain), typed_as)


def _resident(code: str) -> Code:
    subject, _, mac = code.partition(":")
    if is_code(subject, SUBJECT_LENGTH) and is_code(mac, MAC_LENGTH):
        return ResidentCode(subject[:CITY_LENGTH], subject[CITY_LENGTH:], mac)
    raise CodeUnknown


def _from_address(address: str, hosts: Collection[str]) -> Code:
    try:
        parts = urlsplit(address)
    except ValueError:
        raise CodeUnknown from None
    if parts.netloc.upper() not in hosts:
        raise CodeForeign(host=parts.netloc.lower()[:100])
    path, code = parts.path[: len(POSTER_PATH)], parts.path[len(POSTER_PATH) :]
    if path.upper() == POSTER_PATH and is_code(code.upper(), POSTER_LENGTH):
        return PosterCode(code.upper())
    if path == KIOSK_PATH and is_code(code, KIOSK_LENGTH):
        return KioskCode(code[:KIOSK_ID_LENGTH], code[KIOSK_ID_LENGTH:])
    raise CodeUnknown


def _typed(symbols: str, typed_as: Literal["poster", "resident", "voucher"]) -> Code:
    if typed_as == "poster" and (is_code(symbols, SHORT_LENGTH) or is_code(symbols, POSTER_LENGTH)):
        return PosterCode(symbols)
    if typed_as == "voucher" and is_code(symbols, VOUCHER_LENGTH):
        return VoucherCode(symbols)
    if is_code(symbols, TYPED_LENGTH):
        return TypedResidentCode(symbols[:-TYPED_MAC_LENGTH], symbols[-TYPED_MAC_LENGTH:])
    raise CodeUnknown
