"""Public logs and places in them, in words; and what the page that checks proofs brings along."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from greenlife.public_log import generations_of, origin_of, verifiers_of
from ledger import LogPlace, write_verifier
from mobile_web.languages import pick
from mobile_web.presenters import actions, numbers
from mobile_web.web import runtime


@dataclass(frozen=True)
class PublicLog:
    """A district's log: its name in words, its name for ever, and the keys that may sign for it."""

    name: str
    origin: str
    keys: list[str]


def place(book: str, found: LogPlace | None) -> str:
    """“Deqing log, no. 1,234 of 5,678”; empty while the record waits for its place."""
    if found is None:
        return ""
    return gettext(
        "%(district)s log, no. %(index)s of %(size)s",
        district=_district(book),
        index=numbers.integer(found.index + 1),
        size=numbers.integer(found.size),
    )


def logs() -> list[PublicLog]:
    """The logs of the city that have a key; also those that were lost, for what they signed before."""
    settings = runtime().settings
    found = [
        PublicLog(
            _district(district.id),
            origin_of(settings, district.id, generation),
            [write_verifier(one) for one in verifiers_of(settings, district.id, generation)],
        )
        for district in runtime().programme.city.districts
        for generation in reversed(generations_of(settings, district.id))
    ]
    return [log for log in found if log.keys]


def pinned(logs: list[PublicLog]) -> dict[str, Any]:
    """What the browser is told once, so that it can check and say everything without asking again."""
    programme = runtime().programme
    subjects = {code: pick(dict(kind.titles)) for code, kind in programme.actions.items()}
    for code, kind in programme.actions.items():
        subjects |= {f"{code}/{material}": actions.subject(code, material) for material in kind.materials}
    return {
        "logs": [{"name": log.name, "origin": log.origin, "keys": log.keys} for log in logs],
        "subjects": subjects,
        "tiers": {code: pick(dict(tier.titles)) for code, tier in programme.tiers.items()},
        "zone": programme.zone.key,
    }


def _district(book: str) -> str:
    return pick(dict(runtime().programme.city.district(book).names))
