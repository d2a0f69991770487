"""Everything the programme can refuse, as one tree.

    GreenlifeError
    ├── ConfigInvalid                   the installation does not start
    │   └── NotADemo
    ├── Invalid (422)                   the request itself is wrong
    │   ├── PhoneInvalid  CodeFormInvalid  QuantityInvalid  QuantityOutOfRange  UnitUnknown  PositionInvalid
    │   ├── MaterialUnknown  InputMissing  InputUnknown  ReasonMissing  MappingInvalid  PeriodInvalid
    │   └── PrivacyVersionStale  ActionInFuture  StartMissing  StartAfterEnd
    ├── Unauthenticated (401)
    │   └── SignInRequired  SignInCodeWrong  SignInCodeExpired
    ├── Forbidden (403)
    │   └── RoleRequired  OtherDistrict  OtherSite  OtherResident
    ├── NotFound (404)
    │   └── DistrictUnknown  TownUnknown  ActionUnknown  CodeUnknown  VisitUnknown  RecordUnknown  MethodologyUnknown
    │       ResidentUnknown  ResidentGone  StaffUnknown  PanelUnknown  DeviceUnknown  KioskUnknown  SiteUnknown
    │       PostersMissing  InvitationUnknown
    ├── Refused (409)                   understood, and the rules say no
    │   ├── CodeForeign  CodeOfOtherCity  CodeForged  CodeExpired  CodeUsed  CodeElsewhere  OwnCode  DeviceRevoked
    │   ├── PosterClosed  KioskClosed  TierNotAccepted  ActionElsewhere
    │   ├── CapReached  QuantityCapReached  PlaceFull  TooSoon  TooShort  ClaimTooOld  HouseholdCapReached
    │   ├── HouseholdMissing  InHousehold  HouseholdFull  HouseholdElsewhere
    │   ├── PlaceCapReached  BudgetEmpty  EvidenceClaimed  CaseDecided
    │   ├── HomeMissing  HomeLocked  PrivacyMissing
    │   └── VisitOver  UndoTooLate  UndoneAlready  PointsSpentAlready
    └── TooMany (429)
        └── TooManyCodes  TooManyDevices  TooManyTries

``code`` is stable and public; ``kind`` says what a face makes of it; ``params`` fill the sentence, which the
catalogues hold. ``str(error)`` is for logs only.
"""

from greenlife.errors.base import Forbidden, GreenlifeError, Invalid, NotFound, Refused, TooMany, Unauthenticated
from greenlife.errors.refusals import (
    ActionElsewhere,
    BudgetEmpty,
    CapReached,
    CaseDecided,
    ClaimTooOld,
    CodeElsewhere,
    CodeExpired,
    CodeForeign,
    CodeForged,
    CodeOfOtherCity,
    CodeUsed,
    DeviceRevoked,
    EvidenceClaimed,
    HomeLocked,
    HomeMissing,
    HouseholdCapReached,
    HouseholdElsewhere,
    HouseholdFull,
    HouseholdMissing,
    InHousehold,
    KioskClosed,
    OwnCode,
    PlaceCapReached,
    PlaceFull,
    PointsSpentAlready,
    PosterClosed,
    PrivacyMissing,
    QuantityCapReached,
    TierNotAccepted,
    TooManyCodes,
    TooManyDevices,
    TooManyTries,
    TooShort,
    TooSoon,
    UndoneAlready,
    UndoTooLate,
    VisitOver,
)
from greenlife.errors.requests import (
    ActionInFuture,
    ActionUnknown,
    CodeFormInvalid,
    CodeUnknown,
    ConfigInvalid,
    DeviceUnknown,
    DistrictUnknown,
    InputMissing,
    InputUnknown,
    InvitationUnknown,
    KioskUnknown,
    MappingInvalid,
    MaterialUnknown,
    MethodologyUnknown,
    NotADemo,
    OtherDistrict,
    OtherResident,
    OtherSite,
    PanelUnknown,
    PeriodInvalid,
    PhoneInvalid,
    PositionInvalid,
    PostersMissing,
    PrivacyVersionStale,
    QuantityInvalid,
    QuantityOutOfRange,
    ReasonMissing,
    RecordUnknown,
    ResidentGone,
    ResidentUnknown,
    RoleRequired,
    SignInCodeExpired,
    SignInCodeWrong,
    SignInRequired,
    SiteUnknown,
    StaffUnknown,
    StartAfterEnd,
    StartMissing,
    TownUnknown,
    UnitUnknown,
    VisitUnknown,
)

__all__ = [
    "ActionElsewhere",
    "ActionInFuture",
    "ActionUnknown",
    "BudgetEmpty",
    "CapReached",
    "CaseDecided",
    "ClaimTooOld",
    "CodeElsewhere",
    "CodeExpired",
    "CodeForeign",
    "CodeForged",
    "CodeFormInvalid",
    "CodeOfOtherCity",
    "CodeUnknown",
    "CodeUsed",
    "ConfigInvalid",
    "DeviceRevoked",
    "DeviceUnknown",
    "DistrictUnknown",
    "EvidenceClaimed",
    "Forbidden",
    "GreenlifeError",
    "HomeLocked",
    "HomeMissing",
    "HouseholdCapReached",
    "HouseholdElsewhere",
    "HouseholdFull",
    "HouseholdMissing",
    "InHousehold",
    "InputMissing",
    "InputUnknown",
    "Invalid",
    "InvitationUnknown",
    "KioskClosed",
    "KioskUnknown",
    "MappingInvalid",
    "MaterialUnknown",
    "MethodologyUnknown",
    "NotADemo",
    "NotFound",
    "OtherDistrict",
    "OtherResident",
    "OtherSite",
    "OwnCode",
    "PanelUnknown",
    "PeriodInvalid",
    "PhoneInvalid",
    "PlaceCapReached",
    "PlaceFull",
    "PointsSpentAlready",
    "PositionInvalid",
    "PosterClosed",
    "PostersMissing",
    "PrivacyMissing",
    "PrivacyVersionStale",
    "QuantityCapReached",
    "QuantityInvalid",
    "QuantityOutOfRange",
    "ReasonMissing",
    "RecordUnknown",
    "Refused",
    "ResidentGone",
    "ResidentUnknown",
    "RoleRequired",
    "SignInCodeExpired",
    "SignInCodeWrong",
    "SignInRequired",
    "SiteUnknown",
    "StaffUnknown",
    "StartAfterEnd",
    "StartMissing",
    "TierNotAccepted",
    "TooMany",
    "TooManyCodes",
    "TooManyDevices",
    "TooManyTries",
    "TooShort",
    "TooSoon",
    "TownUnknown",
    "Unauthenticated",
    "UndoTooLate",
    "UndoneAlready",
    "UnitUnknown",
    "VisitOver",
    "VisitUnknown",
]
