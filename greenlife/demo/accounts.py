"""The sign-ins that the demo prints: one for each role, and two of those who decide together."""

from dataclasses import dataclass

from translations import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """``title`` is a message id, ``phone`` in national form as people type it, ``path`` where to sign in."""

    title: str
    phone: str
    path: str


HOME_DISTRICT, HOME_TOWN = "huzhou-deqing", "wukang"
"""Where the accounts are at home: the resident, the station, the merchant and the district's desk belong together."""

STAFF_PATH = "/staff/sign-in"

RESIDENT = Account(title=N_("Resident"), phone="13800000001", path="/sign-in")
ATTENDANT = Account(title=N_("Station attendant"), phone="13800000002", path=STAFF_PATH)
CLERK = Account(title=N_("Merchant's clerk"), phone="13800000003", path=STAFF_PATH)
DISTRICT_ADMIN = Account(title=N_("District administrator"), phone="13800000004", path=STAFF_PATH)
CITY_ADMIN = Account(title=N_("City administrator"), phone="13800000005", path=STAFF_PATH)
SECOND_CITY_ADMIN = Account(title=N_("Second city administrator"), phone="13800000006", path=STAFF_PATH)
"""Rules of points need two."""

ACCOUNTS = (RESIDENT, ATTENDANT, CLERK, DISTRICT_ADMIN, CITY_ADMIN, SECOND_CITY_ADMIN)
