"""The language of a page: by choice, else by what the browser asks for, else the city's own."""

from pathlib import Path

from flask import Flask, request
from flask_babel import Babel, get_locale

import translations
from translations import BABEL_NAMES, DEFAULT, LOCALES

COOKIE = "gl_language"
_TAGS = {name: tag for tag, name in BABEL_NAMES.items()}


def register_languages(app: Flask) -> None:
    """gettext, numbers and dates in the language of each request."""
    Babel(
        app,
        default_locale=BABEL_NAMES[DEFAULT],
        default_translation_directories=str(Path(translations.__file__).parent),
        locale_selector=lambda: BABEL_NAMES[wanted_language()],
    )


def wanted_language() -> str:
    """A tag of LOCALES."""
    chosen = request.cookies.get(COOKIE, "")
    if chosen in LOCALES:
        return chosen
    return request.accept_languages.best_match(LOCALES) or DEFAULT


def language() -> str:
    """The tag of the language in use, also outside of a request."""
    return _TAGS.get(str(get_locale()), DEFAULT)


def pick(texts: dict[str, str] | None) -> str:
    """A text that is data, in the language in use."""
    return translations.pick(dict(texts or {}), language())
