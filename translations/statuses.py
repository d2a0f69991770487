"""How refusals are said over HTTP: the same in every face."""

STATUS_OF_KIND = {
    "invalid": 422,
    "unauthenticated": 401,
    "forbidden": 403,
    "not_found": 404,
    "conflict": 409,
    "refused": 409,
    "too_large": 413,
    "too_many": 429,
}
"""What HTTP makes of the kinds of refusal that the domain knows."""

CODE_OF_STATUS = {
    400: "request_invalid",
    404: "address_unknown",
    405: "method_not_allowed",
    408: "request_too_slow",
    413: "body_too_large",
    415: "media_type_unsupported",
    500: "internal_error",
}
"""Codes of what the web framework refuses by itself."""
