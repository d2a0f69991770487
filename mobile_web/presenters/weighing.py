"""What a counter recorded last, in words."""

from dataclasses import dataclass

from flask_babel import gettext

from greenlife.scans import WeighingView
from mobile_web.presenters import actions, dates, numbers


@dataclass(frozen=True, kw_only=True)
class Weighing:
    """``state`` is undoable, undone, too_late or refused; one that ``waits`` is not booked yet."""

    id: str
    time: str
    what: str
    phone: str
    points: str
    state: str
    waits: bool


def row(view: WeighingView) -> Weighing:
    return Weighing(
        id=view.entry_id,
        time=dates.when(view.recorded_at),
        what=actions.headline(view.action, view.material, str(view.quantity), view.unit),
        phone=view.phone,
        points=numbers.signed_points(view.points),
        state=view.state,
        waits=view.waits,
    )


def reason_word(reason: str) -> str:
    return {
        "wrong_weight": gettext("Wrong weight"),
        "wrong_material": gettext("Wrong material"),
        "wrong_person": gettext("Wrong person"),
        "other": gettext("Another mistake"),
    }.get(reason, reason)
