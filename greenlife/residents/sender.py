"""How a one-time code reaches its phone."""

import logging
from typing import Protocol

log = logging.getLogger(__name__)


class CodeSender(Protocol):
    """Delivers a code; what it returns may be shown on the screen that asked (in a demo) or is None."""

    def send(self, *, phone: str, code: str) -> str | None: ...

    def repeat(self, *, code: str) -> str | None:
        """The same code was asked for again within seconds: nothing is sent a second time."""


class ConsoleSender:
    """Writes the code to the server's log: for an installation that has no SMS gateway yet."""

    def send(self, *, phone: str, code: str) -> str | None:
        log.warning("one-time code for %s: %s", phone, code)
        return None

    def repeat(self, *, code: str) -> str | None:  # noqa: ARG002  (the protocol's arguments)
        return None


class ScreenSender:
    """Gives the code back to the screen: for the demo alone."""

    def send(self, *, phone: str, code: str) -> str | None:  # noqa: ARG002  (the protocol's arguments)
        return code

    def repeat(self, *, code: str) -> str | None:
        return code
