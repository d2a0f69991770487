"""What every view needs: the installation, the moment, who is asking, and the key of the form that was sent."""

import re
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast
from urllib.parse import quote

from flask import current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response

from greenlife.errors import HomeMissing, PrivacyMissing, RoleRequired, SignInRequired
from greenlife.models import Resident, Staff
from greenlife.residents import PRIVACY_VERSION, Signed, who
from greenlife.runtime import Runtime
from mobile_web.errors import FormStale

COOKIE = "gl_session"
_FORM_KEY = re.compile(r"[0-9a-f]{32}")
P = ParamSpec("P")
T = TypeVar("T")
Page = str | Response


def runtime() -> Runtime:
    """Settings, database, programme, clock: put there by the application factory."""
    return cast("Runtime", current_app.extensions["greenlife"])


def now() -> datetime:
    """The instant of this request: one, however often it is asked for."""
    if "now" not in g:
        g.now = runtime().clock()
    return cast("datetime", g.now)


def signed() -> Signed | None:
    """Whom the cookie stands for."""
    if "signed" not in g:
        token = request.cookies.get(COOKIE, "")
        g.signed = None
        if token:
            with runtime().database.reading() as session:
                g.signed = who(session, token, now=now())
    return cast("Signed | None", g.signed)


def resident() -> Resident:
    """The signed-in resident; raises SignInRequired, and RoleRequired for staff."""
    caller = signed()
    if caller is None:
        raise SignInRequired
    if caller.resident is None:
        raise RoleRequired(role="resident")
    return caller.resident


def staff() -> Staff:
    """The signed-in member of staff; raises SignInRequired, and RoleRequired for residents."""
    caller = signed()
    if caller is None:
        raise SignInRequired
    if caller.staff is None:
        raise RoleRequired(role="staff")
    return caller.staff


def open_to_all(view: Callable[P, T]) -> Callable[P, T]:
    """A page for everybody; says so, because each route must say whom it is for."""
    return _marked(view, ())


def signed_in(view: Callable[P, Any]) -> Callable[P, Any]:
    """A page for residents who have not settled notice and home yet."""
    return _guarded(view, ("resident",), resident)


def resident_only(view: Callable[P, Any]) -> Callable[P, Any]:
    """A page for residents who accepted the notice and chose their home; others are led there first."""
    return _guarded(view, ("resident",), _settled)


def staff_only(*roles: str) -> Callable[[Callable[P, Any]], Callable[P, Any]]:
    """A page for these roles; raises RoleRequired for others."""

    def check() -> None:
        if staff().role not in roles:
            raise RoleRequired(role=roles[0])

    return lambda view: _guarded(view, roles, check)


def takes_body(largest: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """A page to which more may be sent than to others: so many bytes. The application looks before it reads."""

    def mark(view: Callable[P, T]) -> Callable[P, T]:
        view.largest_body = largest  # type: ignore[attr-defined]  # read by the application factory
        return view

    return mark


def _settled() -> None:
    caller = resident()
    if caller.privacy_version != PRIVACY_VERSION:
        raise PrivacyMissing
    if caller.book is None:
        raise HomeMissing


def _guarded(view: Callable[P, Any], roles: tuple[str, ...], check: Callable[[], object]) -> Callable[P, Any]:
    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> Any:
        try:
            check()
        except (SignInRequired, PrivacyMissing, HomeMissing) as error:
            if request.method != "GET":
                raise  # what was sent would be lost on the way: say so instead
            return redirect(first_step(error, roles), 303)
        return view(*args, **kwargs)

    return _marked(guarded, roles)


def first_step(error: Exception, roles: tuple[str, ...] = ("resident",)) -> str:
    """The page that settles what is missing, and leads back here."""
    if isinstance(error, PrivacyMissing):
        return with_next("pages.privacy_notice")
    if isinstance(error, HomeMissing):
        return with_next("pages.home_district")
    return with_next("pages.sign_in" if "resident" in roles else "pages.staff_sign_in")


def with_next(endpoint: str) -> str:
    """The address of a page that leads back to this one afterwards."""
    address = url_for(endpoint)
    back = request.full_path.rstrip("?") if request.method == "GET" else ""
    return address if back in {"", "/"} else f"{address}?next={quote(back, safe='/')}"


def next_path() -> str:
    """Where the person wanted to go: a path of our own, never another site; empty when there is none."""
    wanted = request.values.get("next", "")
    # Browsers read "//host" and "/\\host" as another site.
    if not wanted.startswith("/") or wanted.startswith(("//", "/\\")):
        return ""
    return wanted if wanted.isprintable() and len(wanted) <= 500 else ""


def form_key() -> str:
    """A random key for a form that books: the same form sent twice is booked once."""
    return runtime().entropy(16).hex()


def reference() -> str:
    """The booking's reference, from the form's key; raises FormStale for a form without one."""
    key = request.form.get("form_key", "")
    if not _FORM_KEY.fullmatch(key):
        raise FormStale
    return f"form:{key}"


def _marked(view: Callable[P, T], roles: tuple[str, ...]) -> Callable[P, T]:
    view.guard = roles  # type: ignore[attr-defined]  # read by the test that looks at every route
    return view
