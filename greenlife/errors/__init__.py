"""Everything the programme can refuse, as one tree.

    GreenlifeError
    ├── ConfigInvalid                   the installation does not start
    │   └── NotADemo
    ├── Invalid (422)                   the request itself is wrong
    │   ├── PhoneInvalid  CodeFormInvalid  QuantityInvalid  QuantityOutOfRange  UnitUnknown
    │   ├── MaterialUnknown  InputMissing  InputUnknown  ReasonMissing  MappingInvalid  PeriodInvalid
    │   └── PrivacyVersionStale  DecisionInvalid
    ├── Unauthenticated (401)
    │   └── SignInRequired  SignInCodeWrong  SignInCodeExpired
    ├── Forbidden (403)
    │   └── RoleRequired  OtherDistrict  OtherSite  OtherResident  OwnCase  SameReviewer
    ├── NotFound (404)
    │   └── DistrictUnknown  TownUnknown  ActionUnknown  CodeUnknown  VisitUnknown  RecordUnknown  MethodologyUnknown
    │       ResidentUnknown  ResidentGone  StaffUnknown  PanelUnknown  DeviceUnknown  KioskUnknown  SiteUnknown
    │       PostersMissing  CaseUnknown
    ├── Refused (409)                   understood, and the rules say no
    │   ├── CodeForeign  CodeOfOtherCity  CodeForged  CodeExpired  CodeUsed  CodeElsewhere  OwnCode  DeviceRevoked
    │   ├── PosterClosed  KioskClosed  TierNotAccepted  ActionElsewhere
    │   ├── CapReached  QuantityCapReached  PlaceFull  TooSoon
    │   ├── PlaceCapReached  BudgetEmpty  EvidenceClaimed
    │   ├── CaseDecided  NothingToAppeal  AppealedAlready  AppealTooLate
    │   ├── HomeMissing  HomeLocked  PrivacyMissing
    │   └── VisitOver  UndoTooLate  UndoneAlready  PointsSpentAlready
    └── TooMany (429)
        └── TooManyCodes  TooManyDevices  TooManyTries

``code`` is stable and public; ``kind`` says what a face makes of it; ``params`` fill the sentence, which the
catalogues hold. ``str(error)`` is for logs only.
"""

from greenlife.errors.base import Forbidden, GreenlifeError, Invalid, NotFound, Refused, TooMany, Unauthenticated
from greenlife.errors.cases import (
    AppealedAlready,
    AppealTooLate,
    CaseDecided,
    CaseUnknown,
    DecisionInvalid,
    NothingToAppeal,
    OwnCase,
    SameReviewer,
)
from greenlife.errors.refusals import (
    ActionElsewhere,
    BudgetEmpty,
    CapReached,
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
    TooSoon,
    UndoneAlready,
    UndoTooLate,
    VisitOver,
)
from greenlife.errors.requests import (
    ActionUnknown,
    CodeFormInvalid,
    CodeUnknown,
    ConfigInvalid,
    DeviceUnknown,
    DistrictUnknown,
    InputMissing,
    InputUnknown,
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
    TownUnknown,
    UnitUnknown,
    VisitUnknown,
)

__all__ = [
    "ActionElsewhere",
    "ActionUnknown",
    "AppealTooLate",
    "AppealedAlready",
    "BudgetEmpty",
    "CapReached",
    "CaseDecided",
    "CaseUnknown",
    "CodeElsewhere",
    "CodeExpired",
    "CodeForeign",
    "CodeForged",
    "CodeFormInvalid",
    "CodeOfOtherCity",
    "CodeUnknown",
    "CodeUsed",
    "ConfigInvalid",
    "DecisionInvalid",
    "DeviceRevoked",
    "DeviceUnknown",
    "DistrictUnknown",
    "EvidenceClaimed",
    "Forbidden",
    "GreenlifeError",
    "HomeLocked",
    "HomeMissing",
    "InputMissing",
    "InputUnknown",
    "Invalid",
    "KioskClosed",
    "KioskUnknown",
    "MappingInvalid",
    "MaterialUnknown",
    "MethodologyUnknown",
    "NotADemo",
    "NotFound",
    "NothingToAppeal",
    "OtherDistrict",
    "OtherResident",
    "OtherSite",
    "OwnCase",
    "OwnCode",
    "PanelUnknown",
    "PeriodInvalid",
    "PhoneInvalid",
    "PlaceCapReached",
    "PlaceFull",
    "PointsSpentAlready",
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
    "SameReviewer",
    "SignInCodeExpired",
    "SignInCodeWrong",
    "SignInRequired",
    "SiteUnknown",
    "StaffUnknown",
    "TierNotAccepted",
    "TooMany",
    "TooManyCodes",
    "TooManyDevices",
    "TooManyTries",
    "TooSoon",
    "TownUnknown",
    "Unauthenticated",
    "UndoTooLate",
    "UndoneAlready",
    "UnitUnknown",
    "VisitOver",
    "VisitUnknown",
]
