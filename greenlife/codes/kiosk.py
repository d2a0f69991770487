"""The changing code of a screen at a place: an address that any phone camera opens, good for half a minute.

HTTPS://<host>/K/<id, proof>     at most version 4 at level M for a host of up to 53 symbols
"""

from datetime import datetime

from greenlife.codes.rotating import MAC_LENGTH, city_tag, make_mac, prefix_of, step_at, used_step

KIOSK_PATH = "/K/"
KIOSK_ID_LENGTH = 10
"""50 bits: it names a screen of the city and is no secret."""
KIOSK_LENGTH = KIOSK_ID_LENGTH + MAC_LENGTH


def kiosk_prefix(city: str, kiosk_id: str) -> bytes:
    return prefix_of("kiosk", city_tag(city) + kiosk_id)


def kiosk_url(base_url: str, kiosk_id: str, *, city: str, secret: bytes, now: datetime) -> str:
    """The text of the QR code of this moment."""
    return kiosk_address(base_url, kiosk_id + make_mac(kiosk_prefix(city, kiosk_id), step_at(now), secret=secret))


def kiosk_address(base_url: str, code: str) -> str:
    """The text of the QR code; ``code`` is id and proof. All of it is in QR's alphanumeric mode."""
    return f"{base_url}{KIOSK_PATH}".upper() + code


def kiosk_step(mac: str, kiosk_id: str, *, city: str, secret: bytes, now: datetime) -> int:
    """The step that ``mac`` proves; raises CodeExpired for an older one, CodeForged for none."""
    return used_step(mac, kiosk_prefix(city, kiosk_id), secret=secret, now=now)
