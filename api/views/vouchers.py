"""A merchant's till: take vouchers, once each, and see what was taken today."""

from datetime import timedelta
from typing import Any

from api.blueprint import Blueprint
from api.calls import Call, booking, reading
from api.idempotency import replayed
from api.schemas.fields import PageIn
from api.schemas.rewards import CaptureIn, CaptureOut, CapturePageOut
from greenlife.codes import VoucherCode, parse_code
from greenlife.errors import CodeElsewhere
from ledger import Page
from rewards import CaptureReceipt, CaptureView, capture_voucher, list_captures

blp = Blueprint("vouchers", "A merchant's till.")


@blp.post("/vouchers/capture")
@blp.arguments(CaptureIn)
@blp.response(201, CaptureOut)
@booking("clerk")
def capture(call: Call, body: dict[str, str]) -> tuple[CaptureReceipt, dict[str, str]]:
    """Take a voucher; a second time is refused with time and place of the first."""
    code = parse_code(body["code"], hosts=call.runtime.settings.hosts, typed_as="voucher")
    if not isinstance(code, VoucherCode):
        raise CodeElsewhere(found=code.found)
    receipt = capture_voucher(
        call.session,
        code=code.code,
        merchant_id=call.staff.scope,
        clerk_id=call.staff.id,
        place=call.staff.label,
        reference=call.reference,
        today=call.programme.local_day(call.now),
        now=call.now,
        entropy=call.runtime.entropy,
    )
    return receipt, replayed(receipt.replayed)


@blp.get("/vouchers/captures")
@blp.arguments(PageIn, location="query")
@blp.response(200, CapturePageOut)
@reading("clerk")
def list_todays_captures(call: Call, page: dict[str, Any]) -> Page[CaptureView]:
    """What the merchant has taken since midnight, newest first."""
    today = call.programme.local_day(call.now)
    return list_captures(
        call.session,
        merchant_id=call.staff.scope,
        day_from=call.programme.midnight(today),
        day_until=call.programme.midnight(today + timedelta(days=1)),
        before=page["cursor"],
        limit=page["limit"],
    )
