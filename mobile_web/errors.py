"""What the pages themselves refuse, before any use case is asked."""

from typing import ClassVar


class PageError(Exception):
    """A refusal with a stable code, as the domain's own."""

    code: ClassVar[str] = "error"
    kind: ClassVar[str] = "invalid"

    def __init__(self, **params: object) -> None:
        super().__init__(self.code)
        self.params: dict[str, object] = params


class FormStale(PageError):
    """A form without a usable key, or whose protection against forgery is over."""

    code = "form_stale"
