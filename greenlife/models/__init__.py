"""The tables outside the ledger: what identifies people and places, and what is derived from the ledger."""

from greenlife.models.actions import ActionRecord, CapUse, Claim, LastUse, PlaceUse
from greenlife.models.base import THOUSANDTHS, Model, Texts
from greenlife.models.facts import DailyFact, DailyParticipant, StatisticsMark
from greenlife.models.households import Household, HouseholdMember, HouseholdUse
from greenlife.models.installation import Installation
from greenlife.models.people import Device, Resident, SignIn, SignInCode, Staff
from greenlife.models.photos import Photo
from greenlife.models.places import Kiosk, Poster, PosterChange, Site, Visit
from greenlife.models.policy import ApprovalTurn, Campaign, CampaignUse, PolicyRule
from greenlife.models.review import PhotoBand, ReviewCase, StaffTally, TreeInspection

__all__ = [
    "THOUSANDTHS",
    "ActionRecord",
    "ApprovalTurn",
    "Campaign",
    "CampaignUse",
    "CapUse",
    "Claim",
    "DailyFact",
    "DailyParticipant",
    "Device",
    "Household",
    "HouseholdMember",
    "HouseholdUse",
    "Installation",
    "Kiosk",
    "LastUse",
    "Model",
    "Photo",
    "PhotoBand",
    "PlaceUse",
    "PolicyRule",
    "Poster",
    "PosterChange",
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
