"""What stands at the side of every page of the desk: whose it is, and what waits."""

from flask_babel import gettext

from greenlife.cases import count_cases
from mobile_web.languages import pick
from mobile_web.web import runtime, staff


def side() -> dict[str, object]:
    """Role, place, and how many cases wait for the first or for the second look."""
    person = staff()
    is_city = person.role == "city_admin"
    with runtime().database.reading() as session:
        counts = count_cases(session, staff=person)
    return {
        "is_city": is_city,
        "role": gettext("City administrator") if is_city else gettext("District administrator"),
        "label": pick(dict(person.label)),
        "counts": counts,
        "waiting": sum(counts.values()),
    }
