"""The tables outside the ledger: what identifies people and places, and what is derived from the ledger."""

from greenlife.models.actions import ActionRecord, CapUse, Claim, LastUse, PlaceUse
from greenlife.models.base import Model, Texts
from greenlife.models.facts import DailyFact, DailyParticipant, StatisticsMark
from greenlife.models.installation import Installation
from greenlife.models.people import Device, Resident, SignIn, SignInCode, Staff
from greenlife.models.photos import Photo
from greenlife.models.places import Kiosk, Poster, Site, Visit
from greenlife.models.review import PhotoBand, ReviewCase, StaffTally, TreeInspection

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
    "PhotoBand",
    "PlaceUse",
    "Poster",
    "Resident",
    "ReviewCase",
    "SignIn",
    "SignInCode",
    "Site",
    "Staff",
    "StaffTally",
    "StatisticsMark",
    "Texts",
    "TreeInspection",
    "Visit",
]
