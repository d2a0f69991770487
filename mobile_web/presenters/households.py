"""A household in words: its members, an invitation, and what all of them share."""

from dataclasses import dataclass

from flask_babel import gettext

from greenlife.residents import MOST_MEMBERS, HouseholdView, Invitation
from mobile_web.languages import pick
from mobile_web.presenters import dates, numbers
from mobile_web.web import runtime

IN_FOURS = 4


@dataclass(frozen=True, kw_only=True)
class Home:
    members: str
    since: str
    counts_from: str


@dataclass(frozen=True, kw_only=True)
class Invited:
    """``code`` in groups of four, as it is read aloud."""

    code: str
    until: str


@dataclass(frozen=True, kw_only=True)
class Shared:
    """An action of which a household has at most so many a day."""

    icon: str
    title: str
    most: str


def household(view: HouseholdView) -> Home:
    """``counts_from`` is empty once it counts."""
    members = gettext(
        "%(members)s of at most %(most)s", members=numbers.integer(view.members), most=numbers.integer(MOST_MEMBERS)
    )
    return Home(
        members=members,
        since=dates.moment(view.joined_at),
        counts_from=dates.day(view.counts_from) if view.counts_from > dates.today() else "",
    )


def invitation(told: Invitation) -> Invited:
    parts = [told.code[at : at + IN_FOURS] for at in range(0, len(told.code), IN_FOURS)]
    return Invited(code=" ".join(parts), until=dates.when(told.expires_at))


def shared() -> list[Shared]:
    """What counts only so often for all who live together, by the rules of any tier."""
    found = []
    for kind in runtime().programme.actions.values():
        caps = [rule.household_cap for rule in kind.tiers.values() if rule.household_cap]
        if caps:
            most = gettext("%(times)s a day", times=numbers.integer(max(caps)))
            found.append(Shared(icon=kind.icon, title=pick(dict(kind.titles)), most=most))
    return found
