"""Scanning: a code by camera, photo or keyboard; what it would book; the booking."""

from flask import make_response, redirect, render_template, request, url_for

from greenlife.actions import METHOD_NO_GRAMS, TRACES_KEPT_FOR, Position
from greenlife.codes import KioskCode, PosterCode, kiosk_address
from greenlife.errors import GreenlifeError, PositionInvalid, TooSoon
from greenlife.scans import ScanPreview, preview_scan, record_scan
from mobile_web.browser_cookie import browser_id
from mobile_web.languages import pick
from mobile_web.pages import pages
from mobile_web.presenters import actions, dates, numbers
from mobile_web.presenters.refusals import refused
from mobile_web.refusals import status_of
from mobile_web.web import Page, form_key, now, reference, resident, resident_only, runtime


@pages.get("/scan")
@resident_only
def scan() -> Page:
    return render_template("scan.html", typed="", error=None)


@pages.post("/scan")
@resident_only
def look_up() -> Page:
    """What was scanned or typed leads to its confirmation; it books nothing yet."""
    text = request.form.get("code", "")
    try:
        found = _preview(text)
    except GreenlifeError as error:
        page = render_template("scan.html", typed=text[:80], error=refused(error))
        return make_response(page, status_of(error))
    code = found.code
    if isinstance(code, KioskCode):
        return redirect(url_for("pages.kiosk_code", code=code.kiosk_id + code.mac), 303)
    return redirect(url_for("pages.poster", code=code.code), 303)


@pages.get("/P/<code>")
@resident_only
def poster(code: str) -> Page:
    """What any phone's camera opens from a poster: it says what would be booked, and asks."""
    return _ask(code)


@pages.get("/K/<code>")
@resident_only
def kiosk_code(code: str) -> Page:
    """What any phone's camera opens from a screen whose code changes; it asks the same, for half a minute."""
    return _ask(kiosk_address(runtime().settings.base_url, code))


def _ask(text: str) -> Page:
    found = _preview(text)
    quote = found.quote
    return render_template(
        "confirm.html",
        code=found.code.code if isinstance(found.code, PosterCode) else text,
        is_changing=found.tier == "rotating",
        key=form_key(),
        icon_name=actions.icon_name(found.action),
        title_=actions.subject(found.action, None),
        place=pick(dict(found.site.names)),
        points=numbers.signed(quote.points),
        bonus=actions.bonus(found.bonus.points, found.bonus.titles) if found.bonus else "",
        mass=numbers.mass(quote.mg),
        zero_reason=actions.zero_reason(quote),
        stronger=quote.zero_reason != METHOD_NO_GRAMS,
        moment=dates.moment(now()),
        ordinal=numbers.integer(found.used + 1),
        cap=numbers.integer(found.cap) if found.cap else "",
        refusal=refused(found.refusal) if found.refusal else None,
        is_too_soon=isinstance(found.refusal, TooSoon),
        here_at=dates.when(found.here_at) if found.here_at else "",
        evidence=actions.evidence(found.tier),
        position_days=TRACES_KEPT_FOR.days,
    )


@pages.post("/scan/confirm")
@resident_only
def confirm_scan() -> Page:
    with runtime().database.writing() as session:
        receipt = record_scan(
            session,
            runtime().programme,
            resident=resident(),
            code=request.form.get("code", ""),
            hosts=runtime().settings.hosts,
            reference=reference(),
            device_id=browser_id(),
            position=_position(),
            now=now(),
            entropy=runtime().entropy,
        )
    return redirect(url_for("pages.record", entry=receipt.booked.entry_id, new=1), 303)


def _position() -> Position | None:
    """Where the phone says that it is, if the resident let it; raises PositionInvalid."""
    told = [request.form.get(name, "") for name in ("latitude", "longitude", "accuracy")]
    if not any(told):
        return None
    try:
        latitude, longitude, accuracy = map(float, told)
    except ValueError:
        raise PositionInvalid from None
    return Position.of_degrees(latitude, longitude, accuracy)


def _preview(code: str) -> ScanPreview:
    with runtime().database.reading() as session:
        return preview_scan(
            session,
            runtime().programme,
            resident=resident(),
            code=code,
            hosts=runtime().settings.hosts,
            now=now(),
        )
