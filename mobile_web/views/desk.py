"""The administrators' desk: a district's participation, the city's tiles, the index, and CSV of each table."""

from datetime import datetime

from flask import Response, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy.orm import Session

import ledger
from greenlife.errors import OtherDistrict
from greenlife.lifestyle_index import compute_index
from greenlife.statistics import (
    Period,
    panel_csv,
    parse_period,
    read_built_until,
    read_panel,
    read_summary,
)
from mobile_web.languages import pick
from mobile_web.pages import pages
from mobile_web.presenters import dates, day_chart, desk_stats, desk_tables, index_words, tiles
from mobile_web.presenters.desk_side import side
from mobile_web.presenters.log_foot import LogFoot, log_foot
from mobile_web.web import Page, runtime, staff, staff_only

administrators = staff_only("district_admin", "city_admin")
SPANS = (7, 30, 60)
"""Days that one press chooses."""


@pages.get("/desk")
@administrators
def desk() -> Page:
    """One district; the city's administrator chooses which, and without a choice sees the city."""
    district = _district()
    if district is None:
        return redirect(f"{url_for('pages.desk_city')}?{request.query_string.decode()}", 303)
    period, programme = _period(), runtime().programme
    with runtime().database.reading() as session:
        summary = read_summary(session, programme, district=district, period=period)
        days, towns, kinds = (
            read_panel(session, programme, panel, district=district, period=period)
            for panel in ("by_day", "by_town", "by_action")
        )
        built, foot = read_built_until(session, programme), _log_foot(session, district)
    name = pick(dict(programme.city.district(district).names))
    return render_template(
        "desk.html",
        district=district,
        name=name,
        stats=desk_stats.stats(summary, period),
        chart=day_chart.draw(days),
        days=desk_tables.table(days),
        towns=desk_tables.table(towns),
        kinds=desk_tables.table(kinds),
        **_frame(period, built, foot),
    )


@pages.get("/desk/city")
@staff_only("city_admin")
def desk_city() -> Page:
    period, programme = _period(), runtime().programme
    with runtime().database.reading() as session:
        summary = read_summary(session, programme, district=None, period=period)
        panel = read_panel(session, programme, "districts", district=None, period=period)
        days = read_panel(session, programme, "by_day", district=None, period=period)
        scores = compute_index(session, programme, since=period.since, until=period.until)
        built, foot = read_built_until(session, programme), _log_foot(session, None)
    by_index = request.args.get("show") != "participation"
    return render_template(
        "desk_city.html",
        name=pick(dict(programme.city.names)),
        stats=desk_stats.stats(summary, period),
        tiles=index_words.index_tiles(scores) if by_index else tiles.people_tiles(programme.city, panel),
        by_index=by_index,
        notice=pick(dict(programme.framework.notice)),
        districts=desk_tables.table(panel),
        chart=day_chart.draw(days),
        days=desk_tables.table(days),
        **_frame(period, built, foot),
    )


@pages.get("/desk/index")
@administrators
def desk_index() -> Page:
    """What the index consists of and what each indicator contributes, for one district."""
    period, programme = _period(), runtime().programme
    with runtime().database.reading() as session:
        scores = compute_index(session, programme, since=period.since, until=period.until)
        district = _district() or scores[0].district.id
        built, foot = read_built_until(session, programme), _log_foot(session, district)
    return render_template(
        "desk_index.html",
        score=index_words.score(next(one for one in scores if one.district.id == district)),
        framework=index_words.framework(programme.framework),
        district=district,
        choices=[(one.id, pick(dict(one.names))) for one in programme.city.districts]
        if staff().role == "city_admin"
        else [],
        **_frame(period, built, foot),
    )


@pages.get("/desk/export/<panel>.csv")
@administrators
def desk_export(panel: str) -> Response:
    """The table as CSV that opens in Excel, small groups hidden as on screen."""
    period, programme, district = _period(), runtime().programme, _district()
    if panel == "districts" and staff().role != "city_admin":
        raise OtherDistrict
    with runtime().database.reading() as session:
        found = read_panel(session, programme, panel, district=district, period=period)
    content = panel_csv(
        found,
        headings=desk_tables.headings(panel),
        label=lambda key: gettext("Total") if key == "total" else desk_tables.label(panel, key, exact=True),
        hidden=desk_tables.hidden(found.least_people),
    )
    response = Response(content, content_type="text/csv; charset=utf-8")
    name = f"{district or programme.city.id}-{panel}-{period.since}-{period.until}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _district() -> str | None:
    """The district asked for, or the own one; None is the whole city. Raises OtherDistrict and DistrictUnknown."""
    wanted, person = request.args.get("district", ""), staff()
    if person.role == "district_admin":
        if wanted and wanted != person.scope:
            raise OtherDistrict
        return person.scope
    return runtime().programme.city.district(wanted).id if wanted else None


def _period() -> Period:
    days = request.args.get("days", "")
    if days.isascii() and days.isdigit() and int(days[:4]) in SPANS:
        today = dates.today()
        return Period(today.fromordinal(today.toordinal() - int(days[:4]) + 1), today)
    return parse_period(request.args.get("since"), request.args.get("until"), today=dates.today())


def _log_foot(session: Session, district: str | None) -> LogFoot:
    """The log behind the figures of a district, or those of all."""
    books = [district] if district else [one.id for one in runtime().programme.city.districts]
    return log_foot(ledger.newest_checkpoint(session, book) for book in books)


def _frame(period: Period, built: datetime | None, foot: LogFoot) -> dict[str, object]:
    """What every page of the desk shows around its figures."""
    asked = {"since": period.since.isoformat(), "until": period.until.isoformat()}
    district = request.args.get("district")
    return {
        "period": period,
        "spans": SPANS,
        "today": dates.today(),
        "asked": asked | ({"district": district} if district else {}),
        "built": dates.moment(built) if built else "",
        "foot": foot,
        "least": runtime().programme.city.least_people,
        **side(),
    }
