"""The blueprint of all pages, and what every template can ask for."""

from typing import Any

from flask import Blueprint, request, session

import translations
from mobile_web import built_files
from mobile_web.languages import language, pick
from mobile_web.presenters import dates, numbers
from mobile_web.presenters.qr import qr_picture
from mobile_web.web import form_key, now, runtime, signed

LARGE_TEXT_COOKIE = "gl_large_text"
NOTE = "note"
"""Where the session keeps the sentence that the next page shows once."""

pages = Blueprint("pages", __name__, template_folder="templates")


def leave_note(sentence: str) -> None:
    """A sentence for the next page: what was done, said once."""
    session[NOTE] = sentence


@pages.app_context_processor
def helpers() -> dict[str, Any]:
    return {
        "asset": built_files.asset,
        "form_key": form_key,
        "icon_address": built_files.icon,
        "is_demo": runtime().settings.demo,
        "language": language(),
        "large_text": request.cookies.get(LARGE_TEXT_COOKIE) == "1",
        "locales": translations.LOCALES,
        "now": now,
        "numbers": numbers,
        "dates": dates,
        "pick": pick,
        "qr_picture": qr_picture,
        "signed": signed,
        "take_note": lambda: session.pop(NOTE, ""),
    }
