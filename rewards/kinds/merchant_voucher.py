"""A voucher for goods or a discount at one merchant, who is paid its value by settlement."""

from ledger import LARGEST_AMOUNT, POINT, Account
from rewards.errors import OfferInvalid


class MerchantVoucher:
    """Worth ``value_cents`` at its merchant's till."""

    code = "merchant_voucher"

    def check_terms(self, *, value_cents: int | None) -> None:
        """The value is needed: settlement pays it."""
        if value_cents is None or not 0 < value_cents <= LARGEST_AMOUNT:
            raise OfferInvalid(field="value_cents")

    def payee(self, merchant_id: str) -> Account:
        """What the programme owes the merchant; settlement takes it below zero and back."""
        return Account(f"merchant:{merchant_id}", POINT, floor=None)
