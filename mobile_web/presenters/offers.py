"""Offers and vouchers, in words."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext, ngettext

from mobile_web.languages import pick
from mobile_web.presenters import dates, numbers
from rewards import OfferView, VoucherView


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A line of the list; ``obstacle`` is why it cannot be had, empty when it can."""

    id: str
    title: str
    note: str
    merchant: str
    address: str
    left: str
    price: str
    obstacle: str


@dataclass(frozen=True, kw_only=True)
class Voucher:
    """``state`` is held, captured, released or expired; ``state_word`` says it."""

    id: str
    title: str
    merchant: str
    address: str
    price: str
    value: str
    code: str
    state: str
    state_word: str
    last_day: str
    closed: str
    closed_place: str
    is_open: bool


def offer(view: OfferView) -> Offer:
    return Offer(
        id=view.id,
        title=pick(dict(view.titles)),
        note=pick(dict(view.notes)),
        merchant=pick(dict(view.merchant_names)),
        address=pick(dict(view.address)),
        left=_left(view.stock),
        price=numbers.points(view.points),
        obstacle=_obstacle(view),
    )


def terms(view: OfferView, today: date) -> list[tuple[str, str]]:
    """What there is to know before points are held: (what, how much)."""
    last = today + timedelta(days=view.voucher_days)
    rows = [(gettext("Where"), pick(dict(view.merchant_names))), (gettext("Address"), pick(dict(view.address)))]
    if view.value_cents is not None:
        rows.append((gettext("Worth"), numbers.money(view.value_cents)))
    rows.append((gettext("Use it until"), dates.day(min(last, view.ends_on) if last > view.ends_on else last)))
    if view.per_person_limit is not None:
        limit = view.per_person_limit
        rows.append(
            (
                gettext("You have taken"),
                gettext("%(used)s of %(limit)s", used=numbers.integer(view.used), limit=numbers.integer(limit)),
            )
        )
    if view.stock is not None:
        rows.append((gettext("Still there"), numbers.integer(view.stock)))
    return rows


def voucher(view: VoucherView) -> Voucher:
    return Voucher(
        id=view.redemption_id,
        title=pick(dict(view.titles)),
        merchant=pick(dict(view.merchant_names)),
        address=pick(dict(view.address)),
        price=numbers.points(view.points),
        value=numbers.money(view.value_cents) if view.value_cents is not None else "",
        code=view.shown_code,
        state=view.state,
        state_word=state_word(view.state),
        last_day=dates.day(view.last_day),
        closed=dates.moment(view.closed_at) if view.closed_at else "",
        closed_place=pick(dict(view.captured_place)) if view.captured_place else "",
        is_open=view.state == "held",
    )


def state_word(state: str) -> str:
    return {
        "held": gettext("Not used yet"),
        "captured": gettext("Used"),
        "released": gettext("Given back"),
        "expired": gettext("Expired"),
    }.get(state, state)


def _left(stock: int | None) -> str:
    if stock is None:
        return ""
    return ngettext("%(figure)s left", "%(figure)s left", stock, figure=numbers.integer(stock))


def _obstacle(view: OfferView) -> str:
    return {
        None: "",
        "not_yet": gettext("From %(day)s", day=dates.day(view.starts_on)),
        "over": gettext("Over since %(day)s", day=dates.day(view.ends_on)),
        "sold_out": gettext("None left"),
        "limit_reached": gettext("Limit reached"),
        "points_short": gettext("%(points)s short", points=numbers.points(view.short_by)),
    }.get(view.obstacle, "")
