"""Everything that rewards can refuse, as one tree. Whatever is raised, the caller rolls back and nothing was changed.

    RewardsError
    ├── Invalid (422)                   the request itself is wrong
    │   └── OfferInvalid  MerchantInvalid
    ├── NotFound (404)                  no such thing, or none that the asker may know of
    │   └── OfferUnknown  MerchantUnknown  RedemptionUnknown  VoucherUnknown
    └── Refused (409)                   understood, and the rules say no
        ├── OfferNotOpen  SoldOut  LimitReached  PointsShort
        └── VoucherUsed  VoucherExpired  VoucherReturned  VoucherForeign

``code`` is stable and public; ``kind`` says what a face makes of it; ``params`` fill the sentence, which the
catalogues hold. ``str(error)`` is for logs only. The ledger's ReferenceConflict and CursorInvalid pass through.
"""

from typing import ClassVar


class RewardsError(Exception):
    """A refusal with a stable code."""

    code: ClassVar[str] = "rewards_error"
    kind: ClassVar[str] = "refused"

    def __init__(self, **params: object) -> None:
        super().__init__(f"{self.code} {params}" if params else self.code)
        self.params: dict[str, object] = params


# The request itself is wrong.
class Invalid(RewardsError):
    kind = "invalid"


class OfferInvalid(Invalid):
    """A new offer is not well-formed; ``params``: field."""

    code = "offer_invalid"


class MerchantInvalid(Invalid):
    """A new merchant is not well-formed; ``params``: field."""

    code = "merchant_invalid"


# No such thing.
class NotFound(RewardsError):
    kind = "not_found"


class OfferUnknown(NotFound):
    code = "offer_unknown"


class MerchantUnknown(NotFound):
    code = "merchant_unknown"


class RedemptionUnknown(NotFound):
    """No redemption of this holder has the id."""

    code = "redemption_unknown"


class VoucherUnknown(NotFound):
    """No voucher has the code; the code is not repeated."""

    code = "voucher_unknown"


# The rules say no.
class Refused(RewardsError):
    kind = "refused"


class OfferNotOpen(Refused):
    """``params``: why (not_yet, over, paused, elsewhere), starts_on, ends_on (local days)."""

    code = "offer_not_open"


class SoldOut(Refused):
    code = "sold_out"


class LimitReached(Refused):
    """``params``: limit (vouchers a person)."""

    code = "limit_reached"


class PointsShort(Refused):
    """``params``: short_by (points)."""

    code = "points_short"


class VoucherUsed(Refused):
    """Captured before; ``params``: at (UTC) and place (locale → text) of the first time."""

    code = "voucher_used"


class VoucherExpired(Refused):
    """``params``: last_day (local day)."""

    code = "voucher_expired"


class VoucherReturned(Refused):
    """The holder has the points back; ``params``: at (UTC)."""

    code = "voucher_returned"


class VoucherForeign(Refused):
    """Another merchant's voucher; says no more than that."""

    code = "voucher_foreign"
