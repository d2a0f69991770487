"""Errors as problem details (RFC 9457): one form for what the domain, the schemas, and HTTP itself refuse."""

from http import HTTPStatus

from flask import Response, json, request
from werkzeug.exceptions import HTTPException

from api.errors import InputInvalid, RequestError
from api.languages import in_words, language
from api.web import runtime
from translations import texts_for
from translations.sentences import sentence
from translations.statuses import CODE_OF_STATUS, STATUS_OF_KIND

MEDIA_TYPE = "application/problem+json"
TYPE = "urn:problem-type:greenlife:"


def domain_problem(error: Exception) -> Response:
    """A refusal of the domain: it has ``code``, ``kind`` and ``params``."""
    code, params = str(getattr(error, "code", "")), dict(getattr(error, "params", {}))
    response = problem(STATUS_OF_KIND[getattr(error, "kind", "refused")], code, params)
    if response.status_code == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    if "seconds" in params and response.status_code == 429:
        response.headers["Retry-After"] = str(params["seconds"])
    return response


def request_problem(error: RequestError) -> Response:
    """A request that no use case was asked with."""
    fields = error.fields if isinstance(error, InputInvalid) else {}
    errors = [{"field": field, "code": code} for field, codes in sorted(fields.items()) for code in codes]
    return problem(error.status, error.code, error.params, errors)


def http_problem(error: HTTPException) -> Response:
    """What routing or the server refuses; headers that belong to the status, such as Allow, are kept."""
    status = error.code or 500
    if 300 <= status < 400:
        return error.get_response()  # type: ignore[return-value]  # a redirect is no error
    response = problem(status, CODE_OF_STATUS.get(status) or _phrase(status).lower().replace(" ", "_"), {})
    for name, value in error.get_headers():
        if name.lower() not in {"content-type", "content-length"}:
            response.headers[name] = value
    return response


def problem(status: int, code: str, params: dict[str, object], errors: list[dict[str, str]] | None = None) -> Response:
    """The answer, in the language that the client asks for."""
    locale = language()
    shown = in_words(params, locale=locale, zone=runtime().programme.zone) if params else {}
    words = sentence(code, shown, texts_for(locale).gettext)
    body = {
        "type": TYPE + code,
        "title": words.title,
        "status": status,
        "detail": " ".join(filter(None, (words.why, words.what_to_do))),
        "code": code,
        "instance": request.path,
    }
    if errors:
        body["errors"] = errors
    response = Response(json.dumps(body), status, content_type=MEDIA_TYPE)
    response.headers["Content-Language"] = locale
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Accept-Language")
    return response


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "error"
