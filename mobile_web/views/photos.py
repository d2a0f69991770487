"""A photo where no code hangs: choose what it shows, send it, and see what became of it."""

from contextlib import suppress

from flask import Response, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from greenlife.cases import get_own_case
from greenlife.errors import CaseUnknown, GreenlifeError
from greenlife.photos import KEPT_FOR, LARGEST_FILE, MEGABYTE, see_photo, take_photo
from greenlife.photos import review_photo as photo_of_case
from greenlife.scans import count_photo, declarable_actions, declare_action, declared_action
from mobile_web.browser_cookie import browser_id
from mobile_web.languages import pick
from mobile_web.pages import pages
from mobile_web.presenters import actions, dates, numbers
from mobile_web.presenters.refusals import refused
from mobile_web.refusals import status_of
from mobile_web.web import (
    Page,
    form_key,
    now,
    reference,
    resident,
    resident_only,
    runtime,
    staff,
    staff_only,
    takes_body,
)

FIELDS = 64 * 1024
"""Bytes for what is in the form beside the photo."""
LARGEST_FORM = LARGEST_FILE * MEGABYTE + FIELDS
PRIVATE = {
    "Cache-Control": "private, no-store",
    "Content-Disposition": 'inline; filename="photo.jpg"',
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pages.get("/photo")
@resident_only
def photo() -> Page:
    return _form()


@pages.post("/photo")
@takes_body(LARGEST_FORM)
@resident_only
def send_photo() -> Page:
    """The photo is opened before the transaction begins; what is wrong with it is said above the form."""
    try:
        taken = take_photo(_counted(_sent()))
        with runtime().database.writing() as session:
            booked = declare_action(
                session,
                runtime().programme,
                resident=resident(),
                action=request.form.get("action", ""),
                photo=taken,
                reference=reference(),
                device_id=browser_id(),
                now=now(),
                entropy=runtime().entropy,
            )
    except GreenlifeError as error:
        return make_response(_form(error, request.form.get("action", "")), status_of(error))
    return redirect(url_for("pages.sent_photo", entry=booked.entry_id, new=1), 303)


@pages.get("/photos/<entry>")
@resident_only
def sent_photo(entry: str) -> Page:
    """One that was sent: that it waits, or what was decided, and until when the picture is kept."""
    with runtime().database.reading() as session:
        found = declared_action(session, resident=resident(), entry_id=entry)
        can_appeal = found.state == "refused" and _can_appeal(session, entry)
    return render_template(
        "photo_sent.html",
        entry=entry,
        state=found.state,
        can_appeal=can_appeal,
        is_new=request.args.get("new") == "1",
        what=actions.subject(found.action, None),
        points=numbers.signed(found.points),
        happened=dates.moment(found.occurred_at),
        until=dates.day(found.delete_after) if found.delete_after else "",
        evidence=actions.evidence("declared"),
    )


def _can_appeal(session: Session, entry: str) -> bool:
    with suppress(CaseUnknown):  # after a year it is forgotten
        return get_own_case(session, resident=resident(), case_id=entry, now=now()).appeal_until is not None
    return False


@pages.get("/photos/<entry>/picture")
@resident_only
def own_photo(entry: str) -> Response:
    with runtime().database.reading() as session:
        return _picture(see_photo(session, resident=resident(), entry_id=entry))


@pages.get("/desk/review/<case_id>/photo")
@staff_only("district_admin", "city_admin")
def review_photo(case_id: str) -> Response:
    """The photo of a case of the own district; the city's desk sees those of all."""
    with runtime().database.reading() as session:
        return _picture(photo_of_case(session, staff=staff(), case_id=case_id))


def _sent() -> bytes:
    """Taken now or chosen among those that are there: two fields, and the first that has something counts."""
    return next((content for file in request.files.getlist("photo") if (content := file.read())), b"")


def _counted(content: bytes) -> bytes:
    if content:  # without a photo there is nothing to open
        with runtime().database.writing() as session:
            count_photo(session, runtime().programme, resident=resident(), now=now())
    return content


def _picture(content: bytes) -> Response:
    return Response(content, content_type="image/jpeg", headers=PRIVATE)


def _form(error: Exception | None = None, chosen: str = "") -> str:
    return render_template(
        "photo.html",
        key=form_key(),
        choices=[
            (kind.code, kind.icon, pick(dict(kind.titles)), numbers.signed_points(kind.tiers["declared"].points.most))
            for kind in declarable_actions(runtime().programme)
        ],
        chosen=chosen,
        error=refused(error) if error else None,
        kept_days=numbers.integer(KEPT_FOR.days),
        most=LARGEST_FILE * MEGABYTE,
        most_words=numbers.integer(LARGEST_FILE),
    )
