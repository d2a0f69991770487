"""Scanning, weighing, undoing, and the own records."""

from translations import N_
from translations.refusals.sentence import Refusal

SCANS: dict[str, Refusal] = {
    "code_unknown": Refusal(
        N_("This is not a code of ours"),
        N_("It was misread or mistyped, or it belongs to something else."),
        N_("Scan again in good light, or type the code printed below it."),
    ),
    "code_foreign": Refusal(
        N_("Not recorded. This code belongs to %(host)s"),
        N_("It leads to another city or another system."),
        N_("Look for the code with the green leaf of this city."),
    ),
    "code_other_city": Refusal(
        N_("Not recorded. This code is of another city"),
        N_("The resident’s phone is signed in to another city’s green life code."),
        N_("Ask for the code of this city’s green life code."),
    ),
    "code_forged": Refusal(
        N_("Not recorded. This code is not genuine"),
        N_("Its check digits do not fit."),
        N_("Ask for the code to be shown live in the app, then scan again."),
    ),
    "code_expired": Refusal(
        N_("Not recorded. This code is too old"),
        N_("Such a code changes every 30 seconds. A screenshot does not work."),
        N_("Scan what the screen shows now. If it stays, that device’s clock is wrong."),
    ),
    "code_used": Refusal(
        N_("Not recorded. This code was used at %(at)s"),
        N_("A code changes every 30 seconds and works once."),
        N_("Wait until the screen shows a new code, then scan again."),
    ),
    "device_revoked": Refusal(
        N_("Not recorded. This phone was signed out"),
        N_("Its code was good, but the resident signed this phone out or has to sign in again."),
        N_("Ask the resident to sign in on the phone and to show the new code."),
    ),
    "code_elsewhere": Refusal(
        N_("A good code, but not for this screen"),
        N_("It belongs to another step."),
        N_("Look which code this screen asks for."),
    ),
    "code_elsewhere.poster": Refusal(
        N_("This is a poster code"),
        N_("Posters are scanned by residents with their own phone."),
        N_("Scan the code on the resident’s or customer’s phone instead."),
    ),
    "code_elsewhere.kiosk": Refusal(
        N_("This is the code of a screen"),
        N_("Screens at a place are scanned by residents with their own phone."),
        N_("Scan the code on the resident’s or customer’s phone instead."),
    ),
    "code_elsewhere.resident": Refusal(
        N_("This is a resident’s own code"),
        N_("Residents’ codes are scanned by station attendants."),
        N_("Show it at a station. To record by yourself, scan a poster."),
    ),
    "code_elsewhere.voucher": Refusal(
        N_("This is a voucher"),
        N_("Vouchers are accepted at the merchant’s till."),
        N_("Show it at the till of the shop named on it."),
    ),
    "own_code": Refusal(
        N_("Not recorded. This is your own code"),
        N_("Nobody scans their own code."),
        N_("Ask a colleague to scan it."),
    ),
    "poster_closed": Refusal(
        N_("Not recorded. This poster is no longer in use"),
        N_("The place has closed, or the poster was replaced."),
        N_("Look for a newer poster there."),
    ),
    "kiosk_closed": Refusal(
        N_("Not recorded. This screen is no longer in use"),
        N_("The place’s staff took it out of use, or the place has closed."),
        N_("Look for another code there, or ask the staff."),
    ),
    "kiosk_unknown": Refusal(
        N_("There is no such screen"),
        N_("It was never set up, or it belongs to another place."),
        N_("Sign in as staff of the place and set it up anew."),
    ),
    "site_unknown": Refusal(
        N_("There is no such place"),
        N_("It is closed, or it is not yours to look after."),
        N_("Choose a place from the list."),
    ),
    "tier_not_accepted": Refusal(
        N_("Not recorded. This evidence does not count here"),
        N_("The action’s rules ask for stronger evidence."),
        N_("Show “My code” to an attendant instead."),
    ),
    "action_elsewhere": Refusal(
        N_("This is not recorded here"),
        N_("A place of this kind cannot vouch for the action."),
        N_("Choose one of the actions on the page."),
    ),
    "cap_reached": Refusal(
        N_("%(cap)s of %(cap)s recorded today. Come back tomorrow"),
        N_("Each action counts only so often a day."),
        N_("Tomorrow it counts again."),
    ),
    "quantity_cap_reached": Refusal(
        N_("Enough of it for today"),
        N_("At most %(most)s %(unit)s a day count for one person."),
        N_("Tomorrow it counts again."),
    ),
    "household_cap_reached": Refusal(
        N_("Your household has had it %(cap)s times today"),
        N_("It counts at most %(cap)s times a day for all who live together."),
        N_("Tomorrow it counts again."),
    ),
    "too_soon": Refusal(
        N_("It is too soon for another one"),
        N_("The next one counts from %(until)s."),
        N_("Come back then."),
    ),
    "place_full": Refusal(
        N_("This place has recorded enough of it for today"),
        N_("A place records at most %(cap)s a day."),
        N_("Tomorrow it counts again, and other places count today."),
    ),
    "place_cap_reached": Refusal(
        N_("You scanned this poster at %(at)s today"),
        N_("One poster counts once a day."),
        N_("Tomorrow it counts again, and other places count today."),
    ),
    "budget_empty": Refusal(
        N_("This month’s budget is used up"),
        N_("Points come out of a funded budget, and it has nothing left."),
        N_("Try again when the district has filled it up."),
    ),
    "evidence_claimed": Refusal(
        N_("Not recorded. This was already recorded at %(at)s"),
        N_("The same evidence counts once."),
        N_("Look it up in your records."),
    ),
    "position_invalid": Refusal(
        N_("This is no place on earth"),
        N_("The position that came with the scan cannot be read."),
        N_("Scan again, without your position if need be."),
    ),
    "quantity_invalid": Refusal(
        N_("This is not a number that can be recorded"),
        N_("A number like 3.2 is needed, without signs or letters."),
        N_("Enter it again."),
    ),
    "quantity_invalid.whole": Refusal(
        N_("This is not a number that can be recorded"),
        N_("A whole number like 3 is needed, without signs or letters."),
        N_("Enter it again."),
    ),
    "quantity_out_of_range": Refusal(
        N_("This is too little or too much"),
        N_("Between %(least)s and %(most)s %(unit)s can be recorded at a time."),
        N_("Check the scale and enter it again, in parts where it is more."),
    ),
    "unit_unknown": Refusal(
        N_("This unit is not used here"),
        N_("The action is counted in %(known)s."),
        N_("Choose one of these."),
    ),
    "material_unknown": Refusal(
        N_("Choose a material first"),
        N_("Each material has a factor of its own."),
        N_("Tap the material that lies on the scale."),
    ),
    "input_missing": Refusal(
        N_("Something is missing for the calculation"),
        N_("The method needs “%(input)s” too."),
        N_("Add it and send it again. Nothing was booked."),
    ),
    "input_unknown": Refusal(
        N_("The method does not use this figure"),
        N_("“%(input)s” is not one of the figures it asks for."),
        N_("Leave it out and send it again. Nothing was booked."),
    ),
    "reason_missing": Refusal(
        N_("Choose a reason for the undo"),
        N_("An undo stays on record, with its reason."),
        N_("Choose one of the reasons."),
    ),
    "action_unknown": Refusal(
        N_("This action does not count here"),
        N_("The city’s list does not have it."),
        N_("See under Methods what counts."),
    ),
    "methodology_unknown": Refusal(
        N_("There is no such method"),
        N_("It has another name, or was not in force on that day."),
        N_("See the list of methods."),
    ),
    "methodology_unknown.day": Refusal(
        N_("Not recorded. That day does not count yet"),
        N_("The action’s method has no factors in force on %(on)s."),
        N_("See on the method’s page from which day on it counts."),
    ),
    "action_in_future": Refusal(
        N_("Not recorded. This has not happened yet"),
        N_("It is dated %(at)s, and that is still to come."),
        N_("Check date, clock and time zone of whoever reported it."),
    ),
    "claim_too_old": Refusal(
        N_("Not recorded. This was too long ago"),
        N_("Such evidence counts for %(days)s days after the day of the action."),
        N_("Have the next one recorded in time."),
    ),
    "duration_too_short": Refusal(
        N_("Not recorded. This was over too quickly"),
        N_("It takes at least %(seconds)s seconds from beginning to end."),
        N_("Wait a moment and send it again."),
    ),
    "start_missing": Refusal(
        N_("Not recorded. Its beginning is missing"),
        N_("The action’s rules ask how long it took."),
        N_("Send the time at which it began too."),
    ),
    "start_after_end": Refusal(
        N_("Not recorded. It ends before it begins"),
        N_("The time of the beginning lies after that of the end."),
        N_("Check both times, and their time zones."),
    ),
    "visit_unknown": Refusal(
        N_("There is no such visit"),
        N_("It belongs to another attendant, or the address is wrong."),
        N_("Scan the resident’s code again."),
    ),
    "visit_over": Refusal(
        N_("Not recorded. The ten minutes ended at %(at)s"),
        N_("A scan of the resident’s code opens ten minutes for weighing."),
        N_("Scan the resident’s code again, then weigh."),
    ),
    "undo_too_late": Refusal(
        N_("This can no longer be undone here"),
        N_("An undo is possible for %(minutes)s minutes."),
        N_("Ask the district’s counter for a correction."),
    ),
    "undone_already": Refusal(
        N_("This was already undone at %(at)s"),
        N_("Nothing is undone twice."),
        N_("Weigh again where something is missing."),
    ),
    "points_spent_already": Refusal(
        N_("This cannot be undone: its points are spent"),
        N_("An undo gives back exactly the points of the record, and they are gone."),
        N_("Ask the district’s counter for a correction."),
    ),
    "record_unknown": Refusal(
        N_("There is no such record"),
        N_("It belongs to somebody else, or the address is wrong."),
        N_("Look for it in the list."),
    ),
}
