"""A resident declares an action with a photo."""

from werkzeug.datastructures import FileStorage

from api.blueprint import Blueprint
from api.calls import Call, booking
from api.idempotency import replayed
from api.schemas.photos import DeclaredActionOut, PhotoIn
from api.web import runtime
from greenlife.actions import Booked
from greenlife.photos import LARGEST_FILE, MEGABYTE, TakenPhoto, take_photo
from greenlife.residents import Signed
from greenlife.scans import count_photo, declare_action

FIELDS = 64 * 1024
"""Bytes for what is in the form around the photo."""

blp = Blueprint("photos", "Photos, where no code hangs and nobody stands.")


def take_in(caller: Signed, files: dict[str, FileStorage]) -> tuple[TakenPhoto]:
    """What takes too long for a transaction, after it was counted."""
    content, parts = files["photo"].read(), runtime()
    if content and caller.resident:
        with parts.database.writing() as session:
            count_photo(session, parts.programme, resident=caller.resident, now=parts.clock())
    return (take_photo(content),)


@blp.post("/actions/<action>/photos")
@blp.arguments(PhotoIn, location="files")
@blp.response(201, DeclaredActionOut)
@blp.alt_response(413, "REQUEST_ENTITY_TOO_LARGE")
@booking("resident", first=take_in, largest_body=LARGEST_FILE * MEGABYTE + FIELDS)
def send_photo(call: Call, photo: TakenPhoto, action: str) -> tuple[Booked, dict[str, str]]:
    """Send a photo of what was done.

    It is booked once somebody has looked at it. Each photo counts once, whoever sends it; place, time and phone are
    removed from it.
    """
    booked = declare_action(
        call.session,
        call.programme,
        resident=call.resident,
        action=action,
        photo=photo,
        reference=call.reference,
        now=call.now,
        entropy=call.runtime.entropy,
    )
    return booked, replayed(booked.replayed)
