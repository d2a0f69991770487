"""What each review rule noticed. Figures come with their unit where they have one: ``metres`` and ``grams`` as texts."""

from translations import N_
from translations.reasons.reason import ReasonWords

VARIANTS = {"pair_too_busy": "digits", "photo_reused": "own", "tree_dead": "this_one"}
"""Code → the parameter that decides which words it gets."""

RULE_REASONS: dict[str, ReasonWords] = {
    "too_fast_between_places": ReasonWords(
        N_("Two places at once"),
        N_("%(metres)s apart with %(minutes)s min between: faster than anything that runs there."),
        N_("Two of your records lie far apart for the time between them."),
    ),
    "too_many_at_once": ReasonWords(
        N_("Many within minutes"),
        N_("Actions within %(minutes)s min: %(actions)s, at %(sites)s different places."),
        N_("Several records came within a few minutes."),
    ),
    "many_residents_on_device": ReasonWords(
        N_("Many people on one phone"),
        N_(
            "Residents on one phone within %(days)s days: %(residents)s. Days on which they went round together: %(rounds)s."
        ),
        N_("Several people record with the same phone."),
    ),
    "repeated_small_weighings": ReasonWords(
        N_("Small weighings again and again"),
        N_("Small weighings in a short time: %(weighings)s. This one: %(grams)s."),
        N_("There were several small weighings in a short time."),
    ),
    "bag_split": ReasonWords(
        N_("One bag in parts"),
        N_("The same material was weighed in %(parts)s parts, %(grams)s together: one bag would have held it."),
        N_("The same material was weighed several times in a row."),
    ),
    "identical_coordinates": ReasonWords(
        N_("A position that repeats"),
        N_(
            "The same position to the last digit: came again on other days %(repeats)s times, at %(places)s different places."
        ),
        N_("The phone gave exactly the same position several times."),
    ),
    "far_from_the_code": ReasonWords(
        N_("Far from the code"),
        N_("The phone was at least %(metres)s away from the code. Lately that happened %(times)s times."),
        N_("The phone’s position was far from where the code hangs."),
    ),
    "poster_shared": ReasonWords(
        N_("A poster scanned from elsewhere"),
        N_("Of this poster’s last %(scans)s scans %(present)s show a phone near it."),
        N_("Many of this poster’s last scans came from elsewhere."),
    ),
    "pair_too_busy.0": ReasonWords(
        N_("The same two, very often"),
        N_("Records of this counter for this resident within %(days)s days: %(actions)s."),
        N_("There were many records at the same counter in a few days."),
    ),
    "pair_too_busy.1": ReasonWords(
        N_("Weights unlike the others"),
        N_(
            "This counter writes rounder weights for this resident than for others. Records within %(days)s days: %(actions)s."
        ),
        N_("The weights look different from others of the same counter."),
    ),
    "photo_reused.0": ReasonWords(
        N_("A photo that was there before"),
        N_("Nearly the same photo as another resident’s, %(days)s days earlier; %(bits)s of 64 bits differ."),
        N_("The photo looks like one that is here already."),
    ),
    "photo_reused.1": ReasonWords(
        N_("A photo that was there before"),
        N_("Nearly the same photo as the resident’s own, %(days)s days earlier; %(bits)s of 64 bits differ."),
        N_("The photo looks like one that you sent before."),
    ),
    "tree_dead.0": ReasonWords(
        N_("Trees that did not live"),
        N_("Of this keeper’s %(inspected)s inspected trees %(dead)s are dead; this one was not inspected."),
        N_("Some of your trees were not well when they were last looked at."),
    ),
    "tree_dead.1": ReasonWords(
        N_("The tree did not live"),
        N_("The last inspection found this tree dead. Of this keeper’s %(inspected)s inspected trees %(dead)s are."),
        N_("The tree was not well when it was last looked at."),
    ),
    "steps_shaken": ReasonWords(
        N_("Steps that went nowhere"),
        N_(
            "%(steps)s steps in %(minutes)s min, and the phone does not show that it moved. Such steps that day: %(steps_today)s."
        ),
        N_("The phone does not show where these steps were walked."),
    ),
    "trip_too_fast": ReasonWords(
        N_("As fast as a car"),
        N_("%(kmh)s km/h on average, usually %(usual_kmh)s km/h: as fast as a car."),
        N_("The trip was fast for a bicycle."),
    ),
    "already_pending": ReasonWords(
        N_("Others wait already"),
        N_("Actions of the same kind that wait already: %(pending)s. They are decided first."),
        N_("Earlier records of this kind are still being looked at."),
    ),
    "to_be_seen": ReasonWords(
        N_("Always looked at"),
        N_("Evidence of this kind is always looked at by a person."),
        N_("Records with this kind of evidence are always looked at by a person."),
    ),
}
"""Code → its words; ``code.value`` where a parameter decides."""
