"""Who may call a view, and the one transaction around it.

    @blp.arguments(ScanIn)           parse
    @blp.response(201, ReceiptOut)   present, after the commit
    @booking("resident")             find the caller, open the transaction, commit
    def record(call, scan): ...      one use case

A view without one of ``open_to_all``, ``reading``, ``writing`` and ``booking`` answers nobody.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Literal, ParamSpec, TypeVar

from flask import request
from sqlalchemy.orm import Session

from api.idempotency import reference
from api.web import runtime
from greenlife.errors import RoleRequired, SignInRequired
from greenlife.models import Resident, Staff
from greenlife.programme import Programme
from greenlife.residents import Signed, who
from greenlife.runtime import Runtime

Role = Literal["resident", "attendant", "clerk", "district_admin", "city_admin"]
P = ParamSpec("P")
T = TypeVar("T")
View = Callable[..., T]


DOCUMENTED = "_apidoc"
"""Where flask-smorest collects what its decorators say about a view; it is handed on to outer wrappers."""


@dataclass(frozen=True, slots=True)
class Guard:
    """Who may call a view, and whether it books."""

    roles: tuple[str, ...]
    books: bool
    view: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What a view hands to its use case; ``reference`` is empty where nothing is booked."""

    session: Session
    runtime: Runtime
    now: datetime
    token: str
    signed: Signed
    reference: str

    @property
    def programme(self) -> Programme:
        return self.runtime.programme

    @property
    def resident(self) -> Resident:
        if self.signed.resident is None:
            raise RoleRequired(role="resident")
        return self.signed.resident

    @property
    def staff(self) -> Staff:
        if self.signed.staff is None:
            raise RoleRequired(role="staff")
        return self.signed.staff


def open_to_all(view: Callable[P, T]) -> Callable[P, T]:
    """A view that asks nobody who they are, and opens its transactions itself."""
    return _marked(view, ())


def reading(*roles: Role) -> Callable[[View[T]], View[T]]:
    """The view sees one snapshot and writes nothing; without roles, whoever is signed in may call it."""
    return _guarded(roles, write=False, books=False)


def writing(*roles: Role) -> Callable[[View[T]], View[T]]:
    """The view changes something that can be sent twice without harm."""
    return _guarded(roles, write=True, books=False)


def booking(
    *roles: Role, first: Callable[..., tuple[object, ...]] | None = None, largest_body: int | None = None
) -> Callable[[View[T]], View[T]]:
    """The view books; the request carries an Idempotency-Key.

    ``first`` makes of the caller and its arguments what takes too long for a transaction, once the caller is known;
    ``largest_body`` is how many bytes it takes, where these are more than usual.
    """
    return _guarded(roles, write=True, books=True, first=first, largest_body=largest_body)


def bearer_token() -> str:
    """The token of the request; raises SignInRequired. Nothing is looked up yet."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise SignInRequired
    return token.strip()


def _guarded(
    roles: tuple[Role, ...],
    *,
    write: bool,
    books: bool,
    first: Callable[..., tuple[object, ...]] | None = None,
    largest_body: int | None = None,
) -> Callable[[View[T]], View[T]]:
    def decorate(view: View[T]) -> View[T]:
        @wraps(view)
        def guarded(*args: object, **kwargs: object) -> T:
            token, key = bearer_token(), reference() if books else ""
            parts = runtime()
            if first is not None:
                with parts.database.reading() as session:
                    caller = _allowed(who(session, token, now=parts.clock()), roles)
                args = first(caller, *args)
            transaction = parts.database.writing if write else parts.database.reading
            with transaction() as session:
                now = parts.clock()
                signed = _allowed(who(session, token, now=now), roles)
                call = Call(session=session, runtime=parts, now=now, token=token, signed=signed, reference=key)
                return view(call, *args, **kwargs)

        guarded.largest_body = largest_body  # type: ignore[attr-defined]  # read by the application factory
        return _marked(guarded, roles or ("anyone signed in",), books=books)

    return decorate


def _allowed(signed: Signed | None, roles: tuple[Role, ...]) -> Signed:
    if signed is None:
        raise SignInRequired
    role = signed.staff.role if signed.staff else "resident"
    if roles and role not in roles:
        raise RoleRequired(role=roles[0])
    return signed


def guard_of(view: Callable[..., object]) -> tuple[str, ...]:
    """The roles that may call a view, none when it is open to all; raises LookupError for a view without a guard."""
    guard: Guard | None = getattr(view, DOCUMENTED, {}).get("guard")
    if guard is None:
        raise LookupError(f"{view.__name__} does not say who may call it")
    return guard.roles


def _marked(view: View[T], roles: tuple[str, ...], *, books: bool = False) -> View[T]:
    """The view with its guard written on it, for the blueprint, the OpenAPI file and the tests."""
    setattr(view, DOCUMENTED, {"guard": Guard(roles, books, view.__name__)})
    return view
