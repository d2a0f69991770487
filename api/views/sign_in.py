"""A phone number and a one-time code become a token."""

from typing import Any

from api.blueprint import Blueprint
from api.calls import Call, open_to_all, writing
from api.schemas.people import SessionIn, SessionOut, SignInCodeIn, SignInCodeOut
from api.web import runtime
from greenlife.residents import CodeSent, SignedIn, confirm_code, request_code, sign_out, take_try

blp = Blueprint("sign_in", "Sign in by phone; the token is sent as a bearer token, there are no cookies.")


@blp.post("/sign-in/codes")
@blp.arguments(SignInCodeIn)
@blp.response(202, SignInCodeOut)
@open_to_all
def send_sign_in_code(body: dict[str, Any]) -> CodeSent:
    """Send a one-time code to a phone."""
    parts = runtime()
    with parts.database.writing() as session:
        return request_code(
            session, **body, sender=parts.sender, key=parts.key, now=parts.clock(), entropy=parts.entropy
        )


@blp.post("/sign-in/sessions")
@blp.arguments(SessionIn)
@blp.response(201, SessionOut)
@open_to_all
def sign_in(body: dict[str, Any]) -> SignedIn:
    """Sign in with the code; the first time makes the resident."""
    parts = runtime()
    now = parts.clock()
    with parts.database.writing() as session:
        take_try(session, **body, now=now)
    with parts.database.writing() as session:
        return confirm_code(session, **body, key=parts.key, now=now, entropy=parts.entropy)


@blp.delete("/sign-in/sessions/current")
@blp.response(204)
@writing()
def sign_out_here(call: Call) -> None:
    """End the session of the token."""
    sign_out(call.session, call.token, now=call.now)
