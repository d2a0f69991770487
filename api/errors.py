"""What is wrong with a request before any use case is asked, as one tree.

    RequestError
    ├── JsonInvalid             400    not JSON (RFC 8259) in UTF-8, or with NUL, NaN or a number out of range
    ├── JsonTooDeep             400
    ├── IdempotencyKeyMissing   400
    ├── IdempotencyKeyInvalid   400
    ├── MediaTypeUnsupported    415
    └── InputInvalid            422    JSON, but not what the schema asks for; ``fields`` says where

The refusals of the domain have a ``kind``; these have the ``status`` itself, because HTTP has a word for each.
"""

from typing import ClassVar


class RequestError(Exception):
    """A request that no use case can be asked with; nothing was changed."""

    code: ClassVar[str] = "request_invalid"
    status: ClassVar[int] = 400

    def __init__(self, **params: object) -> None:
        super().__init__(f"{self.code} {params}" if params else self.code)
        self.params: dict[str, object] = params


class JsonInvalid(RequestError):
    code = "json_invalid"


class JsonTooDeep(RequestError):
    """``params``: most."""

    code = "json_too_deep"


class IdempotencyKeyMissing(RequestError):
    code = "idempotency_key_missing"


class IdempotencyKeyInvalid(RequestError):
    """``params``: most (visible ASCII characters)."""

    code = "idempotency_key_invalid"


class MediaTypeUnsupported(RequestError):
    code = "media_type_unsupported"
    status = 415


class InputInvalid(RequestError):
    """``fields``: field (dotted path) → codes of what is wrong with it."""

    code = "input_invalid"
    status = 422

    def __init__(self, fields: dict[str, list[str]]) -> None:
        super().__init__()
        self.fields = fields
