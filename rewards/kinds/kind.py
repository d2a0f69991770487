"""What a kind of offer decides: which terms it needs, and who gets the points when it is captured."""

from typing import Protocol

from ledger import Account


class OfferKind(Protocol):
    """One way of giving something for points."""

    @property
    def code(self) -> str:
        """Stable and public, for instance ``merchant_voucher``."""
        ...

    def check_terms(self, *, value_cents: int | None) -> None:
        """Raises OfferInvalid, unless an offer of the kind can have these terms."""
        ...

    def payee(self, merchant_id: str) -> Account:
        """The account that captured points go to."""
        ...
