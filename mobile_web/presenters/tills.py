"""Accepted and refused vouchers, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mobile_web.languages import pick
from mobile_web.presenters import dates, numbers
from rewards import CaptureView, VoucherUsed


@dataclass(frozen=True, kw_only=True)
class Capture:
    id: str
    title: str
    code: str
    value: str
    time: str
    moment: str
    place: str


def capture(view: CaptureView) -> Capture:
    return Capture(
        id=view.redemption_id,
        title=pick(dict(view.titles)),
        code=view.shown_code,
        value=numbers.money(view.value_cents) if view.value_cents is not None else numbers.points(view.points),
        time=dates.clock(view.captured_at),
        moment=dates.moment_to_second(view.captured_at),
        place=pick(dict(view.place)),
    )


def first_use(error: VoucherUsed) -> tuple[str, str]:
    """When and where the voucher was used first."""
    at, place = error.params.get("at"), error.params.get("place")
    return (
        dates.moment_to_second(at) if isinstance(at, datetime) else "",
        pick(dict(place)) if isinstance(place, Mapping) else "",
    )
