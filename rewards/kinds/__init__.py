"""The kinds of offers there are: add one by a file here and a line in ``KINDS``."""

from rewards.errors import OfferInvalid
from rewards.kinds.kind import OfferKind
from rewards.kinds.merchant_voucher import MerchantVoucher

KINDS: tuple[OfferKind, ...] = (MerchantVoucher(),)

_BY_CODE = {kind.code: kind for kind in KINDS}


def find_kind(code: str) -> OfferKind:
    """The kind with this code; raises OfferInvalid."""
    try:
        return _BY_CODE[code]
    except KeyError:
        raise OfferInvalid(field="kind") from None


__all__ = ["KINDS", "OfferKind", "find_kind"]
