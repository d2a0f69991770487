"""Who one is: notice, home, balances, and the own code."""

from functools import partial
from typing import Any

from api.blueprint import Blueprint
from api.calls import Call, reading, writing
from api.presenters import present_resident, present_staff
from api.schemas.people import MeIn, MeOut, OwnCodeOut
from greenlife.codes import CodeShown
from greenlife.public_log import remember_forgotten
from greenlife.residents import accept_privacy, choose_home, forget_resident
from greenlife.scans import own_code, resident_summary
from rewards import forget_holder

blp = Blueprint("me", "The person or the counter behind the token.")


@blp.get("/me")
@blp.response(200, MeOut)
@reading()
def get_me(call: Call) -> dict[str, Any]:
    """Who the token stands for; a resident's balances."""
    return _me(call)


@blp.patch("/me")
@blp.arguments(MeIn)
@blp.response(200, MeOut)
@writing("resident")
def change_me(call: Call, body: dict[str, Any]) -> dict[str, Any]:
    """Accept the privacy notice, choose the home district and town.

    The home can be corrected until the first entry.
    """
    if "privacy_version" in body:
        accept_privacy(call.session, resident=call.resident, version=body["privacy_version"], now=call.now)
    if "home" in body:
        choose_home(call.session, call.programme, resident=call.resident, **body["home"])
    return _me(call)


@blp.delete("/me")
@blp.response(204)
@writing("resident")
def delete_me(call: Call) -> None:
    """Delete the account for good.

    Phone number, records, visits, sessions and the salts that open the commitments are erased; open vouchers are given
    back, points run out unused. The ledger's entries stay, and nothing leads from them to the person; receipts verify as
    before. The token is worth nothing afterwards.
    """
    today = call.programme.local_day(call.now)
    forget = partial(forget_holder, call.session, today=today, now=call.now, entropy=call.runtime.entropy)
    remember = partial(remember_forgotten, call.runtime.settings)
    forget_resident(call.session, resident=call.resident, forget_vouchers=forget, remember=remember)


@blp.get("/me/code")
@blp.response(200, OwnCodeOut)
@reading("resident")
def get_own_code(call: Call) -> CodeShown:
    """The code to show at a counter for the rest of this half minute."""
    return own_code(call.resident, now=call.now)


def _me(call: Call) -> dict[str, Any]:
    if call.signed.staff:
        return present_staff(call.signed.staff)
    resident = call.resident
    summary = None
    if resident.book:
        summary = resident_summary(call.session, call.programme, resident=resident, now=call.now)
    return present_resident(resident, summary)
