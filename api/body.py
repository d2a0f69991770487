"""Request bodies: strict JSON, within limits, and no silent empty body where something else was sent."""

import json
from collections.abc import Iterator
from typing import NoReturn

from flask import Request
from marshmallow import Schema, ValidationError
from webargs.flaskparser import FlaskParser

from api.errors import InputInvalid, JsonInvalid, JsonTooDeep, MediaTypeUnsupported
from api.limits import DEEPEST_BODY, MOST_DIGITS


class StrictParser(FlaskParser):
    """Reads bodies as below; what does not fit its schema raises InputInvalid."""

    def load_json(self, req: Request, schema: Schema) -> object:  # noqa: ARG002  (webargs' signature)
        return parse_body(req.get_data(cache=False), req.mimetype)

    def handle_error(self, error: ValidationError, *_: object, **__: object) -> NoReturn:
        messages = error.messages_dict
        (messages,) = messages.values()
        raise InputInvalid(dict(_flat(messages)))


def parse_body(body: bytes, media_type: str) -> object:
    """The JSON value in ``body``; raises MediaTypeUnsupported, JsonInvalid, JsonTooDeep."""
    if media_type != "application/json":
        raise MediaTypeUnsupported
    try:
        value = _DECODER.decode(body.decode("utf-8"))
    except ValueError as error:  # also UnicodeDecodeError and JSONDecodeError
        raise JsonInvalid from error
    except RecursionError as error:
        raise JsonTooDeep(most=DEEPEST_BODY) from error
    _check(value)
    return value


def _integer(digits: str) -> int:
    # Python takes quadratic time for long integers, and raises a bare ValueError above 4,300 digits.
    if len(digits.lstrip("-")) > MOST_DIGITS:
        raise ValueError("an integer too long")
    return int(digits)


def _constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


_DECODER = json.JSONDecoder(parse_int=_integer, parse_constant=_constant)


def _check(value: object) -> None:
    """Level by level, not by recursion: raises JsonTooDeep, and JsonInvalid for a text that no database stores."""
    level = [value]
    for _ in range(DEEPEST_BODY):
        if not level:
            return
        below: list[object] = []
        for item in level:
            if isinstance(item, dict):
                below += item.keys()
                below += item.values()
            elif isinstance(item, list):
                below += item
            elif isinstance(item, str) and not _is_storable(item):
                raise JsonInvalid
        level = below
    raise JsonTooDeep(most=DEEPEST_BODY)


def _is_storable(text: str) -> bool:
    # JSON can escape half a surrogate pair, which is no character, and NUL, which PostgreSQL refuses.
    return (text.isascii() and "\0" not in text) or (
        "\0" not in text and text == text.encode(errors="replace").decode()
    )


def _flat(messages: object, path: str = "") -> Iterator[tuple[str, list[str]]]:
    """``{"home": {"town": ["required"]}}`` as ``("home.town", ["required"])``."""
    if isinstance(messages, dict):
        for key, below in messages.items():
            yield from _flat(below, f"{path}.{key}" if path else str(key))
    elif isinstance(messages, list):
        yield path.removesuffix("._schema") or "_schema", [str(message) for message in messages]
