"""The public proof of a record, to keep or to hand on, and the page on which anybody checks one."""

from flask import Response, render_template
from sqlalchemy.orm import Session

import ledger
from greenlife.scans import resident_record
from mobile_web.pages import pages
from mobile_web.presenters import proofs
from mobile_web.presenters.qr import qr_picture_of_text
from mobile_web.web import Page, open_to_all, resident, resident_only, runtime


@pages.get("/records/<entry>/proof")
@resident_only
def proof(entry: str) -> Page:
    """The proof as a picture and as a text; raises NotInLogYet for a record of the last second."""
    with runtime().database.reading() as session:
        text = _receipt(session, entry).decode()
        book = resident().book or ""
        place = ledger.find_place(session, book, entry)
    return render_template(
        "proof.html", entry=entry, text=text, place=proofs.place(book, place), picture=qr_picture_of_text(text)
    )


@pages.get("/records/<entry>/receipt.txt")
@resident_only
def receipt_file(entry: str) -> Response:
    with runtime().database.reading() as session:
        text = _receipt(session, entry)
    response = Response(text, content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="receipt-{entry}.txt"'
    return response


@pages.get("/verify")
@open_to_all
def verify() -> Page:
    """All arithmetic happens in the browser; the page brings the keys and works without a network from then on."""
    logs = proofs.logs()
    return render_template("verify.html", logs=logs, pinned=proofs.pinned(logs))


def _receipt(session: Session, entry: str) -> bytes:
    """Raises RecordUnknown for anybody else's entry."""
    person = resident()
    found = resident_record(session, runtime().programme, resident=person, entry_id=entry)
    return ledger.make_receipt(session, found.entry.book, found.entry.id)
