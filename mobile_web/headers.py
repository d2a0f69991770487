"""Headers of every page: what it may load, and that it is kept by nobody."""

import gzip

from flask import Flask, Response, request

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "connect-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "manifest-src 'self'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
WORTH_SQUEEZING = 1000
"""Bytes below which compression gains nothing."""


def register_headers(app: Flask) -> None:
    app.after_request(add_headers)
    app.after_request(squeeze)


def add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    # Pages show one person's balances: no proxy and no back button of another person keeps them.
    response.headers.setdefault("Cache-Control", "no-store")
    if response.mimetype == "text/html":
        response.vary.update(("Cookie", "Accept-Language"))
    return response


def squeeze(response: Response) -> Response:
    """Pages compressed; with SameSite cookies no other site can make a browser fetch one and measure it."""
    if (
        response.mimetype != "text/html"
        or not request.accept_encodings.quality("gzip")
        or "Content-Encoding" in response.headers
        or (response.content_length or 0) < WORTH_SQUEEZING
    ):
        return response
    response.set_data(gzip.compress(response.get_data(), 6, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    return response
