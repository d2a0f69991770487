"""People: signing in by phone, the privacy notice, the home district, the household."""

from greenlife.residents.devices import DeviceView, enrol_device, find_device, list_devices, revoke_device
from greenlife.residents.households import (
    MOST_MEMBERS,
    HouseholdView,
    Invitation,
    find_household,
    found_household,
    invite_to_household,
    join_household,
    leave_household,
)
from greenlife.residents.leaving import Farewell, find_forgotten, find_resident, forget_resident
from greenlife.residents.phone import mask_phone, parse_phone
from greenlife.residents.profile import PRIVACY_VERSION, accept_privacy, choose_home
from greenlife.residents.sender import CodeSender, ConsoleSender, ScreenSender
from greenlife.residents.sign_in import CodeSent, Signed, SignedIn, confirm_code, request_code, sign_out, take_try, who
from greenlife.residents.tokens import public_mark

__all__ = [
    "MOST_MEMBERS",
    "PRIVACY_VERSION",
    "CodeSender",
    "CodeSent",
    "ConsoleSender",
    "DeviceView",
    "Farewell",
    "HouseholdView",
    "Invitation",
    "ScreenSender",
    "Signed",
    "SignedIn",
    "accept_privacy",
    "choose_home",
    "confirm_code",
    "enrol_device",
    "find_device",
    "find_forgotten",
    "find_household",
    "find_resident",
    "forget_resident",
    "found_household",
    "invite_to_household",
    "join_household",
    "leave_household",
    "list_devices",
    "mask_phone",
    "parse_phone",
    "public_mark",
    "request_code",
    "revoke_device",
    "sign_out",
    "take_try",
    "who",
]
