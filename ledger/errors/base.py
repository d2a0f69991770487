"""The trunk of the tree."""

from typing import ClassVar


class LedgerError(Exception):
    """A refusal with a stable code."""

    code: ClassVar[str] = "ledger_error"
    kind: ClassVar[str] = "refused"

    def __init__(self, **params: object) -> None:
        super().__init__(f"{self.code} {params}" if params else self.code)
        self.params: dict[str, object] = params
