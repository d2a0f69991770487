"""A resident turns points into a voucher, and may turn it back."""

from typing import Any

from api.blueprint import Blueprint
from api.calls import Call, booking, reading
from api.idempotency import replayed
from api.schemas.fields import PageIn
from api.schemas.rewards import RedemptionIn, RedemptionOut, RedemptionPageOut
from api.wallets import purse
from greenlife.db import keep_residents
from ledger import Page
from rewards import VoucherView, get_voucher, list_vouchers, redeem_offer, release_voucher

blp = Blueprint("redemptions", "Points held for an offer, and the voucher made for them.")


@blp.post("/redemptions")
@blp.arguments(RedemptionIn)
@blp.response(201, RedemptionOut)
@booking("resident")
def redeem(call: Call, body: dict[str, str]) -> tuple[VoucherView, dict[str, str]]:
    """Hold the points of an offer and make its voucher."""
    mine = purse(call)
    keep_residents(call.session, [mine.owner.id])
    voucher = redeem_offer(
        call.session,
        offer_id=body["offer"],
        book=mine.book,
        holder=mine.holder,
        wallet=mine.wallet,
        reference=mine.owner.blind(call.reference),
        today=mine.today,
        zone=call.programme.zone,
        now=call.now,
        entropy=call.runtime.entropy,
    )
    return voucher, replayed(voucher.replayed)


@blp.get("/redemptions")
@blp.arguments(PageIn, location="query")
@blp.response(200, RedemptionPageOut)
@reading("resident")
def list_redemptions(call: Call, page: dict[str, Any]) -> Page[VoucherView]:
    """The own vouchers, newest first."""
    mine = purse(call)
    return list_vouchers(
        call.session,
        book=mine.book,
        holder=mine.holder,
        before=page["cursor"],
        limit=page["limit"],
        today=mine.today,
    )


@blp.get("/redemptions/<redemption>")
@blp.response(200, RedemptionOut)
@reading("resident")
def get_redemption(call: Call, redemption: str) -> VoucherView:
    """One own voucher."""
    mine = purse(call)
    return get_voucher(call.session, redemption_id=redemption, book=mine.book, holder=mine.holder, today=mine.today)


@blp.post("/redemptions/<redemption>/release")
@blp.response(201, RedemptionOut)
@booking("resident")
def release(call: Call, redemption: str) -> tuple[VoucherView, dict[str, str]]:
    """Give a voucher back; the points return to the lots they came from."""
    mine = purse(call)
    keep_residents(call.session, [mine.owner.id])
    voucher = release_voucher(
        call.session,
        redemption_id=redemption,
        book=mine.book,
        holder=mine.holder,
        reference=mine.owner.blind(call.reference),
        today=mine.today,
        now=call.now,
        entropy=call.runtime.entropy,
    )
    return voucher, replayed(voucher.replayed)
