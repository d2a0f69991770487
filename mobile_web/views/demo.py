"""The demo's second screen: who can sign in, and codes to scan. Only a demo has this page."""

from dataclasses import dataclass

from flask import Blueprint, Flask, render_template, url_for
from flask_babel import gettext
from sqlalchemy import select

from greenlife.codes.poster import poster_url
from greenlife.demo import ACCOUNTS
from greenlife.models import Poster, Site
from mobile_web.languages import pick
from mobile_web.presenters import actions
from mobile_web.presenters.qr import QrPicture, qr_picture
from mobile_web.web import Page, open_to_all, runtime

blueprint = Blueprint("demo", __name__, template_folder="../templates")
EACH = 2
"""Posters of each action."""


@dataclass(frozen=True, kw_only=True)
class PosterShown:
    place: str
    action: str
    short: str
    address: str
    picture: QrPicture


def register_demo(app: Flask) -> None:
    """Adds the page to a demo installation, and nothing to any other."""
    if app.extensions["greenlife"].settings.demo:
        app.register_blueprint(blueprint)


@blueprint.get("/demo/codes")
@open_to_all
def codes() -> Page:
    accounts = [(gettext(account.title), account.phone, account.path) for account in ACCOUNTS]
    return render_template("demo/codes.html", accounts=accounts, posters=_posters())


def _posters() -> list[PosterShown]:
    shown: list[PosterShown] = []
    with runtime().database.reading() as session:
        for action in runtime().programme.actions:
            rows = session.execute(
                select(Poster, Site)
                .join(Site, Site.id == Poster.site_id)
                .where(Poster.action == action, Poster.active, Site.active)
                .order_by(Site.district != "huzhou-deqing", Poster.code)
                .limit(EACH)
            )
            shown += [_shown(poster, site) for poster, site in rows]
    return shown


def _shown(poster: Poster, site: Site) -> PosterShown:
    return PosterShown(
        place=pick(dict(site.names)),
        action=actions.subject(poster.action, None),
        short=f"{poster.short[:4]} {poster.short[4:]}",
        address=url_for("pages.poster", code=poster.code),
        picture=qr_picture(poster_url(runtime().settings.base_url, poster.code)),
    )
