"""Participation by day, town, action and district, and the lifestyle index."""

from typing import Any

from api.blueprint import Blueprint
from api.calls import Call, reading
from api.schemas.statistics import IndexOut, PanelOut, PeriodIn
from greenlife.errors import OtherDistrict
from greenlife.lifestyle_index import compute_index
from greenlife.statistics import Panel, parse_period, read_panel

blp = Blueprint("statistics", "The figures of the districts.")


@blp.get("/statistics/index")
@blp.arguments(PeriodIn, location="query")
@blp.response(200, IndexOut)
@reading("district_admin", "city_admin")
def get_index(call: Call, asked: dict[str, Any]) -> dict[str, object]:
    """The lifestyle index of the own district, or of all for the city's administrator."""
    wanted = _district(call, asked["district"])
    period = parse_period(asked["since"], asked["until"], today=call.programme.local_day(call.now))
    found = compute_index(call.session, call.programme, since=period.since, until=period.until)
    framework = call.programme.framework
    return {
        "version": framework.version,
        "standard": framework.standard,
        "weights_status": framework.weights_status,
        "notice": framework.notice,
        "districts": [one for one in found if wanted in {None, one.district.id}],
    }


@blp.get("/statistics/<panel>")
@blp.arguments(PeriodIn, location="query")
@blp.response(200, PanelOut)
@reading("district_admin", "city_admin")
def get_panel(call: Call, asked: dict[str, Any], panel: str) -> Panel:
    """by_day, by_town, by_action; districts for the city's administrator."""
    district = _district(call, asked["district"])
    if panel == "districts" and district is not None:
        raise OtherDistrict
    period = parse_period(asked["since"], asked["until"], today=call.programme.local_day(call.now))
    return read_panel(call.session, call.programme, panel, district=district, period=period)


def _district(call: Call, wanted: str | None) -> str | None:
    """The own district, whatever was left out; raises OtherDistrict and DistrictUnknown."""
    if call.staff.role == "district_admin":
        if wanted not in {None, call.staff.scope}:
            raise OtherDistrict
        return call.staff.scope
    return call.programme.city.district(wanted).id if wanted else None
