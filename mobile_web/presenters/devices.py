"""Phones and screens that compute codes: their keys, once, and their rows in lists."""

from base64 import b64encode
from dataclasses import dataclass

from greenlife.codes import CodeKey, prefix_of
from greenlife.residents import DeviceView
from greenlife.scans import KioskKey, KioskView
from mobile_web.languages import pick
from mobile_web.presenters import actions, dates


@dataclass(frozen=True, kw_only=True)
class PhoneRow:
    id: str
    since: str
    last_seen: str
    is_this: bool


@dataclass(frozen=True, kw_only=True)
class KioskRow:
    id: str
    place: str
    action: str
    icon: str
    since: str


def told(key: CodeKey) -> dict[str, object]:
    """What the page needs to compute the code, and the key."""
    return {
        "id": key.code_id,
        "subject": key.subject,
        "alias": key.alias,
        "secret": secret_text(key.secret),
        "scanned_prefix": prefix_of("resident", key.subject).decode(),
        "typed_prefix": prefix_of("typed", key.subject).decode(),
    }


def told_kiosk(key: KioskKey, page: str) -> dict[str, object]:
    return {"id": key.id, "secret": secret_text(key.secret), "page": page}


def secret_text(secret: bytes) -> str:
    return b64encode(secret).decode()


def row(view: DeviceView) -> PhoneRow:
    return PhoneRow(
        id=view.id,
        since=dates.moment(view.created_at),
        last_seen=dates.moment(view.last_seen_at) if view.last_seen_at else "",
        is_this=view.is_this,
    )


def kiosk_row(view: KioskView) -> KioskRow:
    return KioskRow(
        id=view.id,
        place=pick(dict(view.site.names)),
        action=actions.subject(view.action, None),
        icon=actions.icon_name(view.action),
        since=dates.moment(view.created_at),
    )
