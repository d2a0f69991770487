"""Rewards: offers, redemption and vouchers. It is given an account to take points from, never a resident.

This is the front door: whatever is not listed here is nobody else's business.
"""

from rewards.captures import (
    CaptureReceipt,
    CaptureTotals,
    CaptureView,
    capture_voucher,
    list_captures,
    sum_captures,
)
from rewards.codes import show_code
from rewards.errors import (
    LimitReached,
    MerchantInvalid,
    MerchantUnknown,
    OfferInvalid,
    OfferNotOpen,
    OfferUnknown,
    PointsShort,
    RedemptionUnknown,
    RewardsError,
    SoldOut,
    VoucherExpired,
    VoucherForeign,
    VoucherReturned,
    VoucherUnknown,
    VoucherUsed,
)
from rewards.expiry import expire_lots
from rewards.forgetting import forget_holder
from rewards.holds import expire_holds, release_voucher
from rewards.kinds import KINDS
from rewards.lots import Lot, list_lots, spendable_points
from rewards.merchants import (
    MerchantView,
    NewMerchant,
    add_merchant,
    add_merchants,
    get_merchant,
    merchant_names,
)
from rewards.models import MODELS
from rewards.offers import NewOffer, OfferView, add_offer, add_offers, get_offer, list_offers
from rewards.redemption import redeem_offer
from rewards.vouchers import VoucherView, count_open, find_vouchers, get_voucher, list_vouchers

__all__ = [
    "KINDS",
    "MODELS",
    "CaptureReceipt",
    "CaptureTotals",
    "CaptureView",
    "LimitReached",
    "Lot",
    "MerchantInvalid",
    "MerchantUnknown",
    "MerchantView",
    "NewMerchant",
    "NewOffer",
    "OfferInvalid",
    "OfferNotOpen",
    "OfferUnknown",
    "OfferView",
    "PointsShort",
    "RedemptionUnknown",
    "RewardsError",
    "SoldOut",
    "VoucherExpired",
    "VoucherForeign",
    "VoucherReturned",
    "VoucherUnknown",
    "VoucherUsed",
    "VoucherView",
    "add_merchant",
    "add_merchants",
    "add_offer",
    "add_offers",
    "capture_voucher",
    "count_open",
    "expire_holds",
    "expire_lots",
    "find_vouchers",
    "forget_holder",
    "get_merchant",
    "get_offer",
    "get_voucher",
    "list_captures",
    "list_lots",
    "list_offers",
    "list_vouchers",
    "merchant_names",
    "redeem_offer",
    "release_voucher",
    "show_code",
    "spendable_points",
    "sum_captures",
]
