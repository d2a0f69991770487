"""The tables outside the ledger: what identifies people and places, and what is derived from the ledger."""

from greenlife.models.actions import ActionRecord, CapUse, Claim, LastUse, PlaceUse
from greenlife.models.base import Model, Texts
from greenlife.models.facts import DailyFact, DailyParticipant, StatisticsMark
from greenlife.models.installation import Installation
from greenlife.models.people import Device, Resident, SignIn, SignInCode, Staff
from greenlife.models.photos import Photo
from greenlife.models.places import Kiosk, Poster, Site, Visit

__all__ = [
    "ActionRecord",
    "CapUse",
    "Claim",
    "DailyFact",
    "DailyParticipant",
    "Device",
    "Installation",
    "Kiosk",
    "LastUse",
    "Model",
    "Photo",
    "PlaceUse",
    "Poster",
    "Resident",
    "SignIn",
    "SignInCode",
    "Site",
    "Staff",
    "StatisticsMark",
    "Texts",
    "Visit",
]
