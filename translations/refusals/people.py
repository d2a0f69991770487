"""Signing in, the privacy notice, the home district, and who may see what."""

from translations import N_
from translations.refusals.sentence import Refusal

PEOPLE: dict[str, Refusal] = {
    "phone_invalid": Refusal(
        N_("This is not a mobile number"),
        N_("A mobile number has 11 digits and begins with 1."),
        N_("Check the number and enter it again."),
    ),
    "code_form_invalid": Refusal(
        N_("The code has six digits"),
        N_("What was entered is not six digits."),
        N_("Enter the six digits from the message."),
    ),
    "sign_in_code_wrong": Refusal(
        N_("This code is wrong"),
        N_("You have %(tries_left)s tries left for this code."),
        N_("Enter the six digits from the newest message."),
    ),
    "sign_in_code_expired": Refusal(
        N_("This code is no longer valid"),
        N_("A code is good for five minutes and for one sign-in."),
        N_("Ask for a new code."),
    ),
    "too_many_codes": Refusal(
        N_("Too many codes were asked for"),
        N_("Each number gets six codes an hour."),
        N_("Try again in %(seconds)s seconds."),
    ),
    "too_many_tries": Refusal(
        N_("Too many tries"),
        N_("The code was entered wrongly five times, so it no longer works."),
        N_("Ask for a new code."),
    ),
    "resident_unknown": Refusal(
        N_("No resident has this number"),
        N_("Nobody has signed up with it, or the account was deleted."),
        N_("Check the number."),
    ),
    "resident_gone": Refusal(
        N_("This account was deleted"),
        N_("It was deleted while this was being done, so nothing was booked."),
        N_("Whoever wants to go on signs up again; that makes a new, empty account."),
    ),
    "staff_unknown": Refusal(
        N_("No counter or desk belongs to this number"),
        N_("Staff numbers are entered by the city."),
        N_("Residents sign in on the start page."),
    ),
    "sign_in_required": Refusal(
        N_("Please sign in first"),
        N_("You are not signed in, or your sign-in has ended."),
        N_("Sign in, then come back to this page."),
    ),
    "role_required": Refusal(
        N_("This page is for somebody else"),
        N_("Your account has another role."),
        N_("Go to your own start page, or sign in with another number."),
    ),
    "other_district": Refusal(
        N_("This belongs to another district"),
        N_("Your account sees its own district only."),
        N_("Ask that district’s administrator."),
    ),
    "other_site": Refusal(
        N_("This was weighed at another station"),
        N_("An undo is made where the weighing was made."),
        N_("Ask the station where it was weighed."),
    ),
    "other_resident": Refusal(
        N_("This belongs to somebody else"),
        N_("Everybody sees their own records only."),
        N_("Go back to your own records."),
    ),
    "device_unknown": Refusal(
        N_("There is no such phone"),
        N_("The list has changed since you opened it."),
        N_("Open the list again."),
    ),
    "too_many_devices": Refusal(
        N_("This phone cannot hold a code of its own today"),
        N_("At most %(most)s phones are set up a day."),
        N_("The code from the server still works. Try again tomorrow."),
    ),
    "privacy_missing": Refusal(
        N_("Please read the privacy notice first"),
        N_("Nothing is recorded before you have accepted it."),
        N_("Read it and accept it, then go on."),
    ),
    "privacy_version_stale": Refusal(
        N_("The privacy notice has changed"),
        N_("A new version has come into force since you opened the page."),
        N_("Read the new version, then accept it."),
    ),
    "home_missing": Refusal(
        N_("Choose your district first"),
        N_("Records are kept in the book of the district where you live."),
        N_("Choose district and town, then go on."),
    ),
    "home_locked": Refusal(
        N_("Your district can no longer be changed here"),
        N_("Your first record is already in that district’s book."),
        N_("If you have moved, ask at the district’s counter."),
    ),
    "household_missing": Refusal(
        N_("You are in no household yet"),
        N_("You left it meanwhile, or never joined one."),
        N_("Found a household, or join one with an invitation."),
    ),
    "in_household": Refusal(
        N_("You are in a household already"),
        N_("Everybody belongs to one household at a time."),
        N_("Leave it first, then join the other one."),
    ),
    "household_full": Refusal(
        N_("This household is full"),
        N_("At most %(most)s people belong to one."),
        N_("Somebody has to leave it first."),
    ),
    "household_elsewhere": Refusal(
        N_("This household is in another district"),
        N_("Who lives together has the same district under “Where you live”."),
        N_("Check the district, or ask for the invitation of your own household."),
    ),
    "invitation_unknown": Refusal(
        N_("This invitation does not work"),
        N_("It was mistyped, it is older than a day, or a newer one has replaced it."),
        N_("Ask for a new one and enter its 16 symbols."),
    ),
    "district_unknown": Refusal(
        N_("There is no such district"),
        N_("The city’s list does not have it."),
        N_("Choose one from the list."),
    ),
    "town_unknown": Refusal(
        N_("There is no such town in this district"),
        N_("District and town do not belong together."),
        N_("Choose a town from the list."),
    ),
    "period_invalid": Refusal(
        N_("This is not a period"),
        N_("The first day comes after the last, or one of them is no date."),
        N_("Choose the days again."),
    ),
    "panel_unknown": Refusal(
        N_("There is no such table"),
        N_("The statistics do not have it."),
        N_("Choose one of the tables on the overview."),
    ),
    "config_invalid": Refusal(
        N_("The installation is not set up correctly"),
        N_("%(where)s, %(key)s: %(why)s"),
        N_("Correct it and start again."),
    ),
    "not_a_demo": Refusal(
        N_("The demo only runs on its own data"),
        N_("%(where)s, %(key)s: %(why)s"),
        N_("Choose an empty database for the demo, or switch the demo off."),
    ),
    "mapping_invalid": Refusal(
        N_("The mapping does not fit the file"),
        N_("%(where)s: %(why)s"),
        N_("Correct the mapping and import again. Nothing was booked."),
    ),
}
