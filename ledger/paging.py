"""Pages of a list that grows at its newest end, and the cursors between them."""

import base64
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from ledger.errors import CursorInvalid
from ledger.times import read_instant, write_instant

T = TypeVar("T")

MOST_ON_A_PAGE = 200

_ITEM = re.compile(r"[!-~]{1,200}")


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some items, and the cursor of the page after them, if there is one."""

    items: tuple[T, ...]
    next: str | None


def write_cursor(at: datetime, item_id: str) -> str:
    """An opaque text for the place after the item of this time and id."""
    return base64.urlsafe_b64encode(f"{write_instant(at)}|{item_id}".encode()).decode().rstrip("=")


def read_cursor(cursor: str) -> tuple[datetime, str]:
    """Time and id of the last item before the page; raises CursorInvalid."""
    if type(cursor) is not str:
        raise CursorInvalid
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
        instant, _, item_id = text.partition("|")
        at = read_instant(instant)
    except ValueError:
        raise CursorInvalid from None
    if _ITEM.fullmatch(item_id) is None or write_cursor(at, item_id) != cursor:
        raise CursorInvalid
    return at, item_id
