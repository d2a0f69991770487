"""A resident scans a poster or a screen: look first, then book."""

from typing import Any

from api.blueprint import Blueprint
from api.calls import Call, booking, reading
from api.idempotency import replayed
from api.schemas.scans import ReceiptOut, RecordScanIn, ScanIn, ScanPreviewOut
from greenlife.actions import Position
from greenlife.scans import ScanPreview, ScanReceipt, preview_scan, record_scan

blp = Blueprint("scans", "Posters and screens at bus stops and shops.")


@blp.post("/scans/preview")
@blp.arguments(ScanIn)
@blp.response(200, ScanPreviewOut)
@reading("resident")
def preview(call: Call, body: dict[str, str]) -> ScanPreview:
    """What scanning this code would book; nothing is written."""
    return preview_scan(
        call.session,
        call.programme,
        resident=call.resident,
        code=body["code"],
        hosts=call.runtime.settings.hosts,
        now=call.now,
    )


@blp.post("/scans")
@blp.arguments(RecordScanIn)
@blp.response(201, ReceiptOut)
@booking("resident")
def record(call: Call, body: dict[str, Any]) -> tuple[ScanReceipt, dict[str, str]]:
    """Book the action that the code stands for."""
    receipt = record_scan(
        call.session,
        call.programme,
        resident=call.resident,
        code=body["code"],
        hosts=call.runtime.settings.hosts,
        reference=call.reference,
        position=None if body["position"] is None else Position.of_degrees(**body["position"]),
        now=call.now,
        entropy=call.runtime.entropy,
    )
    return receipt, replayed(receipt.booked.replayed)
