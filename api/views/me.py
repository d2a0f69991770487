"""Who one is: notice, home, balances, the own code, and the phones that compute it."""

from functools import partial
from typing import Any

from api.blueprint import Blueprint
from api.calls import Call, reading, writing
from api.presenters import present_device_key, present_resident, present_staff
from api.schemas.devices import DeviceKeyOut, DevicesOut
from api.schemas.people import MeIn, MeOut, OwnCodeOut
from greenlife.actions import withdraw_all
from greenlife.codes import CodeShown
from greenlife.public_log import remember_forgotten
from greenlife.residents import (
    DeviceView,
    accept_privacy,
    choose_home,
    enrol_device,
    forget_resident,
    list_devices,
    revoke_device,
)
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
    forget_resident(
        call.session,
        resident=call.resident,
        forget_vouchers=forget,
        remember=remember,
        withdraw=partial(withdraw_all, call.session, local_day=today, now=call.now, entropy=call.runtime.entropy),
    )


@blp.get("/me/code")
@blp.response(200, OwnCodeOut)
@reading("resident")
def get_own_code(call: Call) -> CodeShown:
    """The code to show at a counter for the rest of this half minute, as the server computes it."""
    return own_code(call.resident, city=call.programme.city.id, now=call.now)


@blp.post("/me/devices")
@blp.response(201, DeviceKeyOut)
@writing("resident")
def add_device(call: Call) -> dict[str, Any]:
    """Enrol the phone of this token, so that it computes the code by itself; the key is told once.

    A phone that this token had enrolled before is revoked. The key lives as long as the token.
    """
    key = enrol_device(
        call.session,
        resident=call.resident,
        city=call.programme.city.id,
        token=call.token,
        now=call.now,
        entropy=call.runtime.entropy,
    )
    return present_device_key(key)


@blp.get("/me/devices")
@blp.response(200, DevicesOut)
@reading("resident")
def get_devices(call: Call) -> dict[str, tuple[DeviceView, ...]]:
    """The phones that compute the code, the newest first."""
    return {"items": list_devices(call.session, resident=call.resident, token=call.token, now=call.now)}


@blp.delete("/me/devices/<device>")
@blp.response(204)
@writing("resident")
def delete_device(call: Call, device: str) -> None:
    """Revoke a phone: its codes are refused from now on, and its token is worth nothing."""
    revoke_device(call.session, resident=call.resident, device_id=device, now=call.now)


def _me(call: Call) -> dict[str, Any]:
    if call.signed.staff:
        return present_staff(call.signed.staff)
    resident = call.resident
    summary = None
    if resident.book:
        summary = resident_summary(call.session, call.programme, resident=resident, now=call.now)
    return present_resident(resident, summary)
