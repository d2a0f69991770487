"""The pages: a phone for residents, a counter for stations and shops, a desk for administrators."""

from flask import Flask
from flask_wtf.csrf import CSRFProtect

from mobile_web import built_files
from mobile_web.headers import register_headers
from mobile_web.languages import register_languages
from mobile_web.pages import pages
from mobile_web.refusals import register_refusals
from mobile_web.views import CHAPTERS
from mobile_web.views.demo import register_demo


def register(app: Flask) -> None:
    """Put the pages into an application."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    register_languages(app)
    register_headers(app)
    register_refusals(app)
    CSRFProtect(app)
    app.register_blueprint(built_files.blueprint)
    assert CHAPTERS  # importing them has put their views on the blueprint
    app.register_blueprint(pages)
    register_demo(app)


__all__ = ["register"]
