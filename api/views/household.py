"""The own household: what all who live together share of a day."""

from api.blueprint import Blueprint
from api.calls import Call, reading, writing
from api.schemas.households import HouseholdOut, InvitationIn, InvitationOut, MyHouseholdOut
from greenlife.residents import (
    HouseholdView,
    Invitation,
    find_household,
    found_household,
    invite_to_household,
    join_household,
    leave_household,
)

blp = Blueprint("household", "Who lives together, and shares the caps of households.")


@blp.get("/me/household")
@blp.response(200, MyHouseholdOut)
@reading("resident")
def get_household(call: Call) -> dict[str, HouseholdView | None]:
    """The household that the resident is in."""
    return {"household": find_household(call.session, resident=call.resident)}


@blp.post("/me/household")
@blp.response(201, HouseholdOut)
@writing("resident")
def found(call: Call) -> HouseholdView:
    """Found a household of one; sent again it is refused, and nothing is founded twice."""
    return found_household(
        call.session, call.programme, resident=call.resident, now=call.now, entropy=call.runtime.entropy
    )


@blp.post("/me/household/invitations")
@blp.response(201, InvitationOut)
@writing("resident")
def invite(call: Call) -> Invitation:
    """A new code with which others join, for a day; it replaces the one before."""
    return invite_to_household(call.session, resident=call.resident, now=call.now, entropy=call.runtime.entropy)


@blp.post("/me/household/joining")
@blp.arguments(InvitationIn)
@blp.response(201, HouseholdOut)
@writing("resident")
def join(call: Call, body: dict[str, str]) -> HouseholdView:
    """Join the household of an invitation; it counts from the next local day."""
    return join_household(call.session, call.programme, resident=call.resident, code=body["code"], now=call.now)


@blp.delete("/me/household")
@blp.response(204)
@writing("resident")
def leave(call: Call) -> None:
    """Leave the household; what is done today still counts for it."""
    leave_household(call.session, call.programme, resident=call.resident, now=call.now)
