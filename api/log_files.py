"""The public log as its readers fetch it: the published files under ``/log/<book>/`` (c2sp.org/tlog-tiles).

They stand beside the API and not among the pages, because programs read them: no language, no cookies, no sentence in an
error. They are not under ``/api/v1`` either, because the log's name for ever is their address. A plain web server or a
CDN can serve the same folder instead.
"""

from pathlib import Path

from flask import Blueprint, Response, send_file

from api.calls import open_to_all
from api.web import runtime
from greenlife.public_log import books_of, published_folder
from ledger import TilePathInvalid, parse_tile_path

FOREVER = "public, max-age=31536000, immutable"
FOR_A_MOMENT = "public, max-age=5"
"""Of what the next checkpoint may replace or leave out."""

TEXTS = ("checkpoint", "founding")
"""The files that are no tiles; ``founding`` is there of a log that followed one that was lost."""

log_files = Blueprint("log_files", __name__, url_prefix="/log")


@log_files.get("/<book>/<path:path>", defaults={"generation": 1})
@log_files.get("/<int(min=2):generation>/<book>/<path:path>")
@open_to_all
def published(generation: int, book: str, path: str) -> Response:
    """A file that the log has published; nothing else has an address here."""
    found = _find(generation, book, path)
    if found is None or not found.is_file():
        return _with_headers(Response("not found\n", 404, content_type="text/plain; charset=utf-8"), FOR_A_MOMENT)
    is_text = path in TEXTS
    response = send_file(
        found,
        mimetype="text/plain" if is_text else "application/octet-stream",
        conditional=True,
    )
    return _with_headers(response, FOR_A_MOMENT if is_text or ".p/" in path else FOREVER)


def _find(generation: int, book: str, path: str) -> Path | None:
    """Where the file lies; built from what the path means, so that no spelling leads out of the folder."""
    if book not in books_of(runtime()):
        return None
    folder = published_folder(runtime().settings, book, generation)
    if path in TEXTS:
        return folder / path
    try:
        return folder / parse_tile_path(path).path
    except TilePathInvalid:
        return None


def _with_headers(response: Response, kept: str) -> Response:
    response.headers["Cache-Control"] = kept
    # Public, and the same for everybody: a page of anybody's may check a receipt against it.
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
