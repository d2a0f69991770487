"""Held actions: the own ones with an appeal, and the desk's queue with its decisions."""

from typing import Any

from api.blueprint import Blueprint
from api.calls import Call, reading, writing
from api.schemas.cases import CaseDetailOut, DecisionIn, OwnCaseOut, OwnCasesOut, QueueIn, QueueOut
from greenlife.cases import (
    CasePage,
    CaseView,
    OwnCaseView,
    appeal_case,
    decide_case,
    get_case,
    get_own_case,
    list_cases,
    list_own_cases,
)

blp = Blueprint("cases", "Actions that wait for a person.")


@blp.get("/me/cases")
@blp.response(200, OwnCasesOut)
@reading("resident")
def get_own_cases(call: Call) -> dict[str, tuple[OwnCaseView, ...]]:
    """What was held of the own actions in the last weeks and is not in the ledger, the newest first."""
    return {"items": list_own_cases(call.session, resident=call.resident, now=call.now)}


@blp.get("/me/cases/<case>")
@blp.response(200, OwnCaseOut)
@reading("resident")
def get_one_own_case(call: Call, case: str) -> OwnCaseView:
    """One of the own, by its id or that of its entry."""
    return get_own_case(call.session, resident=call.resident, case_id=case, now=call.now)


@blp.post("/me/cases/<case>/appeal")
@blp.response(200, OwnCaseOut)
@writing("resident")
def appeal(call: Call, case: str) -> OwnCaseView:
    """Ask for a second look by somebody else; once, and in time."""
    appeal_case(call.session, resident=call.resident, case_id=case, now=call.now)
    return get_own_case(call.session, resident=call.resident, case_id=case, now=call.now)


@blp.get("/desk/cases")
@blp.arguments(QueueIn, location="query")
@blp.response(200, QueueOut)
@reading("district_admin", "city_admin")
def get_queue(call: Call, asked: dict[str, Any]) -> CasePage:
    """A part of the own district's queue, or of the city's: what waits comes oldest first, the rest newest first."""
    return list_cases(call.session, staff=call.staff, tab=asked["show"], after=asked["after"], limit=asked["limit"])


@blp.get("/desk/cases/<case>")
@blp.response(200, CaseDetailOut)
@reading("district_admin", "city_admin")
def get_one_case(call: Call, case: str) -> CaseView:
    """A case with its evidence."""
    return get_case(call.session, call.programme, staff=call.staff, case_id=case)


@blp.post("/desk/cases/<case>/decision")
@blp.arguments(DecisionIn)
@blp.response(200, CaseDetailOut)
@writing("district_admin", "city_admin")
def decide(call: Call, body: dict[str, str], case: str) -> CaseView:
    """Approve or refuse, the first time or on appeal; an approval books the action. The same again changes nothing."""
    decide_case(
        call.session,
        call.programme,
        look=body["look"],
        staff=call.staff,
        case_id=case,
        decision=body["decision"],
        reason=body["reason"],
        now=call.now,
        entropy=call.runtime.entropy,
    )
    return get_case(call.session, call.programme, staff=call.staff, case_id=case)
