"""An attendant opens a visit with the resident's code, weighs, and takes back what was wrong."""

from api.blueprint import Blueprint
from api.calls import Call, booking, reading
from api.idempotency import replayed
from api.schemas.scans import (
    BookedOut,
    ScanIn,
    UndoIn,
    VisitOut,
    WeighingIn,
    WeighingReceiptOut,
    WeighingsOut,
)
from greenlife.actions import Booked, parse_quantity
from greenlife.scans import (
    ScanReceipt,
    VisitView,
    WeighingView,
    last_weighings,
    open_visit,
    record_attended,
    undo_weighing,
)

blp = Blueprint("visits", "The counter of a recycling station.")


@blp.post("/visits")
@blp.arguments(ScanIn)
@blp.response(201, VisitOut)
@booking("attendant")
def open_a_visit(call: Call, body: dict[str, str]) -> tuple[VisitView, dict[str, str]]:
    """Use up a resident's code and open ten minutes of weighing."""
    visit = open_visit(
        call.session,
        call.programme,
        staff=call.staff,
        code=body["code"],
        hosts=call.runtime.settings.hosts,
        reference=call.reference,
        now=call.now,
        entropy=call.runtime.entropy,
    )
    return visit, replayed(visit.opened_at < call.now)


@blp.post("/visits/<visit>/weighings")
@blp.arguments(WeighingIn)
@blp.response(201, WeighingReceiptOut)
@booking("attendant")
def weigh(call: Call, body: dict[str, str], visit: str) -> tuple[ScanReceipt, dict[str, str]]:
    """Book what was weighed or seen for the visit's resident."""
    receipt = record_attended(
        call.session,
        call.programme,
        staff=call.staff,
        visit_id=visit,
        action=body["action"],
        material=body["material"],
        quantity=parse_quantity(body["quantity"], call.programme.actions.get(body["action"])),
        reference=call.reference,
        now=call.now,
        entropy=call.runtime.entropy,
    )
    return receipt, replayed(receipt.booked.replayed)


@blp.get("/weighings")
@blp.response(200, WeighingsOut)
@reading("attendant")
def list_weighings(call: Call) -> dict[str, tuple[WeighingView, ...]]:
    """The last ten of this attendant, newest first."""
    return {"items": last_weighings(call.session, staff=call.staff, now=call.now)}


@blp.post("/weighings/<entry>/undo")
@blp.arguments(UndoIn)
@blp.response(201, BookedOut)
@booking("attendant")
def undo(call: Call, body: dict[str, str], entry: str) -> tuple[Booked, dict[str, str]]:
    """Take a weighing back: a reversal with a reason."""
    booked = undo_weighing(
        call.session,
        call.programme,
        staff=call.staff,
        entry_id=entry,
        reason=body["reason"],
        reference=call.reference,
        now=call.now,
        entropy=call.runtime.entropy,
    )
    return booked, replayed(booked.replayed)
