"""Posters at the desk: their rows, the files of sheets, and what was done to one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask_babel import gettext, ngettext

from greenlife.codes import group
from greenlife.kinds import ActionKind
from greenlife.models import Site
from greenlife.posters import BATCH, SHEETS_A_SECOND, Done, PosterView
from mobile_web.languages import pick
from mobile_web.presenters import actions, dates, numbers
from mobile_web.web import runtime

SLOW = 2
"""Seconds from which on the page says beforehand how long a file takes."""


@dataclass(frozen=True, kw_only=True)
class Row:
    short: str
    typed: str
    place: str
    action: str
    icon: str
    state: str
    is_open: bool


@dataclass(frozen=True, kw_only=True)
class TownRows:
    """The posters of a town on this page."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True)
class File:
    """One PDF; ``seconds`` is empty where it is there at once."""

    number: int
    sheets: str
    seconds: str


def by_town(posters: Sequence[PosterView], *, with_district: bool) -> list[TownRows]:
    """The rows under the names of their towns, which the city's desk reads with their districts."""
    rows: dict[str, list[Row]] = {}
    for one in posters:
        name = town_name(one.site)
        if with_district:
            name = f"{pick(dict(runtime().programme.city.district(one.site.district).names))} · {name}"
        rows.setdefault(name, []).append(row(one))
    return [TownRows(name=name, rows=tuple(found)) for name, found in rows.items()]


def row(poster: PosterView) -> Row:
    return Row(
        short=poster.short,
        typed=group(poster.short),
        place=pick(dict(poster.site.names)),
        action=actions.subject(poster.action, None),
        icon=actions.icon_name(poster.action),
        state=_state(poster),
        is_open=poster.is_open,
    )


def town_name(site: Site) -> str:
    return pick(dict(runtime().programme.city.town(site.town).names))


def files(count: int) -> list[File]:
    """The files that so many sheets make."""
    if count <= BATCH:
        whole = ngettext(
            "Download %(figure)s sheet", "Download %(figure)s sheets", count, figure=numbers.integer(count)
        )
        return [File(number=1, sheets=whole, seconds=_seconds(count))] if count else []
    return [_part(number, first, min(first + BATCH - 1, count)) for number, first in _firsts(count)]


def wheres(sites: Sequence[Site]) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Towns with their places, to choose one of: (id, name, places)."""
    towns: dict[str, list[Site]] = {}
    for site in sites:
        towns.setdefault(site.town, []).append(site)
    return [
        (town, town_name(places[0]), [(site.id, pick(dict(site.names))) for site in places])
        for town, places in towns.items()
    ]


def kinds(found: Iterable[ActionKind]) -> list[tuple[str, str]]:
    """Actions to choose from: (code, name)."""
    return [(kind.code, actions.subject(kind.code, None)) for kind in found]


def done_line(done: Done) -> tuple[str, str]:
    """(what, when and by whom)"""
    what = {
        "made": gettext("Made"),
        "closed": gettext("Taken out of use"),
        "reopened": gettext("Put in use again"),
        "replaced": gettext("Replaced"),
    }.get(done.what, done.what)
    who = pick(dict(done.label)) if done.label else gettext("a desk that is no longer there")
    return what, gettext(
        "%(moment)s, %(who)s", moment=dates.moment(done.at), who=gettext("you") if done.is_own else who
    )


def _state(poster: PosterView) -> str:
    if poster.replaced_by:
        return gettext("Replaced")
    if not poster.active:
        return gettext("Out of use")
    if not poster.site.active:
        return gettext("The place has closed")
    return gettext("In use") if poster.is_open else gettext("The city no longer has the action")


def _firsts(count: int) -> Iterable[tuple[int, int]]:
    return enumerate(range(1, count + 1, BATCH), 1)


def _part(number: int, first: int, last: int) -> File:
    told = gettext("Download sheets %(first)s to %(last)s", first=numbers.integer(first), last=numbers.integer(last))
    return File(number=number, sheets=told, seconds=_seconds(last - first + 1))


def _seconds(count: int) -> str:
    seconds = -(-count // SHEETS_A_SECOND)
    return numbers.integer(seconds) if seconds > SLOW else ""
