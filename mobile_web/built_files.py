"""Built files: their names with hashes, kept by browsers for ever, and sent compressed."""

import gzip
import json
import mimetypes
from functools import cache
from pathlib import Path

from flask import Blueprint, Response, abort, request, url_for

STATIC = Path(__file__).parent / "static"
FOREVER = "public, max-age=31536000, immutable"
SQUEEZED = {".js", ".css", ".svg", ".wasm"}

blueprint = Blueprint("built_files", __name__)
mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("application/wasm", ".wasm")


@cache
def manifest() -> dict[str, str]:
    """Name → name with hash, as the build wrote it."""
    return dict(json.loads((STATIC / "manifest.json").read_text(encoding="utf-8")))


def asset(name: str) -> str:
    """The address of a built file; KeyError for one that was not built."""
    return url_for("built_files.built", name=manifest()[name])


def icon(name: str) -> str:
    """The address of an icon in the sprite."""
    return f"{asset('icons.svg')}#{name}"


@blueprint.get("/static/<name>")
def built(name: str) -> Response:
    """A built file; only names of the manifest exist."""
    if name not in manifest().values():
        abort(404)
    squeezed = Path(name).suffix in SQUEEZED and request.accept_encodings.quality("gzip") > 0
    response = Response(_content(name, squeezed), content_type=mimetypes.guess_type(name)[0])
    response.headers["Cache-Control"] = FOREVER
    response.vary.add("Accept-Encoding")
    if squeezed:
        response.headers["Content-Encoding"] = "gzip"
    return response


@cache
def _content(name: str, squeezed: bool) -> bytes:
    content = (STATIC / name).read_bytes()
    return gzip.compress(content, 9, mtime=0) if squeezed else content


built.guard = ()  # type: ignore[attr-defined]  # open to all
