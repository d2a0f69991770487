"""A resident's own entries."""

from typing import Any

from api.blueprint import Blueprint
from api.calls import Call, reading
from api.schemas.fields import PageIn
from api.schemas.statement import EntryDetailOut, EntryPageOut
from greenlife.scans import Record, resident_record, resident_records
from ledger import Page

blp = Blueprint("statement", "The own entries in the ledger.")


@blp.get("/statement")
@blp.arguments(PageIn, location="query")
@blp.response(200, EntryPageOut)
@reading("resident")
def list_entries(call: Call, page: dict[str, Any]) -> Page[Record]:
    """The own entries, newest first."""
    return resident_records(call.session, resident=call.resident, before=page["cursor"], limit=page["limit"])


@blp.get("/statement/<entry>")
@blp.response(200, EntryDetailOut)
@reading("resident")
def get_entry(call: Call, entry: str) -> Record:
    """One own entry with its lines, its leaf, and how its grams were worked out."""
    return resident_record(call.session, call.programme, resident=call.resident, entry_id=entry)
