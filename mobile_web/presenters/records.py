"""Entries of the own book as rows of a list, and as one page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from flask_babel import gettext

from greenlife.scans import Record
from mobile_web.languages import pick
from mobile_web.presenters import actions, dates, numbers
from mobile_web.presenters.numbers import Mass
from rewards import VoucherView


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line: what and when, grams where it is an action, points."""

    id: str
    icon: str
    title: str
    note: str
    mass: Mass | None
    points: str
    state: str
    """``booked``, ``zero`` (points only), ``undone`` or ``money`` (points that were spent or came back)."""


@dataclass(frozen=True)
class Day:
    """The rows of one local day, with their sums."""

    title: str
    mass: Mass
    points: str
    rows: list[Row]


def row(record: Record, vouchers: Mapping[str, VoucherView]) -> Row:
    entry = record.entry
    undone = entry.reversed_by is not None and record.record is not None
    return Row(
        id=entry.id,
        icon=_icon(record),
        title=title(record, vouchers),
        note=_note(record),
        mass=numbers.mass(record.mg) if entry.kind in {"action", "reversal"} else None,
        points=numbers.signed_points(record.points),
        state="undone" if undone else _state(record),
    )


def days(records: Sequence[Record], vouchers: Mapping[str, VoucherView]) -> list[Day]:
    """Records in their order, by local day."""
    return [
        _day(local_day, list(group), vouchers)
        for local_day, group in groupby(records, key=lambda record: record.entry.local_day)
    ]


def _day(local_day: date, group: list[Record], vouchers: Mapping[str, VoucherView]) -> Day:
    return Day(
        title=dates.day(local_day),
        mass=numbers.mass(sum(record.mg for record in group)),
        points=numbers.signed_points(sum(record.points for record in group)),
        rows=[row(record, vouchers) for record in group],
    )


def title(record: Record, vouchers: Mapping[str, VoucherView]) -> str:
    """“Cardboard, 3.20 kg”, “Redeemed: Market voucher”."""
    entry, details = record.entry, record.entry.details
    if record.record is not None:
        done = record.record
        return actions.headline(done.action, done.material, done.quantity, done.unit)
    if entry.kind == "reversal":
        return gettext("Undone: %(title)s", title=actions.subject(str(details.get("action", "")), None))
    voucher = vouchers.get(str(details.get("redemption", "")))
    name = pick(dict(voucher.titles)) if voucher else gettext("voucher")
    return {
        "hold": gettext("Redeemed: %(title)s", title=name),
        "capture": gettext("Used: %(title)s", title=name),
        "release": gettext("Given back: %(title)s", title=name),
        "hold_expired": gettext("Expired: %(title)s", title=name),
    }.get(entry.kind, entry.kind)


def redemption_ids(records: Sequence[Record]) -> list[str]:
    """The redemptions that the records name, to ask for their words."""
    return [str(record.entry.details["redemption"]) for record in records if "redemption" in record.entry.details]


def _icon(record: Record) -> str:
    if record.record is not None:
        return actions.icon_name(record.record.action, record.record.material)
    return "undo" if record.entry.kind in {"reversal", "release", "hold_expired"} else "ticket"


def _note(record: Record) -> str:
    time = dates.clock(record.entry.occurred_at)
    if record.record is None:
        return time
    note = gettext("%(time)s, %(evidence)s", time=time, evidence=actions.evidence(record.record.tier).word)
    return f"{note} · {pick(dict(record.campaign.titles))}" if record.campaign else note


def _state(record: Record) -> str:
    if record.entry.kind not in {"action", "reversal"}:
        return "money"
    return "booked" if record.mg else "zero"
