"""The desk's posters: which hang where, their sheets to print, and what is done to one of them."""

from collections.abc import Callable

from flask import Response, abort, redirect, render_template, request, url_for
from flask_babel import gettext

from greenlife.posters import (
    PosterView,
    Which,
    close_poster,
    draw_file,
    find_typeface,
    get_poster,
    get_sheet,
    hung_sites,
    list_batch,
    list_done,
    list_posters,
    make_poster,
    poster_actions,
    poster_sites,
    reopen_poster,
    replace_poster,
)
from mobile_web.languages import pick
from mobile_web.pages import leave_note, pages
from mobile_web.presenters import posters as words
from mobile_web.presenters.desk_side import side
from mobile_web.web import Page, now, runtime, staff, staff_only

keepers = staff_only("district_admin", "city_admin")
A_PAGE = 100
CHANGES: dict[str, Callable[..., PosterView]] = {
    "close": close_poster,
    "reopen": reopen_poster,
    "replace": replace_poster,
}
"""Last part of the address → what a press does."""


@pages.get("/desk/posters")
@keepers
def posters() -> Page:
    """The posters of the own district, or of what the city's administrator chooses, and their sheets as files."""
    which, used, page = _which(), request.args.get("show") != "out", _number("page")
    with runtime().database.reading() as session:
        found = list_posters(
            session, runtime().programme, staff=staff(), which=which, used=used, start=(page - 1) * A_PAGE, limit=A_PAGE
        )
        sites = hung_sites(session, staff=staff(), district=which.district) if _own() or which.district else ()
    total = found.in_use if used else found.out_of_use
    return render_template(
        "desk_posters.html",
        used=used,
        in_use=found.in_use,
        out_of_use=found.out_of_use,
        towns=words.by_town(found.posters, with_district=not (_own() or which.district)),
        files=words.files(found.in_use) if used else [],
        has_font=find_typeface(runtime().settings.poster_font) is not None,
        next=page + 1 if page * A_PAGE < total else None,
        asked=_asked(),
        districts=_districts(),
        wheres=words.wheres(sites),
        kinds=words.kinds(kind for kind in runtime().programme.actions.values() if "poster" in kind.tiers),
        **side(),
    )


@pages.get("/desk/posters/sheets.pdf")
@keepers
def poster_sheets() -> Response:
    """One file of what is chosen."""
    which, number, settings = _which(), _number("file"), runtime().settings
    with runtime().database.reading() as session:
        sheets = list_batch(
            session, runtime().programme, staff=staff(), base_url=settings.base_url, which=which, number=number
        )
    # Drawn after the transaction: it takes seconds.
    return _pdf(draw_file(sheets, settings.poster_font), f"{which.district or staff().scope}-{number}")


@pages.get("/desk/posters/<poster>.pdf")
@keepers
def poster_sheet(poster: str) -> Response:
    settings = runtime().settings
    with runtime().database.reading() as session:
        sheet = get_sheet(session, runtime().programme, staff=staff(), base_url=settings.base_url, short=poster)
    return _pdf(draw_file([sheet], settings.poster_font), sheet.typed.replace(" ", ""))


@pages.get("/desk/posters/new")
@keepers
def new_poster() -> Page:
    """First where, then what for: only what a poster at that place can record is there to choose."""
    district, chosen = request.args.get("district") or None, request.args.get("site", "")
    if _own():
        district = None
    elif district:
        district = runtime().programme.city.district(district).id
    with runtime().database.reading() as session:
        offered = poster_sites(session, runtime().programme, staff=staff(), district=district)
    sites = offered if _own() or district else ()
    site = next((one for one in sites if one.id == chosen), None)
    return render_template(
        "desk_poster_new.html",
        districts=_districts(),
        district=district,
        wheres=words.wheres(sites),
        site=site.id if site else "",
        kinds=words.kinds(poster_actions(runtime().programme, site) if site else ()),
        **side(),
    )


@pages.post("/desk/posters/new")
@keepers
def add_poster() -> Page:
    with runtime().database.writing() as session:
        made = make_poster(
            session,
            runtime().programme,
            staff=staff(),
            site_id=request.form.get("site", ""),
            action=request.form.get("action", ""),
            now=now(),
            entropy=runtime().entropy,
        )
    leave_note(gettext("Made. Print its sheet and hang it up"))
    return redirect(url_for("pages.desk_poster", poster=made.short), 303)


@pages.get("/desk/posters/<poster>")
@keepers
def desk_poster(poster: str) -> Page:
    """One poster, and what was done to it by whom."""
    return _page("desk_poster.html", poster)


@pages.get("/desk/posters/<poster>/<change>")
@keepers
def poster_change(poster: str, change: str) -> Page:
    """What it would do, before it is done."""
    if change not in CHANGES:
        abort(404)
    return _page("desk_poster_change.html", poster, change=change)


@pages.post("/desk/posters/<poster>/<change>")
@keepers
def change_poster(poster: str, change: str) -> Page:
    do = CHANGES.get(change)
    if do is None:
        abort(404)
    with runtime().database.writing() as session:
        done = do(session, runtime().programme, staff=staff(), short=poster, now=now(), entropy=runtime().entropy)
    leave_note(
        {
            "close": gettext("Taken out of use. Its code is refused from now on"),
            "reopen": gettext("In use again. Its code counts from now on"),
            "replace": gettext("Replaced. Hang up this one in its stead: the old code is refused from now on"),
        }[change]
    )
    return redirect(url_for("pages.desk_poster", poster=done.short), 303)


def _page(template: str, short: str, **more: str) -> str:
    with runtime().database.reading() as session:
        found = get_poster(session, runtime().programme, staff=staff(), short=short)
        done = list_done(session, staff=staff(), poster=found)
    return render_template(
        template,
        poster=found,
        row=words.row(found),
        town=words.town_name(found.site),
        done=[words.done_line(one) for one in done],
        has_font=find_typeface(runtime().settings.poster_font) is not None,
        can_hang=not found.replaced_by and _fits(found),
        **more,
        **side(),
    )


def _fits(poster: PosterView) -> bool:
    """Whether a poster of its action can hang at its place as things stand."""
    fitting = poster_actions(runtime().programme, poster.site)
    return poster.site.active and poster.action in {kind.code for kind in fitting}


def _pdf(content: bytes, name: str) -> Response:
    response = Response(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="posters-{name}.pdf"'
    return response


def _own() -> bool:
    return bool(staff().role == "district_admin")


def _districts() -> list[tuple[str, str]]:
    """What the city's administrator chooses from; the others have one district."""
    return [] if _own() else [(one.id, pick(dict(one.names))) for one in runtime().programme.city.districts]


def _which() -> Which:
    """What the address asks for; ``at`` is a town or a place."""
    asked = _asked()
    at = asked.get("at")
    towns = {town.id for district in runtime().programme.city.districts for town in district.towns}
    return Which(
        district=asked.get("district"),
        town=at if at in towns else None,
        site=None if at in towns else at,
        action=asked.get("action"),
    )


def _asked() -> dict[str, str]:
    return {name: request.args[name] for name in ("district", "at", "action") if request.args.get(name)}


def _number(name: str) -> int:
    """A number from 1 on; the first where the address says none."""
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and int(text[:6]) > 0 and len(text) <= 6 else 1
