"""The trunk: what every refusal has, and the six kinds that a face tells apart."""

from typing import ClassVar


class GreenlifeError(Exception):
    """A refusal with a stable code; nothing was changed."""

    code: ClassVar[str] = "error"
    kind: ClassVar[str] = "refused"

    def __init__(self, **params: object) -> None:
        super().__init__(f"{self.code} {params}" if params else self.code)
        self.params: dict[str, object] = params


class Invalid(GreenlifeError):
    kind = "invalid"


class Unauthenticated(GreenlifeError):
    kind = "unauthenticated"


class Forbidden(GreenlifeError):
    kind = "forbidden"


class NotFound(GreenlifeError):
    kind = "not_found"


class Refused(GreenlifeError):
    kind = "refused"


class TooMany(GreenlifeError):
    kind = "too_many"
